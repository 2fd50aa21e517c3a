"""The rates of one process: its counters, looked at every ten seconds for an hour."""

from __future__ import annotations

import asyncio
from collections import Counter, deque
from collections.abc import Callable
from dataclasses import dataclass
from time import monotonic

from optoutlang.interfaces.gateway.metrics import Metrics

EVERY_SECONDS = 10
WINDOWS = (60, 600, 3600)
"""The windows that the page shows, in seconds."""


@dataclass(frozen=True, slots=True)
class Rate:
    """How often something happened: in each of `WINDOWS`, and since the process began."""

    name: str
    windows: tuple[int, ...]
    total: int


class Rates:
    """Keeps what the counters were, so that it can say how much was added since."""

    def __init__(self, metrics: Metrics, clock: Callable[[], float] = monotonic) -> None:
        self._metrics = metrics
        self._clock = clock
        self._kept: deque[tuple[float, Counter[str]]] = deque(
            maxlen=WINDOWS[-1] // EVERY_SECONDS + 1
        )
        self.look()

    def look(self) -> None:
        """Keep what the counters are now."""
        self._kept.append((self._clock(), self._counts()))

    async def run(self) -> None:
        """Look for ever."""
        while True:
            await asyncio.sleep(EVERY_SECONDS)
            self.look()

    def rates(self) -> list[Rate]:
        """Return a rate for everything that was counted, by name."""
        now, counts = self._clock(), self._counts()
        before = [self._at(now - seconds) for seconds in WINDOWS]
        return [
            Rate(name, tuple(int(total - each[name]) for each in before), int(total))
            for name, total in sorted(counts.items())
        ]

    def _at(self, moment: float) -> Counter[str]:
        """Return the counters at the last look before a moment, else at the first there is."""
        found = self._kept[0][1]
        for at, counts in self._kept:
            if at > moment:
                break
            found = counts
        return found

    def _counts(self) -> Counter[str]:
        found: Counter[str] = Counter()
        metrics = self._metrics
        for counter in (metrics.requests, metrics.events, metrics.deliveries):
            for family in counter.collect():
                for sample in family.samples:
                    if sample.name.endswith("_total"):
                        found[_name(family.name, sample.labels)] += int(sample.value)
        return found


def _name(family: str, labels: dict[str, str]) -> str:
    return " ".join([family.removeprefix("optout_"), *labels.values()])
