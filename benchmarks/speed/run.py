"""Measure what `definitions.toml` says: `python -m benchmarks.speed.run [--quick] [--only WORDS] [--record]`.

A wrong count ends the run with exit code 1: a fast wrong answer is none. A
missed goal is printed, and is no error. `--record` keeps the result in
benchmarks/records and writes docs/performance.md from it.
"""

from __future__ import annotations

import argparse
import importlib.util
import os
import sys
import tempfile
import time
from collections.abc import Iterator, Sequence
from dataclasses import replace
from pathlib import Path

from benchmarks.speed import measurement, race
from benchmarks.speed.definition import Definition, definitions, title
from benchmarks.speed.kinds.registry import KINDS
from benchmarks.speed.measurement import Measurement, Record
from benchmarks.speed.rulesets import Rulesets

QUICK_REPEATS = 3
MODULES = {
    "ahocorasick_rs": "ahocorasick_rs",
    "daachorse": "daachorse",
    "duckdb": "duckdb",
    "flashtext": "flashtext",
    "google-re2": "re2",
    "hyperscan": "hyperscan",
    "polars": "polars",
    "regex": "regex",
}
"""Peers by the name of their package, and the module that each brings."""


def main() -> None:
    """Measure, print, and keep the record if asked to."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--quick", action="store_true", help="three repeats, smaller sizes")
    parser.add_argument("--small", action="store_true", help="everything, in the sizes of --quick")
    parser.add_argument("--only", default="", help="definitions whose name has one of these words")
    parser.add_argument("--record", action="store_true", help="keep a record, and write the page")
    parser.add_argument("--json", type=Path, help="write the record to this file instead")
    parser.add_argument("--artefacts", type=Path, help="where compiled rulesets are kept")
    parser.add_argument("--repeats", type=int, default=99, help="so many at most")
    parser.add_argument("--any-counts", action="store_true", help="whatever is found is right")
    options = parser.parse_args()
    if options.record and (options.only or options.quick):
        parser.error("a record of some definitions would not make a page")
    with tempfile.TemporaryDirectory() as folder:
        try:
            rulesets = Rulesets(options.artefacts or Path(folder))
            asked = list(asked_for(options))
            made = measured(rulesets, asked, is_whole=not (options.quick or options.only))
        except race.WrongCountError as error:
            sys.exit(f"wrong answer: {error}")
    if options.json:
        measurement.written(made, options.json.parent).replace(options.json)
    if options.record:
        print(f"kept as {measurement.written(made).name}")
        from benchmarks.speed import page  # noqa: PLC0415  # draws pictures

        page.write(made)


def measured(rulesets: Rulesets, asked: Sequence[Definition], *, is_whole: bool) -> Record:
    """Measure definitions, print the results, and return the record."""
    begin, load, made = time.monotonic(), round(os.getloadavg()[0], 1), list[Measurement]()
    for definition in asked:
        since = time.monotonic()
        rows = KINDS[definition.kind](definition, rulesets)
        print(f"\n{title(definition)} [{definition.name}, {time.monotonic() - since:.0f} s]")
        for row in rows:
            print(line(definition, row), flush=True)
        made += rows
    seconds = time.monotonic() - begin
    return measurement.record(
        made, absent=absent(), load_before=load, seconds=seconds, asked=asked, quick=not is_whole
    )


def asked_for(options: argparse.Namespace) -> Iterator[Definition]:
    """Yield the definitions to run, in the sizes and with the repeats that are asked for."""
    words = options.only.split()
    repeats = min(options.repeats, QUICK_REPEATS) if options.quick else options.repeats
    for each in definitions().all:
        if not (any(word in each.name for word in words) if words else not each.apart):
            continue
        if options.quick and not each.quick_size:
            continue
        sized = small(each) if options.quick or options.small else each
        counts = {} if options.any_counts else sized.counts
        yield replace(sized, repeats=min(each.repeats, repeats), counts=counts)


def small(definition: Definition) -> Definition:
    """Return a definition in the size of a quick run, if it has one."""
    if definition.quick_size in (0, definition.size):
        return definition
    return replace(definition, size=definition.quick_size, counts={})  # those of the whole size


def absent() -> dict[str, str]:
    """Return the peers that cannot be compared here, and why."""
    return {
        name: "not installed (pip install '.[bench]')"
        for name, module in MODULES.items()
        if importlib.util.find_spec(module) is None
    }


def line(definition: Definition, row: Measurement) -> str:
    """Return a measurement as a line for a terminal."""
    goal = definition.goals.get(row.contestant)
    verdict = "" if goal is None else f"  bar {goal.bar:g}: {goal.verdict(row.value)}"
    absolute = "" if row.absolute is None else f"{row.absolute:,.4g} {row.absolute_unit}"
    count = "" if row.count is None else f"  count {row.count:,}"
    return (
        f"  {row.contestant:38}{row.value:>10,.4g} {row.unit:12}"
        f"{row.low:>9,.4g}…{row.high:<9,.4g}{absolute:>14}{count}{verdict}"
    )


if __name__ == "__main__":
    main()
