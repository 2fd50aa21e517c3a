"""Many messages at a time, beside what people run instead: `python -m benchmarks.batch [--spark MASTER …]`.

The messages are those of haystacks/mix.txt, drawn with a fixed seed; the ordinary ones get a number behind them, so
that few are equal. Whatever is compared runs by turns in one run, and a count that is not that of the same lines one by
one ends the run with exit code 1. `wall` and `cpu` are nanoseconds a message, those of `cpu` in all threads; a ratio is
the median of the rounds' ratios to the first row of a table, and that of `cpu` holds on a busy machine too.
"""

from __future__ import annotations

import argparse
import gc
import os
import sys
import tempfile
from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path
from random import Random
from statistics import median
from time import perf_counter, process_time

import polars as pl
import pyarrow as pa
import pyarrow.compute as pc
from pyarrow import parquet

import optoutlang
import optoutlang.polars
from benchmarks.run import WrongCountError
from optoutlang import Matcher, arrow

HERE = Path(__file__).parent
SEED = 15
GROUP = 250_000
"""Rows of a row group of the Parquet file, and of what is made at a time."""
LIST = 1_000_000
PATTERN = (
    "(?i)(stop|quit) (texting|messaging|contacting)|(take|remove) (me|us|my number)"
    "|leave (me|us) alone|no more (texts|messages)|unsubscribe (me|us)"
)
"""What is written for phrases where only regular expressions are at hand; it finds fewer."""

Counts = Mapping[str, int]
Contestant = tuple[Callable[[], int], int | None]
"""What is measured, and the count that it must have; None: what it has."""


def main() -> None:
    """Make the messages, measure, print the tables."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--messages", type=int, default=1_000_000)
    parser.add_argument("--rounds", type=int, default=3)
    parser.add_argument("--rules", nargs="*", default=["exact", "phrases", "world"])
    parser.add_argument(
        "--spark", nargs="*", default=[], metavar="MASTER", help="masters, such as local[2]"
    )
    parser.add_argument("--tables", nargs="*", default=["files", "lists", "columns"])
    options = parser.parse_args()
    rules = {name: loaded(name) for name in options.rules}
    with tempfile.TemporaryDirectory() as made:
        path = Path(made) / f"mix-{options.messages}.parquet"
        counts = written(path, options.messages, rules)
        print(f"{path.name}: {options.messages:,} messages, {path.stat().st_size / 1e6:,.0f} MB")
        try:
            if options.spark:
                from benchmarks.batch_spark import on_spark  # noqa: PLC0415  # needs Spark

                on_spark(path, rules, counts, options.spark, options.rounds)
                return
            if "files" in options.tables:
                files(path, rules, counts, Path(made))
            if "lists" in options.tables:
                lists(path, rules, options.rounds)
            if "columns" in options.tables:
                columns(path, rules, counts, options.rounds)
        except WrongCountError as error:
            sys.exit(f"wrong answer: {error}")


def loaded(name: str) -> Matcher:
    """Return the matcher of a ruleset of rules/, or of a pack."""
    path = HERE / "rules" / f"{name}.optout"
    return optoutlang.load(path if path.exists() else name)


# What is measured.


def lists(path: Path, rules: Mapping[str, Matcher], rounds: int) -> None:
    """Compare `match_many` with a list comprehension of the naive answer, on a million messages at most."""
    texts: list[str] = []
    for batch in parquet.ParquetFile(path).iter_batches(columns=["body"]):
        texts += batch["body"].to_pylist()
        if len(texts) >= LIST:
            break
    keywords = keywords_of(rules)
    contestants: dict[str, Contestant] = {
        "N: [text.strip().upper() in KEYWORDS …]": (
            lambda: sum(
                [text.strip().upper() in keywords for text in texts]
            ),  # the list is what is meant
            None,
        )
    }
    for name, matcher in rules.items():
        contestants[f"match_many, {name}"] = (many(matcher, texts), None)
    measured(f"a list of {len(texts):,}", contestants, len(texts), rounds)


def many(matcher: Matcher, texts: Sequence[str]) -> Callable[[], int]:
    """Return what decides a list."""
    return lambda: sum(each is not None for each in matcher.match_many(texts))


def columns(path: Path, rules: Mapping[str, Matcher], counts: Counts, rounds: int) -> None:
    """Compare a column of Arrow, by one thread and two, with what Polars and pyarrow do on a column."""
    column = parquet.read_table(path, columns=["body"])["body"]
    frame = pl.DataFrame({"body": pl.from_arrow(column)})
    keywords = sorted(keywords_of(rules))
    folded = pl.col("body").str.strip_chars().str.to_uppercase().is_in(keywords).sum()
    pattern = pl.col("body").str.contains(PATTERN).sum()
    contestants: dict[str, Contestant] = {
        "Polars strip + upper + is_in": (lambda: int(frame.select(folded).item()), counts["naive"]),
        "Polars contains(regex)": (lambda: int(frame.select(pattern).item()), None),
        "pyarrow trim + upper + is_in": (
            lambda: folded_by_arrow(column, keywords),
            counts["naive"],
        ),
    }
    for name, matcher in rules.items():
        for workers in (1, 2):
            decide = on_arrow(matcher, column, workers)
            contestants[f"arrow.match, {name}, workers={workers}"] = (decide, counts[name])
        contestants[f"Polars optout.match, {name}"] = (on_polars(matcher, frame), counts[name])
    measured(f"a column of {len(column):,}", contestants, len(column), rounds)


def folded_by_arrow(column: pa.ChunkedArray, keywords: Sequence[str]) -> int:
    """Return how many texts are keywords when trimmed and in capitals."""
    folded = pc.utf8_upper(pc.utf8_trim_whitespace(column))
    return int(pc.sum(pc.is_in(folded, pa.array(keywords))).as_py())


def on_arrow(matcher: Matcher, column: pa.ChunkedArray, workers: int) -> Callable[[], int]:
    """Return what decides a column, with the action alone."""

    def count() -> int:
        found = arrow.match(matcher, column, fields=("action",), workers=workers)
        return len(found) - int(found.null_count)

    return count


def on_polars(matcher: Matcher, frame: pl.DataFrame) -> Callable[[], int]:
    """Return what decides a column in a query of Polars."""
    said = pl.col("body").optout.match(matcher, fields=("action",), workers=2)  # type: ignore[attr-defined]
    return lambda: int(frame.select(said.is_not_null().sum()).item())


def files(path: Path, rules: Mapping[str, Matcher], counts: Counts, folder: Path) -> None:
    """Decide a Parquet file batch by batch, in a process of its own, and print its time and peak of memory."""
    print(f"\n{'a Parquet file, by a process of its own':50}{'s':>10}{'peak MB':>10}{'count':>12}")
    for name, matcher in rules.items():
        artefact = folder / f"{name}.optoutc"
        artefact.write_bytes(matcher.to_bytes())
        for kind in ("nothing", "arrow", "polars"):
            seconds, peak, count = apart(kind, artefact, path)
            if count != counts[name] and kind != "nothing":
                raise WrongCountError(f"{kind}, {name}: {count}, not {counts[name]}")
            print(f"{f'{kind}, {name}':50}{seconds:>10.2f}{peak:>10,.0f}{count:>12,}", flush=True)


def apart(kind: str, artefact: Path, path: Path) -> tuple[float, float, int]:
    """Return the seconds, peak of memory in MB and count of a process that decides a file by an artefact."""
    read, write = os.pipe()
    child = os.posix_spawn(
        sys.executable,
        [sys.executable, "-m", "benchmarks.batch_file", kind, str(artefact), str(path)],
        dict(os.environ),
        file_actions=[(os.POSIX_SPAWN_DUP2, write, 1), (os.POSIX_SPAWN_CLOSE, read)],
    )
    os.close(write)
    with os.fdopen(read) as output:
        words = output.read().split()
    if os.waitpid(child, 0)[1]:
        sys.exit(f"the process for {kind} failed")
    return float(words[0]), float(words[1]) / 1024, int(words[2])


def measured(title: str, contestants: Mapping[str, Contestant], rows: int, rounds: int) -> None:
    """Measure contestants by turns and print a table."""
    wall: dict[str, list[float]] = {name: [] for name in contestants}
    cpu: dict[str, list[float]] = {name: [] for name in contestants}
    counts: dict[str, int] = {}
    for _ in range(rounds):
        for name, (run, expected) in contestants.items():
            gc.collect()
            gc.disable()
            begin, busy = perf_counter(), process_time()
            count = run()
            wall[name].append(perf_counter() - begin)
            cpu[name].append(process_time() - busy)
            gc.enable()
            wanted = counts.setdefault(name, count) if expected is None else expected
            if count != wanted:
                raise WrongCountError(f"{name}: {count}, not {wanted}")
            counts[name] = count
    print(f"\n{title:45}{'wall':>9}{'ratio':>8}{'cpu':>9}{'ratio':>8}{'count':>12}")
    for name in contestants:
        columns = "".join(figures(each, name, rows) for each in (wall, cpu))
        print(f"{name:45}{columns}{counts[name]:>12,}", flush=True)


def figures(times: Mapping[str, Sequence[float]], name: str, rows: int) -> str:
    """Return the nanoseconds a row, and the ratio to the first contestant."""
    first = times[next(iter(times))]
    ratio = median(mine / theirs for mine, theirs in zip(times[name], first, strict=True))
    return f"{median(times[name]) * 1e9 / rows:>9,.0f}{ratio:>8.2f}"


# What it is measured on.


def written(path: Path, messages: int, rules: Mapping[str, Matcher]) -> dict[str, int]:
    """Write the messages as Parquet; return how many of them each ruleset decides, and the naive way."""
    lines = (HERE / "haystacks" / "mix.txt").read_text("utf-8").splitlines()
    decided = {
        name: [each is not None for each in matcher.match_many(lines)]
        for name, matcher in rules.items()
    }
    decided["naive"] = [line.strip().upper() in keywords_of(rules) for line in lines]
    is_ordinary = pa.array([not any(flags) for flags in zip(*decided.values(), strict=True)])
    random, drawn = Random(SEED), Counter[int]()  # noqa: S311  # no secret
    with parquet.ParquetWriter(path, pa.schema([("body", pa.string())])) as output:
        for begin in range(0, messages, GROUP):
            places = random.choices(range(len(lines)), k=min(GROUP, messages - begin))
            drawn.update(places)
            text = pa.array(lines).take(pa.array(places))
            number = pa.array([random.randrange(1_000_000) for _ in places]).cast(pa.string())
            numbered = pc.binary_join_element_wise(text, number, " ")
            body = pc.if_else(is_ordinary.take(pa.array(places)), numbered, text)
            output.write_table(pa.table({"body": body}), row_group_size=GROUP)
    return {
        name: sum(times for place, times in drawn.items() if flags[place])
        for name, flags in decided.items()
    }


def keywords_of(rules: Mapping[str, Matcher]) -> frozenset[str]:
    """Return the keywords of the first ruleset as most services have them."""
    return frozenset(
        origin.spelling.upper()
        for meaning in rules[next(iter(rules))].program.base.keywords.values()
        if meaning is not None
        for origin in meaning.origins
    )


if __name__ == "__main__":
    main()
