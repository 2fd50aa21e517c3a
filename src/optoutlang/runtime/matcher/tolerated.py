"""What is nearly an opt-out keyword, where the rules tolerate it (docs/language.md §5).

Only what is no keyword gets here, and nothing here changes what a keyword
means. An ordinary message costs a few look-ups: it is longer than any keyword.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from optoutlang.runtime.matcher.look_alikes import LookAlikes
from optoutlang.runtime.matcher.scope import Scope
from optoutlang.runtime.matcher.stretches import Stretches
from optoutlang.runtime.program.program import Meaning, Program, opt_out_keys
from optoutlang.runtime.terms.action import Action, MatchedBy

_DIGITS = frozenset("0123456789")


@dataclass(frozen=True, slots=True)
class Near:
    """An opt-out keyword that a message without filler nearly is, with its first `length` tokens."""

    key: str
    meaning: Meaning
    matched_by: MatchedBy
    length: int


class Tolerated:
    """Reads messages that are no keyword, for one program."""

    __slots__ = ("_longest", "_look_alikes", "_stretches", "_typos")

    def __init__(self, program: Program) -> None:
        keys = opt_out_keys((program.base, *program.countries.values()))
        self._typos = program.typos
        self._stretches = Stretches(keys)
        self._look_alikes = LookAlikes(keys)
        self._longest = max(map(len, keys)) + 1  # a slip adds one letter at most

    def near(self, scope: Scope, left: Sequence[str], key: str) -> Iterator[Near]:
        """Yield the keywords that the tokens without filler may be meant for; the first decides.

        `key` is the tokens joined.
        """
        typos, look_alikes, stretches, numbers = scope.tolerates
        if numbers and left and _DIGITS.issuperset(left[-1]):
            left = _without_numbers(left)
            key = "".join(left)
            meaning = scope.keyword(key)
            if meaning is not None:
                if meaning.action is Action.OPT_OUT:
                    yield Near(key, meaning, MatchedBy.FILLER, len(left))
                return
        ways: list[tuple[MatchedBy, Iterable[str]]] = []
        if stretches:
            ways.append((MatchedBy.STRETCH, self._stretches.stretched(key)))
        if typos and len(key) <= self._longest and key not in scope.ordinary:
            ways.append((MatchedBy.TYPO, self._typos.get(key, ())))
        if look_alikes and len(key) <= self._longest:
            ways.append((MatchedBy.LOOKALIKE, self._look_alikes.read(key)))
        for matched_by, keys in ways:
            for each in keys:
                meaning = scope.keyword(each)
                if meaning is not None and meaning.action is Action.OPT_OUT:
                    yield Near(each, meaning, matched_by, len(left))


def _without_numbers(left: Sequence[str]) -> Sequence[str]:
    end = len(left)
    while end and _DIGITS.issuperset(left[end - 1]):
        end -= 1
    return left[:end]
