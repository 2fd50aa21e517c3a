"""A fair sample of a stream, in bounded memory."""

from __future__ import annotations

from random import Random
from typing import Generic, TypeVar

V = TypeVar("V")


class Sample(Generic[V]):
    """Keeps `size` values of a stream, each with the same chance; the same stream gives the same sample.

    J. S. Vitter, "Random Sampling with a Reservoir" (1985), algorithm R.
    """

    def __init__(self, size: int) -> None:
        self._size = size
        self._kept: list[tuple[int, V]] = []
        self._random = Random(0)  # noqa: S311  # nothing is kept secret by it
        self.seen = 0

    def add(self, value: V) -> None:
        """Take one more value of the stream."""
        self.seen += 1
        if len(self._kept) < self._size:
            self._kept.append((self.seen, value))
            return
        place = self._random.randrange(self.seen)
        if place < self._size:
            self._kept[place] = (self.seen, value)

    def values(self) -> tuple[V, ...]:
        """Return what was kept, in the order in which it came."""
        return tuple(value for _, value in sorted(self._kept, key=lambda each: each[0]))
