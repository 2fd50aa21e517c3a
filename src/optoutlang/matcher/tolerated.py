"""What is nearly an opt-out keyword, where the rules tolerate it (docs/language.md §7).

Only what is no keyword gets here, and nothing here changes what a keyword
means. An ordinary message costs a few look-ups: it is longer than any keyword.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from optoutlang.matcher.action import Action, MatchedBy, Tolerance
from optoutlang.matcher.look_alikes import LookAlikes
from optoutlang.matcher.program import Meaning, Program, opt_out_keys
from optoutlang.matcher.scope import Scope
from optoutlang.matcher.stretches import Stretches

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
        self._longest = max(map(len, keys))

    def near(self, scope: Scope, left: Sequence[str]) -> Iterator[Near]:
        """Yield the keywords that the tokens without filler may be meant for; the first decides."""
        tolerances = scope.tolerances
        if not tolerances or not left:
            return
        if Tolerance.NUMBERS in tolerances and _DIGITS.issuperset(left[-1]):
            left = _without_numbers(left)
            yield from self._found(scope, ["".join(left)], MatchedBy.FILLER, len(left))
        key = "".join(left)
        if not key or scope.keyword(key) is not None:
            return
        if Tolerance.STRETCHES in tolerances:
            stretched = self._stretches.stretched(key)
            yield from self._found(scope, stretched, MatchedBy.STRETCH, len(left))
        if Tolerance.TYPOS in tolerances:
            typos = self._typos.get(key, ())
            yield from self._found(scope, typos, MatchedBy.TYPO, len(left))
        if Tolerance.LOOKALIKES in tolerances and len(key) <= self._longest:
            readings = self._look_alikes.readings(key)
            yield from self._found(scope, readings, MatchedBy.LOOKALIKE, len(left))

    def _found(
        self, scope: Scope, keys: Iterable[str], matched_by: MatchedBy, length: int
    ) -> Iterator[Near]:
        for key in keys:
            meaning = scope.keyword(key)
            if meaning is not None and meaning.action is Action.OPT_OUT:
                yield Near(key, meaning, matched_by, length)


def _without_numbers(left: Sequence[str]) -> Sequence[str]:
    end = len(left)
    while end and _DIGITS.issuperset(left[end - 1]):
        end -= 1
    return left[:end]
