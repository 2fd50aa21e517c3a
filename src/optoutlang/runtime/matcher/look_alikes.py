"""Letters that look like others: a key read as if it were written in one alphabet (docs/language.md §5)."""

from __future__ import annotations

from collections.abc import Collection, Iterator
from dataclasses import dataclass
from operator import eq

from optoutlang.runtime.canonical.look_alike_tables import READINGS

SHORTEST = 3
"""The fewest characters of a keyword that look-alikes may write; of so few, one must be its own."""

SHORTEST_WITH_DIGITS = 4
"""The fewest, where digits stand for letters; no more than half of the characters may be digits."""

_DIGITS = frozenset("0123456789")


@dataclass(frozen=True, slots=True)
class _Reading:
    """How characters are read, and with which ones a text must begin and end to be read as one of some keys."""

    table: dict[int, int]
    first: frozenset[str]
    last: frozenset[str]


class LookAlikes:
    """What makes one of some keys of a text."""

    __slots__ = ("_keys", "_lengths", "_readings")

    def __init__(self, keys: Collection[str]) -> None:
        self._keys = frozenset(each for each in keys if len(each) >= SHORTEST)
        self._lengths = frozenset(map(len, self._keys))
        letters = frozenset("".join(self._keys))
        self._readings = tuple(
            self._reading(chars, read)
            for chars, read in dict.fromkeys(READINGS)
            if not letters.isdisjoint(read)
        )

    def read(self, key: str) -> Iterator[str]:
        """Yield each of the keys that a text's key, which is none of them, may be read as."""
        if len(key) not in self._lengths:
            return
        seen = set()
        for each in self._readings:
            if key[0] in each.first and key[-1] in each.last:
                read = key.translate(each.table)
                if read in self._keys and read not in seen and _is_written(key, read):
                    seen.add(read)
                    yield read

    def _reading(self, chars: str, read: str) -> _Reading:
        def looking_like(letters: frozenset[str]) -> frozenset[str]:
            alike = {char for char, letter in zip(chars, read, strict=True) if letter in letters}
            return letters | alike

        first = looking_like(frozenset(key[0] for key in self._keys))
        last = looking_like(frozenset(key[-1] for key in self._keys))
        return _Reading(str.maketrans(chars, read), first, last)


def _is_written(key: str, read: str) -> bool:
    """Tell whether a key has enough letters, and enough that are its own, to be another one in disguise."""
    if len(key) == SHORTEST and not any(map(eq, key, read)):
        return False  # `сік`, which is juice
    digits = sum(char in _DIGITS for char in key)
    return not digits or (len(key) >= SHORTEST_WITH_DIGITS and digits * 2 <= len(key))
