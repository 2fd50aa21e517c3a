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
        self._counted: dict[str, Frequency[V]] = {}
        # Counts as they were when they were pushed: a stale one is corrected when it is popped.
        self._rarest: list[tuple[int, str]] = []
        self.exact = True

    def add(self, key: str, value: V) -> None:
        """Count a key; the first value that comes with it stays."""
        counted = self._counted.get(key)
        if counted is not None:
            self._counted[key] = Frequency(key, counted.count + 1, counted.excess, counted.value)
            return
        excess = self._make_room() if len(self._counted) == self.capacity else 0
        self._counted[key] = Frequency(key, excess + 1, excess, value)
        heappush(self._rarest, (excess + 1, key))

    def merge(self, other: Frequent[V]) -> None:
        """Count in what another one counted; of a key that both know, the value here stays.

        What one does not know may have come as often there as its rarest, if it forgot any. No count is then more than
        n / capacity too high for the n keys of both. M. Cafaro, M. Pulimeno, P. Tempesta, "A parallel space saving
        algorithm for frequent items and the Hurwitz zeta distribution" (2016).
        """
        here, there = self._forgotten(), other._forgotten()
        counted = {}
        for key in dict.fromkeys((*self._counted, *other._counted)):
            mine, theirs = self._counted.get(key), other._counted.get(key)
            known = [each for each in (mine, theirs) if each is not None]
            missing = (here if mine is None else 0) + (there if theirs is None else 0)
            counted[key] = Frequency(
                key,
                sum(each.count for each in known) + missing,
                sum(each.excess for each in known) + missing,
                known[0].value,
            )
        self.exact = self.exact and other.exact and len(counted) <= self.capacity
        self._counted = counted
        self._counted = {each.key: each for each in self.most(self.capacity)}
        self._rarest = sorted((each.count, key) for key, each in self._counted.items())

    def _forgotten(self) -> int:
        """Return how often a key that is not known may have come."""
        return 0 if self.exact else min(each.count for each in self._counted.values())

    def most(self, number: int) -> tuple[Frequency[V], ...]:
        """Return the most frequent keys, most frequent first; equal ones in order of key."""
        return tuple(
            nsmallest(number, self._counted.values(), key=lambda each: (-each.count, each.key))
        )

    def _make_room(self) -> int:
        """Forget the rarest key; return its count."""
        self.exact = False
        while True:
            count, key = heappop(self._rarest)
            now = self._counted[key].count
            if now == count:
                del self._counted[key]
                return count
            heappush(self._rarest, (now, key))
