"""The page docs/consent-figures.md, from what benchmarks/consent_stores.py measured."""

from __future__ import annotations

import os
import platform
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

GROWTH_GOAL = 1.3
ENGINE_GOAL = 100_000

HEAD = """\
# What the consent stores cost

Made by `python -m benchmarks.consent_stores --write --recipients 100000 1000000 10000000`, which needs 30 GB of disk.
Each pair was measured in one run, by turns, on one database, with the same durability; times are lower quartiles in
microseconds, which other processes disturb less than medians. The naive side is one table `opted_out(number)` through
SQLAlchemy Core: an `INSERT … ON CONFLICT DO NOTHING` with its commit, a `SELECT 1`, one `= ANY` (on SQLite: `IN`) for
10,000 numbers. Ours records a whole message: claim, state, audit record with its hash, reply and forward in the outbox.

Where a disk is slow to sync, both sides wait for it, and the ratio of an inbound message comes near to 1: on SQLite,
where all work is in one process, its processor time stands below, which says what the difference is. `may_send_many`
knows at once who may be texted, and reads a reason and its cause when they are asked for; what it costs to read all of
them stands below it, without a goal. `who_may_be_sent` fetches no reasons.

All of it depends on what else runs: the load average stands below, and on a machine with two cores that is busy with
other work the rows imported in a second fall most.
"""


@dataclass(frozen=True, slots=True)
class Pair:
    """What both sides do, by lower quartiles in microseconds; `goal` is how many times the naive one is allowed."""

    name: str
    ours: float
    naive: float
    goal: float | None = None

    @property
    def ratio(self) -> float:
        """How many times as long ours takes."""
        return self.ours / self.naive


@dataclass(frozen=True, slots=True)
class Measured:
    """A store with a number of recipients: what it takes, and how fast the first were imported."""

    database: str
    recipients: int
    imported: int
    import_rate: float
    bytes_each: dict[str, float]
    pairs: tuple[Pair, ...]


@dataclass(frozen=True, slots=True)
class Growth:
    """How much longer calls take on a larger store than on a smaller one."""

    database: str
    small: int
    large: int
    record: float
    may_send: float


def page(results: Sequence[Measured], growths: Sequence[Growth], engine: float) -> str:
    """Return the page with all tables; `engine` is what an event costs without a store, in nanoseconds."""
    machine = (
        f"Python {platform.python_version()}, {os.cpu_count()} cores, {platform.machine()}; "
        f"load average at the end {os.getloadavg()[0]:.1f}."
    )
    sections = (
        [HEAD.rstrip(), "", machine],
        _engine(engine),
        _pairs(results),
        _growths(growths),
        _sizes(results),
    )
    return "\n\n".join("\n".join(lines) for lines in sections) + "\n"


def _engine(nanoseconds: float) -> Iterator[str]:
    yield "The engine alone, on one core, with rows in a dictionary (benchmarks/consent.py):"
    yield f"{nanoseconds:,.0f} ns an event, {1e9 / nanoseconds:,.0f} events a second (goal: {ENGINE_GOAL:,})."


def _pairs(results: Sequence[Measured]) -> Iterator[str]:
    yield "| database | recipients | what | ours | naive | ratio | goal |"
    yield "| --- | --: | --- | --: | --: | --: | --: |"
    for each in results:
        for pair in each.pairs:
            goal = "" if pair.goal is None else f"≤ {pair.goal}"
            yield (
                f"| {each.database} | {each.recipients:,} | {pair.name} | {pair.ours:,.0f} "
                f"| {pair.naive:,.0f} | {pair.ratio:.2f} | {goal} |"
            )


def _growths(growths: Sequence[Growth]) -> Iterator[str]:
    yield "## Growth"
    yield ""
    yield "Both stores were asked by turns; a number is the larger one's time by the smaller one's."
    yield ""
    yield "| database | from | to | inbound message | `may_send` | goal |"
    yield "| --- | --: | --: | --: | --: | --: |"
    for each in growths:
        yield (
            f"| {each.database} | {each.small:,} | {each.large:,} | {each.record:.2f} "
            f"| {each.may_send:.2f} | ≤ {GROWTH_GOAL} |"
        )


def _sizes(results: Sequence[Measured]) -> Iterator[str]:
    yield "## Size and import"
    yield ""
    yield "Bytes for each recipient with one opt-out, indexes included, the outbox worked off. The rate is that of the"
    yield "rows that were imported; the other recipients are copies of one of them."
    yield ""
    names = ("state", "audit", "claim")
    yield f"| database | recipients | {' | '.join(names)} | all | rows imported | in a second |"
    yield "| --- | --: | --: | --: | --: | --: | --: | --: |"
    for each in results:
        cells = " | ".join(f"{each.bytes_each.get(name, 0):,.0f}" for name in names)
        yield (
            f"| {each.database} | {each.recipients:,} | {cells} | {sum(each.bytes_each.values()):,.0f} "
            f"| {each.imported:,} | {each.import_rate:,.0f} |"
        )
