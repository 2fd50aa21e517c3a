"""Letters that look like others: a key read as if it were written in one alphabet (docs/language.md §7)."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from optoutlang.matcher.look_alike_tables import READINGS

SHORTEST = 3
"""The fewest characters of a keyword that look-alikes may write."""

SHORTEST_WITH_DIGITS = 4
"""The fewest, where digits stand for letters; no more than half of the characters may be digits."""

_DIGITS = frozenset("0123456789")


class LookAlikes:
    """The readings that can make one of some keys."""

    __slots__ = ("_readings",)

    def __init__(self, keys: Iterable[str]) -> None:
        letters = frozenset("".join(keys))
        tables = [str.maketrans(chars, read) for chars, read in READINGS if letters & set(read)]
        self._readings = tuple({tuple(each.items()): each for each in tables}.values())

    def readings(self, key: str) -> Iterator[str]:
        """Yield what a key may be read as, other than itself."""
        digits = sum(char in _DIGITS for char in key)
        if len(key) < (SHORTEST_WITH_DIGITS if digits else SHORTEST) or digits * 2 > len(key):
            return
        seen = {key}
        for table in self._readings:
            read = key.translate(table)
            if read not in seen:
                seen.add(read)
                yield read
