"""Compare this code with another revision's: `python -m benchmarks.speed.compare REV [--only WORDS] [--turns N]`.

The revision is checked out in a temporary folder and its compiled core is built there; then the definitions of this
tree measure both, by turns, each turn in a process of its own. What is compared is the figure of each process, which is
already a ratio to a contestant in that process where the definition has one, so that a slow moment strikes both. The
noise is how far the turns of one side lie apart: a change smaller than that says nothing.
"""

from __future__ import annotations

import argparse
import os
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from statistics import median

from benchmarks.speed.definition import definitions, title
from benchmarks.speed.measurement import Record, read

ROOT = Path(__file__).resolve().parents[2]
BUILD = """
import shutil, sys, tempfile
from pathlib import Path
import hatch_build
with tempfile.TemporaryDirectory() as work:
    source = Path(sys.argv[1]) / hatch_build.SOURCE
    built = hatch_build.compiled(source, Path(work))
    shutil.copy(built, source.parent / built.name)
"""
"""Builds the core of a tree beside its source, by that tree's own build file."""


def main() -> None:
    """Measure both and print the ratios."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("base", metavar="REV", help="the revision to compare with")
    parser.add_argument("--only", default="call/", help="definitions with one of these words")
    parser.add_argument("--turns", type=int, default=3, help="processes of each side")
    options = parser.parse_args()
    if not options.base:
        parser.error("no revision: make bench-compare BASE=REV")
    with tempfile.TemporaryDirectory() as made:
        folder = Path(made)
        with checked_out(options.base, folder / "base") as base:
            sides = {"base": base, "here": ROOT}
            records: dict[str, list[Record]] = {name: [] for name in sides}
            for turn in range(options.turns):
                for name in ("base", "here") if turn % 2 == 0 else ("here", "base"):
                    found = turned(sides[name], folder / f"{name}.kept", options.only)
                    records[name].append(found)
    print_ratios(records["base"], records["here"])


@contextmanager
def checked_out(revision: str, folder: Path) -> Iterator[Path]:
    """Check a revision out in a folder, build its core, and remove all of it in the end."""
    git("worktree", "add", "--quiet", "--detach", str(folder), revision)
    try:
        subprocess.run([sys.executable, "-c", BUILD, str(folder)], cwd=folder, check=True)  # noqa: S603
        yield folder
    finally:
        git("worktree", "remove", "--force", str(folder))


def git(*arguments: str) -> None:
    """Run git in this repository; what it says of a wrong revision is the error."""
    done = subprocess.run(["git", *arguments], cwd=ROOT, check=False)  # noqa: S603, S607
    if done.returncode:
        sys.exit(f"git {' '.join(arguments[:2])} failed")


def turned(tree: Path, artefacts: Path, only: str) -> Record:
    """Measure a tree once, by the definitions of this one; its rulesets are compiled once."""
    artefacts.mkdir(exist_ok=True)
    result = artefacts / "record.json"
    command = [sys.executable, "-m", "benchmarks.speed.run", "--only", only, "--any-counts"]
    command += ["--artefacts", str(artefacts), "--json", str(result), "--repeats", "5"]
    environment = {**os.environ, "PYTHONPATH": str(tree / "src"), "PYTHONDONTWRITEBYTECODE": "1"}
    done = subprocess.run(command, cwd=ROOT, env=environment, stdout=subprocess.PIPE, text=True)  # noqa: S603, PLW1510
    if done.returncode:
        sys.exit(f"measuring {tree} failed")
    return read(result)


def print_ratios(base: list[Record], here: list[Record]) -> None:
    """Print this tree's figures over the base's, and the noise of the turns."""
    print(f"{'':62}{'base':>10}{'here':>10}{'here/base':>11}{'noise':>8}")
    for definition in definitions().all:
        for row in here[0].of(definition.name):
            before, after = (values(each, definition.name, row.contestant) for each in (base, here))
            if not before or row.low == row.high == 1:
                continue
            noise = max((max(each) - min(each)) / median(each) for each in (before, after))
            change = median(after) / median(before)
            sign = "" if abs(change - 1) <= noise else "  *"
            name = f"{title(definition)}: {row.contestant}, {row.unit}"
            other = counted(base[0], definition.name, row.contestant)
            if other not in (None, row.count):
                sign += f"  found {other} before, {row.count} here"
            print(
                f"{name:62}{median(before):>10.3g}{median(after):>10.3g}{change:>11.2f}"
                f"{noise:>8.0%}{sign}"
            )
    print("* the change is larger than the noise")


def counted(record: Record, definition: str, contestant: str) -> int | None:
    """Return how many messages a contestant found."""
    rows = (row.count for row in record.of(definition) if row.contestant == contestant)
    return next(rows, None)


def values(records: list[Record], definition: str, contestant: str) -> list[float]:
    """Return a contestant's figure in each record that has it."""
    rows = (row for each in records for row in each.of(definition))
    return [row.value for row in rows if row.contestant == contestant and row.value]


if __name__ == "__main__":
    main()
