"""Many messages at a time, beside what people run instead: `python -m benchmarks.batch [--messages N] [--spark]`.

The messages are those of haystacks/mix.txt, drawn with a fixed seed; two in three of the ordinary ones get a number
behind them, so that few are equal. Whatever is compared runs by turns in one run, and the counts are what the same
message gets one by one: a wrong one ends the run with exit code 1. Times are of the wall; `ratio` is the median of the
rounds' ratios to the first row of a table. `--keep FOLDER` keeps the Parquet file that is made.
"""

from __future__ import annotations

import argparse
import gc
import os
import resource
import sys
import tempfile
from collections import Counter
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from random import Random
from statistics import median
from time import perf_counter

import polars as pl
import pyarrow as pa
import pyarrow.compute as pc
import pyarrow.parquet as parquet

import optoutlang
import optoutlang.polars
from benchmarks.run import WrongCountError, naive
from optoutlang import Matcher, arrow

HERE = Path(__file__).parent
SEED = 15
GROUP = 250_000
"""Rows of a row group of the Parquet file, and of what is generated at a time."""
PATTERNS = "|".join(
    (r"stop (texting|messaging|contacting)", r"take me off", r"remove me", r"leave me alone")
)
"""What is written for phrases where only regular expressions are at hand."""

Contestant = Callable[[], int]


@dataclass(frozen=True, slots=True)
class Row:
    """One line of a table: seconds of the rounds, and what was counted."""

    name: str
    seconds: tuple[float, ...]
    count: int


def main() -> None:
    """Make the messages, measure, print the tables."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--messages", type=int, default=1_000_000)
    parser.add_argument("--rounds", type=int, default=3)
    parser.add_argument("--rules", nargs="*", default=["exact", "phrases", "world"])
    parser.add_argument("--spark", nargs="*", metavar="MASTER", help="also measure these masters")
    parser.add_argument("--spark-messages", type=int, default=1_000_000)
    parser.add_argument("--keep", type=Path, metavar="FOLDER")
    options = parser.parse_args()
    rules = {name: loaded(name) for name in options.rules}
    with tempfile.TemporaryDirectory() as made:
        folder = options.keep or Path(made)
        path = folder / f"mix-{options.messages}.parquet"
        counts = written(path, options.messages, rules)
        print(f"{path.name}: {options.messages:,} messages, {path.stat().st_size / 1e6:,.0f} MB")
        try:
            lists(path, rules, counts, options.rounds)
            columns(path, rules, counts, options.rounds)
            files(path, rules, counts)
            if options.spark:
                from benchmarks.batch_spark import on_spark  # noqa: PLC0415  # needs Spark

                small = folder / f"mix-{options.spark_messages}.parquet"
                counts = written(small, options.spark_messages, rules)
                on_spark(small, rules, counts, options.spark, options.rounds)
        except WrongCountError as error:
            sys.exit(f"wrong answer: {error}")


def loaded(name: str) -> Matcher:
    """Return the matcher of a ruleset of rules/, or of a pack."""
    path = HERE / "rules" / f"{name}.optout"
    return optoutlang.load(path if path.exists() else name)


# What is measured.


def lists(
    path: Path, rules: Mapping[str, Matcher], counts: Mapping[str, int], rounds: int
) -> None:
    """Compare `match_many` with a list comprehension of the naive answer, on a million messages at most."""
    texts: list[str] = parquet.read_table(path, columns=["body"])["body"].to_pylist()
    whole = len(texts)
    texts = texts[:1_000_000]
    first = rules[next(iter(rules))]
    naively = naive(first)
    keywords = keywords_of(first)
    contestants: dict[str, tuple[Contestant, int | None]] = {
        "N: [text.strip().upper() in KEYWORDS …]": (
            lambda: sum([text.strip().upper() in keywords for text in texts]),
            sum(map(naively, texts)),
        )
    }
    for name, matcher in rules.items():
        expected = counts[name] if len(texts) == whole else None
        contestants[f"match_many, {name}"] = (many(matcher, texts), expected)
    shown(f"a list of {len(texts):,}", contestants, len(texts), rounds)


def many(matcher: Matcher, texts: Sequence[str]) -> Contestant:
    """Return what decides a list."""
    return lambda: sum(each is not None for each in matcher.match_many(texts))


def columns(
    path: Path, rules: Mapping[str, Matcher], counts: Mapping[str, int], rounds: int
) -> None:
    """Compare a column of Arrow, by one thread and two, with what Polars does on a column."""
    table = parquet.read_table(path, columns=["body"])
    column = table["body"].combine_chunks() if table["body"].nbytes < 2**31 else table["body"]
    series = pl.Series("body", column)
    keywords = sorted(keywords_of(rules[next(iter(rules))]))
    folded = pl.col("body").str.strip_chars().str.to_uppercase().is_in(keywords)
    frame = series.to_frame()
    contestants: dict[str, tuple[Contestant, int | None]] = {
        "Polars strip + upper + is_in": (
            lambda: int(frame.select(folded.sum()).item()),
            counts["naive"],
        ),
        "Polars contains(regex of 4)": (
            lambda: int(frame.select(pl.col("body").str.contains(f"(?i){PATTERNS}").sum()).item()),
            None,
        ),
        "pyarrow trim + upper + is_in": (
            lambda: pc.sum(
                pc.is_in(
                    pc.utf8_upper(pc.utf8_trim_whitespace(column)), pa.array(keywords)
                )
            ).as_py(),
            counts["naive"],
        ),
    }
    for name, matcher in rules.items():
        for workers in (1, 2):
            contestants[f"arrow.match, {name}, workers={workers}"] = (
                on_arrow(matcher, column, workers),
                counts[name],
            )
        contestants[f"Polars optout.match, {name}"] = (on_polars(matcher, frame), counts[name])
    shown(f"a column of {len(column):,}", contestants, len(column), rounds)


def on_arrow(matcher: Matcher, column: pa.ChunkedArray, workers: int) -> Contestant:
    """Return what decides a column, with the action alone."""

    def count() -> int:
        found = arrow.match(matcher, column, fields=("action",), workers=workers)
        return len(found) - int(found.null_count)

    return count


def on_polars(matcher: Matcher, frame: pl.DataFrame) -> Contestant:
    """Return what decides a column in a query of Polars."""
    said = pl.col("body").optout.match(matcher, fields=("action",), workers=2)  # type: ignore[attr-defined]
    return lambda: int(frame.select(said.is_not_null().sum()).item())


def files(path: Path, rules: Mapping[str, Matcher], counts: Mapping[str, int]) -> None:
    """Decide a Parquet file batch by batch, in a process of its own, and print its time and peak of memory."""
    print(f"\nParquet to counts, each in a process of its own{'':6}{'s':>10}{'peak MB':>10}")
    for name in rules:
        for kind in ("arrow", "polars"):
            seconds, peak, count = apart(kind, name, path)
            if count != counts[name]:
                raise WrongCountError(f"{kind}, {name}: {count}, not {counts[name]}")
            print(f"{kind}, {name}:".ljust(53) + f"{seconds:>10.2f}{peak:>10,.0f}")


def apart(kind: str, name: str, path: Path) -> tuple[float, float, int]:
    """Return the seconds, peak of memory in MB and count of a process that decides a file."""
    read, write = os.pipe()
    child = os.spawnv(
        os.P_NOWAIT,
        sys.executable,
        [sys.executable, "-m", "benchmarks.batch_file", kind, name, str(path), str(write)],
    ) if False else os.posix_spawn(
        sys.executable,
        [sys.executable, "-m", "benchmarks.batch_file", kind, name, str(path)],
        dict(os.environ),
        file_actions=[(os.POSIX_SPAWN_DUP2, write, 1)],
    )
    os.close(write)
    with os.fdopen(read) as output:
        seconds, count = output.read().split()
    _, status, usage = os.wait4(child, 0)
    if status:
        sys.exit(f"the process for {kind}, {name} failed")
    return float(seconds), usage.ru_maxrss / 1024, int(count)


def keywords_of(matcher: Matcher) -> frozenset[str]:
    """Return the keywords as most services have them."""
    return frozenset(
        origin.spelling.upper()
        for meaning in matcher.program.base.keywords.values()
        if meaning is not None
        for origin in meaning.origins
    )
