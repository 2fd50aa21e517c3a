"""Step 3: the message without filler is nearly an opt-out keyword, where the rules tolerate it.

Only what is no keyword gets here, and nothing here changes what a keyword
means. An ordinary message costs a few look-ups: it is longer than any keyword.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Sequence
from typing import NamedTuple

from optoutlang.runtime.matcher.look_alikes import LookAlikes
from optoutlang.runtime.matcher.steps.counting import objection
from optoutlang.runtime.matcher.steps.message import Message
from optoutlang.runtime.matcher.steps.priority import Priority
from optoutlang.runtime.matcher.steps.step import Candidate, Span, Step
from optoutlang.runtime.matcher.stretches import Stretches
from optoutlang.runtime.program import (
    PROTECTED_KEYS,
    Meaning,
    Program,
    ResolvedContext,
    opt_out_keys,
)
from optoutlang.runtime.terms import Action, MatchedBy, Tolerance

SHORT = 4
"""The length of the shortest keywords that have slips, which meet words and names of other languages most often."""

_DIGITS = frozenset("0123456789")


class ToleratedMatch(NamedTuple):
    """An opt-out keyword that a message without filler nearly is, with its first `length` tokens."""

    key: str
    meaning: Meaning
    matched_by: MatchedBy
    length: int
    reading: str


class ToleratedStep(Step):
    """Reads messages that are no keyword as the opt-out keywords that they are nearly."""

    __slots__ = ("_longest", "_look_alikes", "_stretches", "_typos")

    def __init__(self, program: Program, place: int) -> None:
        super().__init__(program, place)
        keys = opt_out_keys((program.base, *program.countries.values()))
        self._typos = program.typos
        self._stretches = Stretches(keys)
        self._look_alikes = LookAlikes(keys)
        self._longest = max(map(len, keys)) + 1  # a slip adds one letter at most

    def applies(self, context: ResolvedContext) -> bool:
        """Whether anything is tolerated."""
        return bool(context.tolerances)

    def candidates(self, message: Message, context: ResolvedContext) -> Iterator[Candidate]:
        """Yield the keywords that the message may be meant for."""
        kept = message.kept
        for order, match in enumerate(self._matches(message, context)):
            span = Span(kept[0], kept[match.length - 1] + 1)
            yield self._candidate(match, order)._replace(span=span, reading=match.reading)

    def least(self, message: Message, context: ResolvedContext) -> Candidate | None:
        """Return the first keyword that the message may be meant for, which an earlier step did not find."""
        for match in self._matches(message, context):
            return self._candidate(match, 0)
        return None

    def _candidate(self, match: ToleratedMatch, order: int) -> Candidate:
        priority = Priority(self.place, variant=order)
        return Candidate(priority, match.meaning, match.matched_by, match.key)

    def _matches(self, message: Message, context: ResolvedContext) -> Iterator[ToleratedMatch]:
        """Yield the keywords that tokens without filler may be meant for, if they are none; the first decides."""
        tolerances, keywords = context.tolerances, context.keywords
        unfilled = message.unfilled
        if message.unfilled_key in keywords:
            return
        if Tolerance.NUMBERS in tolerances and unfilled and _DIGITS.issuperset(unfilled[-1]):
            unfilled = _without_numbers(unfilled)
            key = "".join(unfilled)
            meaning = keywords.get(key)
            if meaning is not None:
                kept = message.kept[: len(unfilled)]
                objected = objection(message, kept, key, meaning, context)
                if meaning.action is Action.OPT_OUT and objected is None:
                    yield _match(key, meaning, MatchedBy.FILLER, len(unfilled), "a number")
                return
        for matched_by, keys in self._ways("".join(unfilled), context):
            for each in keys:
                meaning = keywords.get(each)
                if meaning is not None and meaning.action is Action.OPT_OUT:
                    but_for = f"a {matched_by.value}"
                    yield _match(each, meaning, matched_by, len(unfilled), but_for)

    def _ways(self, key: str, context: ResolvedContext) -> list[tuple[MatchedBy, Iterable[str]]]:
        """Return each way in which a key may be nearly a keyword's, and the keys that it is nearly."""
        tolerances = context.tolerances
        ways: list[tuple[MatchedBy, Iterable[str]]] = []
        if Tolerance.STRETCHES in tolerances:
            ways.append((MatchedBy.STRETCH, self._stretches.stretched(key)))
        if len(key) > self._longest:
            return ways
        if Tolerance.TYPOS in tolerances and key not in context.ordinary:
            ways.append((MatchedBy.TYPO, self._mistyped(key, context.local)))
        if Tolerance.LOOKALIKES in tolerances:
            ways.append((MatchedBy.LOOKALIKE, self._look_alikes.read(key)))
        return ways

    def _mistyped(self, slip: str, local: Collection[str] | None) -> Iterable[str]:
        """Return the keys of which a key is a slip; a short one only if it is a word of the country's own."""
        keys = self._typos.get(slip, ())
        if local is None or not keys:
            return keys
        return [
            each for each in keys if len(each) > SHORT or each in local or each in PROTECTED_KEYS
        ]


def _match(
    key: str, meaning: Meaning, matched_by: MatchedBy, length: int, but_for: str
) -> ToleratedMatch:
    reading = f"the whole message is {{}} but for {but_for}"
    return ToleratedMatch(key, meaning, matched_by, length, reading)


def _without_numbers(unfilled: Sequence[str]) -> Sequence[str]:
    end = len(unfilled)
    while end and _DIGITS.issuperset(unfilled[end - 1]):
        end -= 1
    return unfilled[:end]
