"""Set cover: few sets that hold all there is to hold; exact where that is cheap, else greedy."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

BUDGET = 20_000
"""How many choices an exact search may try."""


@dataclass(frozen=True, slots=True)
class Choice:
    """The chosen sets' indices, ascending; `smallest` tells that fewer are proved not to do."""

    indices: tuple[int, ...]
    smallest: bool


def set_cover(sets: Sequence[frozenset[int]]) -> Choice:
    """Return sets that together hold what all of them hold, the earlier one between equals."""
    wanted = frozenset[int]().union(*sets)
    forced = _forced(sets, wanted)
    left = wanted.difference(*(sets[each] for each in forced))
    useful = _undominated(sets, left)
    greedy = _greedy(sets, useful, left)
    search = _Search(sets, useful, greedy)
    search.run((), left)
    return Choice(tuple(sorted({*forced, *search.best})), search.spent <= BUDGET)


def _forced(sets: Sequence[frozenset[int]], wanted: frozenset[int]) -> set[int]:
    """Return the sets that alone hold something."""
    holders: dict[int, list[int]] = {each: [] for each in wanted}
    for index, members in enumerate(sets):
        for each in members:
            holders[each].append(index)
    return {those[0] for those in holders.values() if len(those) == 1}


def _undominated(sets: Sequence[frozenset[int]], left: frozenset[int]) -> list[int]:
    """Return the sets that hold something of what is left that no other set holds with more, largest first."""
    order = sorted(range(len(sets)), key=lambda each: (-len(sets[each] & left), each))
    kept: list[int] = []
    for index in order:
        covered = sets[index] & left
        if covered and not any(covered <= sets[other] for other in kept):
            kept.append(index)
    return kept


def _greedy(
    sets: Sequence[frozenset[int]], useful: Sequence[int], left: frozenset[int]
) -> tuple[int, ...]:
    chosen: list[int] = []
    while left:
        best = max(useful, key=lambda each: len(sets[each] & left))
        chosen.append(best)
        left -= sets[best]
    return tuple(chosen)


class _Search:
    """Tries every way to hold what is hardest to hold first, and keeps the smallest choice that it meets."""

    def __init__(
        self, sets: Sequence[frozenset[int]], useful: Sequence[int], best: tuple[int, ...]
    ) -> None:
        self._sets = sets
        self._useful = useful
        self.best = best
        self.spent = 0

    def run(self, chosen: tuple[int, ...], left: frozenset[int]) -> None:
        """Extend a choice until it holds all; give up when the budget is spent."""
        self.spent += 1
        if not left:
            self.best = min(chosen, self.best, key=len)
            return
        largest = max(len(self._sets[each] & left) for each in self._useful)
        if self.spent > BUDGET or len(chosen) - (-len(left) // largest) >= len(self.best):
            return
        hardest = min(left, key=lambda each: (len(self._holders(each)), each))
        for index in self._holders(hardest):
            self.run((*chosen, index), left - self._sets[index])

    def _holders(self, element: int) -> list[int]:
        return [each for each in self._useful if element in self._sets[each]]
