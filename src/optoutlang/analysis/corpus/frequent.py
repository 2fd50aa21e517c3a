"""The most frequent keys of a stream, in bounded memory."""

from __future__ import annotations

from dataclasses import dataclass
from heapq import heappop, heappush, nsmallest
from typing import Generic, TypeVar

V = TypeVar("V")


@dataclass(frozen=True, slots=True)
class Frequency(Generic[V]):
    """How often a key came: at most `count` times, and at least `count - excess`; `value` came with it."""

    key: str
    count: int
    excess: int
    value: V


class Frequent(Generic[V]):
    """Counts keys by Space-Saving: exactly, while no more than `capacity` different ones came.

    Past that a new key takes the place of the rarest one and its count, so
    that after n keys no count is more than n / capacity too high, and no key
    that came more often than that is missing. A. Metwally, D. Agrawal,
    A. El Abbadi, "Efficient Computation of Frequent and Top-k Elements in Data Streams" (2005).
    """

    def __init__(self, capacity: int) -> None:
        if capacity < 1:
            raise ValueError(f"no capacity: {capacity}")
        self.capacity = capacity
        self._held: dict[str, Frequency[V]] = {}
        # Counts as they were when they were pushed: one that is not today's is put right when it is met.
        self._rarest: list[tuple[int, str]] = []
        self.exact = True

    def add(self, key: str, value: V) -> None:
        """Count a key; the first value that comes with it stays."""
        held = self._held.get(key)
        if held is not None:
            self._held[key] = Frequency(key, held.count + 1, held.excess, held.value)
            return
        excess = self._make_room() if len(self._held) == self.capacity else 0
        self._held[key] = Frequency(key, excess + 1, excess, value)
        heappush(self._rarest, (excess + 1, key))

    def most(self, number: int) -> tuple[Frequency[V], ...]:
        """Return the most frequent keys, most frequent first; equal ones in order of key."""
        return tuple(
            nsmallest(number, self._held.values(), key=lambda each: (-each.count, each.key))
        )

    def _make_room(self) -> int:
        """Let go of the rarest key; return its count."""
        self.exact = False
        while True:
            count, key = heappop(self._rarest)
            today = self._held[key].count
            if today == count:
                del self._held[key]
                return count
            heappush(self._rarest, (today, key))
