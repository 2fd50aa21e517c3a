"""Step 2: the message without filler is a keyword, or repeats one and nothing else: `STOP STOP`, `Stop! Stop!`.

A text repeats a shorter one if and only if it occurs in itself doubled at an
inner place; most messages fail this one search and are done.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from optoutlang.runtime.matcher.steps.message import Message
from optoutlang.runtime.matcher.steps.priority import Priority
from optoutlang.runtime.matcher.steps.step import Candidate, Span, Step
from optoutlang.runtime.program import Meaning, Program, ResolvedContext
from optoutlang.runtime.terms import MatchedBy


class FillerStep(Step):
    """Looks the key without filler up among the keywords, once and as a repetition."""

    __slots__ = ("_longest", "_priority")

    def __init__(self, program: Program, place: int) -> None:
        super().__init__(program, place)
        self._priority = Priority(place)
        self._longest = max(len(key) for _, own in program.own_contexts() for key in own.keywords)

    def candidates(self, message: Message, context: ResolvedContext) -> Iterator[Candidate]:
        """Yield the keyword that the message is without filler, and those that it only repeats."""
        kept = message.filler.kept(message.tokens)
        if not kept:
            return
        span = Span(kept[0], kept[-1] + 1)
        unfilled, key = message.unfilled, message.unfilled_key
        if unfilled is not message.tokens and (once := self._once(key, context)) is not None:
            yield once._replace(span=span, reading="the whole message but for filler is {}")
        for repeated in self._repeated(unfilled, key, context):
            reading = "the whole message but for filler repeats {}"
            yield repeated._replace(span=span, reading=reading)

    def least(self, message: Message, context: ResolvedContext) -> Candidate | None:
        """Return the keyword that the message is without filler, else the first of those that it repeats."""
        unfilled, key = message.unfilled, message.key
        if unfilled is not message.tokens:
            key = "".join(unfilled)
            once = self._once(key, context)
            if once is not None:
                return once
        if key not in (key + key)[1:-1]:
            return None
        repeated = self._repeated(unfilled, key, context)
        return min(repeated, default=None, key=lambda each: each.priority)

    def _once(self, key: str, context: ResolvedContext) -> Candidate | None:
        meaning = context.keywords.get(key)
        if meaning is None:
            return None
        return Candidate(self._priority, meaning, MatchedBy.FILLER, key)

    def _repeated(
        self, unfilled: Sequence[str], key: str, context: ResolvedContext
    ) -> list[Candidate]:
        if key not in (key + key)[1:-1]:
            return []
        longest = min(self._longest, len(key) // 2)
        return [
            Candidate(self._repeated_priority(unit, meaning), meaning, MatchedBy.FILLER, unit)
            for unit in _beginnings(unfilled, longest)
            if (meaning := context.keywords.get(unit)) is not None and _only_repeats(unfilled, unit)
        ]

    def _repeated_priority(self, key: str, meaning: Meaning) -> Priority:
        return Priority(self.place, variant=1, rank=meaning.action.rank, length=-len(key))


def _beginnings(tokens: Sequence[str], longest: int) -> Iterator[str]:
    """Yield the first token, the first two joined, and so on, up to a length."""
    beginning = ""
    for token in tokens:
        beginning += token
        if len(beginning) > longest:
            return
        yield beginning


def _only_repeats(tokens: Sequence[str], unit: str) -> bool:
    """Tell whether tokens are a unit again and again, each time on token boundaries."""
    filled = 0
    for token in tokens:
        if not unit.startswith(token, filled):
            return False
        filled = (filled + len(token)) % len(unit)
    return filled == 0
