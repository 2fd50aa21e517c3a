"""A Parquet file that is decided batch by batch, each way in a process of its own, whose memory is seen."""

from __future__ import annotations

import os
import re
import subprocess
import sys
import tempfile
import time
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

HITS = re.compile(r"^(?:opt-out|opt-in|help|suggest .*?)  +([0-9,]+)$", re.MULTILINE)
"""What the summary of a scan says of its hits, by what they ask for."""

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


def measure_scan(definition: Definition, rulesets: Rulesets) -> list[Measurement]:
    """Scan a file by the command, once: the clock on the wall, processor time, and peak of memory."""
    artefact = str(rulesets.artefact(definition.rules))
    with tempfile.TemporaryDirectory(dir=os.environ.get("OPTOUT_BENCH_DIR")) as folder:
        path = Path(folder, "messages.parquet")
        right = written(path, definition.size, rulesets, definition.rules)
        megabytes = path.stat().st_size / 1e6
        begin = time.perf_counter()
        command = [sys.executable, "-m", "optoutlang", "scan", artefact, str(path), "--column=body"]
        with subprocess.Popen(command, stdout=subprocess.PIPE, text=True) as child:  # noqa: S603  # our own
            assert child.stdout is not None  # noqa: S101  # a pipe
            said = child.stdout.read()
            _, status, usage = os.wait4(child.pid, 0)
            child.returncode = os.waitstatus_to_exitcode(status)
        seconds = time.perf_counter() - begin
    hits = sum(int(each.replace(",", "")) for each in HITS.findall(said))
    if child.returncode or hits != right:
        raise WrongCountError(f"{definition.name}: found {hits}, not {right}")
    figures = {
        "the file": ("MB", megabytes),
        "optout scan": ("s", seconds),
        "optout scan: processor time": ("s", usage.ru_utime + usage.ru_stime),
        "optout scan: peak": ("MB", usage.ru_maxrss * 1024 / 1e6),
    }
    return [spread(definition, name, unit, [value]) for name, (unit, value) in figures.items()]


def decided(way: str, artefact: str, path: Path) -> tuple[float, float, int]:
    """Return the seconds, megabytes and count of a process that decides a file."""
    command = [sys.executable, "-m", "benchmarks.speed.parquet_reader", way, artefact, str(path)]
    done = subprocess.run(command, stdout=subprocess.PIPE, check=True)  # noqa: S603  # our own
    seconds, kilobytes, count = done.stdout.split()
    return float(seconds), float(kilobytes) * 1024 / 1e6, int(count)


def written(path: Path, size: int, rulesets: Rulesets, rules: str) -> int:
    """Write messages as Parquet, in the memory of a row group, and return how many of them a ruleset decides."""
    ordinary, decided = is_ordinary(rulesets, rules), decisions_of(rulesets[rules])
    right = 0
    with parquet.ParquetWriter(path, pa.schema([("body", pa.string())])) as output:
        for begin in range(0, size, GROUP):
            places = drawn(min(GROUP, size - begin), begin)
            body, _ = messages(places, ordinary, begin)
            output.write_table(pa.table({"body": body}), row_group_size=GROUP)
            right += times(places, decided)
    return right
