"""A Parquet file that is decided batch by batch, each way in a process of its own, whose memory is seen."""

from __future__ import annotations

import subprocess
import sys
import tempfile
from pathlib import Path

import pyarrow as pa
from pyarrow import parquet

from benchmarks.speed.definition import Definition
from benchmarks.speed.kinds.batches import decisions_of, drawn, is_ordinary, messages, times
from benchmarks.speed.measurement import Measurement
from benchmarks.speed.race import WrongCountError, spread
from benchmarks.speed.rulesets import Rulesets

GROUP = 250_000
"""Rows of a row group."""

WAYS = {"nothing": "reading alone", "arrow": "batches of Arrow", "polars": "a query of Polars"}


def measure(definition: Definition, rulesets: Rulesets) -> list[Measurement]:
    """Decide a file in two ways, and read it alone: seconds on the wall, and peak of memory."""
    artefact = str(rulesets.artefact(definition.rules))
    made = []
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder, "messages.parquet")
        right = written(path, definition.size, rulesets, definition.rules)
        for way, name in WAYS.items():
            runs = [decided(way, artefact, path) for _ in range(definition.repeats)]
            wrong = {count for _, _, count in runs} - {right}
            if wrong and way != "nothing":
                raise WrongCountError(f"{definition.name}: {name} counted {wrong}, not {right}")
            made.append(spread(definition, name, "s", [seconds for seconds, _, _ in runs]))
            made.append(spread(definition, f"{name}: peak", "MB", [peak for _, peak, _ in runs]))
    return made


def decided(way: str, artefact: str, path: Path) -> tuple[float, float, int]:
    """Return the seconds, megabytes and count of a process that decides a file."""
    command = [sys.executable, "-m", "benchmarks.speed.parquet_reader", way, artefact, str(path)]
    done = subprocess.run(command, stdout=subprocess.PIPE, check=True)  # noqa: S603  # our own
    seconds, kilobytes, count = done.stdout.split()
    return float(seconds), float(kilobytes) * 1024 / 1e6, int(count)


def written(path: Path, size: int, rulesets: Rulesets, rules: str) -> int:
    """Write messages as Parquet, and return how many of them a ruleset decides."""
    places = drawn(size)
    ordinary = is_ordinary(rulesets, rules)
    with parquet.ParquetWriter(path, pa.schema([("body", pa.string())])) as output:
        for begin in range(0, size, GROUP):
            body, _ = messages(places[begin : begin + GROUP], ordinary, begin)
            output.write_table(pa.table({"body": body}), row_group_size=GROUP)
    return times(places, decisions_of(rulesets[rules]))
