"""Counters for Prometheus; over several processes where PROMETHEUS_MULTIPROC_DIR is set."""

from __future__ import annotations

import os
from dataclasses import dataclass, field

from prometheus_client import CollectorRegistry, Counter, Gauge, Histogram, generate_latest
from prometheus_client.multiprocess import MultiProcessCollector

CONTENT_TYPE = "text/plain; version=0.0.4; charset=utf-8"


def _registry() -> CollectorRegistry:
    return CollectorRegistry(auto_describe=True)


@dataclass(slots=True)
class Metrics:
    """The counters of one gateway. No label holds anything of a person, or of a path that somebody made up."""

    registry: CollectorRegistry = field(default_factory=_registry)
    requests: Counter = field(init=False)
    seconds: Histogram = field(init=False)
    events: Counter = field(init=False)
    deliveries: Counter = field(init=False)
    waiting: Gauge = field(init=False)
    dead: Gauge = field(init=False)
    _answered: dict[tuple[str, int], tuple[Counter, Histogram]] = field(default_factory=dict)

    def __post_init__(self) -> None:
        self.requests = Counter(
            "optout_requests",
            "Requests by route and status.",
            ["route", "status"],
            registry=self.registry,
        )
        self.seconds = Histogram(
            "optout_request_seconds",
            "Time to answer.",
            ["route"],
            buckets=(0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 15),
            registry=self.registry,
        )
        self.events = Counter(
            "optout_events",
            "Events by what came of them in the audit.",
            ["kind", "outcome"],
            registry=self.registry,
        )
        self.deliveries = Counter(
            "optout_deliveries",
            "Attempts to deliver by result.",
            ["result"],
            registry=self.registry,
        )
        self.waiting = Gauge(
            "optout_outbox",
            "Effects in the outbox.",
            registry=self.registry,
            multiprocess_mode="mostrecent",
        )
        self.dead = Gauge(
            "optout_dead_letters",
            "Dead letters.",
            registry=self.registry,
            multiprocess_mode="mostrecent",
        )

    def answered(self, route: str, status: int, seconds: float) -> None:
        """Count a request."""
        found = self._answered.get((route, status))
        if found is None:  # looking labels up takes longer than counting
            found = self.requests.labels(route, str(status)), self.seconds.labels(route)
            self._answered[route, status] = found
        found[0].inc()
        found[1].observe(seconds)

    def text(self) -> bytes:
        """Return all counters as Prometheus reads them."""
        if "PROMETHEUS_MULTIPROC_DIR" in os.environ:
            shared = CollectorRegistry()
            MultiProcessCollector(shared)  # type: ignore[no-untyped-call]
            return generate_latest(shared)
        return generate_latest(self.registry)
