"""Measurements, and the record of a run: JSON in benchmarks/records."""

from __future__ import annotations

import json
import os
import platform
import subprocess
from collections.abc import Sequence
from dataclasses import asdict, dataclass
from datetime import UTC, datetime
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path

from benchmarks.speed.definition import Definition
from optoutlang.runtime import native

RECORDS = Path(__file__).parents[1] / "records"
PACKAGES = (
    "optoutlang pyahocorasick ahocorasick_rs daachorse duckdb flashtext google-re2 hyperscan "
    "polars pyarrow regex Cython"
).split()


@dataclass(frozen=True, slots=True)
class Measurement:
    """What one contestant of a definition needed.

    `value` is the median over the repeats, in `unit`; `low` and `high` are the
    quartiles. `absolute` is the same in `absolute_unit`, where `value` is a
    ratio. `count` is how many messages it found, and `size` the place on the
    axis of a curve.
    """

    definition: str
    contestant: str
    unit: str
    value: float
    low: float
    high: float
    absolute: float | None = None
    absolute_unit: str = ""
    count: int | None = None
    size: float | None = None


@dataclass(frozen=True, slots=True)
class Record:
    """The measurements of a run, and on what they were made.

    `repeats` are the most that a definition had; `sizes` are by definition.
    """

    when: str
    commit: str
    python: str
    machine: str
    core: bool
    load_before: float
    load_after: float
    seconds: float
    quick: bool
    repeats: int
    sizes: dict[str, int]
    versions: dict[str, str]
    absent: dict[str, str]
    measurements: tuple[Measurement, ...]

    def of(self, definition: str) -> tuple[Measurement, ...]:
        """Return the measurements of a definition; none if it was not run."""
        return tuple(each for each in self.measurements if each.definition == definition)

    @property
    def name(self) -> str:
        """The name of its file, without the suffix."""
        return f"speed-{self.when.replace(':', '').replace('-', '').removesuffix('+0000')}"


def record(
    measurements: Sequence[Measurement],
    *,
    absent: dict[str, str],
    load_before: float,
    seconds: float,
    asked: Sequence[Definition],
    quick: bool,
) -> Record:
    """Return the record of measurements that were just made."""
    return Record(
        when=datetime.now(UTC).isoformat(timespec="seconds"),
        commit=_commit(),
        python=platform.python_version(),
        machine=f"{platform.system()} {platform.machine()}, {os.cpu_count()} cores, {_processor()}",
        core=native.IS_BUILT,
        load_before=load_before,
        load_after=round(os.getloadavg()[0], 1),
        seconds=round(seconds),
        quick=quick,
        repeats=max(each.repeats for each in asked),
        sizes={each.name: each.size for each in asked if each.size},
        versions={name: found for name in PACKAGES if (found := _version(name))},
        absent=absent,
        measurements=tuple(measurements),
    )


def written(made: Record, folder: Path = RECORDS) -> Path:
    """Write a record; return its file."""
    path = folder / f"{made.name}.json"
    path.write_text(json.dumps(asdict(made), indent=1) + "\n", encoding="utf-8")
    return path


def read(path: Path) -> Record:
    """Return the record of a file."""
    content = json.loads(path.read_text("utf-8"))
    rows = tuple(Measurement(**each) for each in content.pop("measurements"))
    return Record(**content, measurements=rows)


def latest() -> Record:
    """Return the newest record of a whole run.

    Raises:
        FileNotFoundError: there is none.
    """
    for path in sorted(RECORDS.glob("speed-*.json"), reverse=True):
        found = read(path)
        if not found.quick:
            return found
    raise FileNotFoundError("there is no record of a whole run: make bench")


def _commit() -> str:
    command = ["git", "describe", "--always", "--dirty", "--abbrev=10"]
    done = subprocess.run(command, capture_output=True, text=True, check=False)  # noqa: S603
    return done.stdout.strip() or "unknown"


def _version(package: str) -> str | None:
    try:
        return version(package)
    except PackageNotFoundError:
        return None


def _processor() -> str:
    """Return what the processor calls itself (Linux)."""
    try:
        lines = Path("/proc/cpuinfo").read_text("utf-8").splitlines()
    except OSError:
        return platform.processor() or "unknown processor"
    names = (line.partition(":")[2].strip() for line in lines if line.startswith("model name"))
    return next(names, "unknown processor")
