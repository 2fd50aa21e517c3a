"""Many messages at a time: a list beside N's list, and a column of Arrow beside Polars and pyarrow.

The messages are those of haystacks/mix.txt, drawn with a fixed seed; the ordinary ones get a number behind them, so
that few are equal.
"""

from __future__ import annotations

import time
from collections import Counter
from collections.abc import Callable
from dataclasses import replace
from functools import cache
from random import Random

import polars as pl
import pyarrow as pa
import pyarrow.compute as pc

from benchmarks.speed.definition import Definition
from benchmarks.speed.haystacks import FOLDER
from benchmarks.speed.measurement import Measurement
from benchmarks.speed.race import Contestant, Outcome, compared, race, timed
from benchmarks.speed.rulesets import Rulesets, naive, spellings
from optoutlang import Matcher, arrow

SEED = 15
CHUNK = 1_000_000
"""Rows of a chunk of the column, and of what is made at a time."""

NUMBERS = 1_000_000


def measure_list(definition: Definition, rulesets: Rulesets) -> list[Measurement]:
    """Compare `match_many` with a list comprehension of N; the value is how many times as fast."""
    matcher = rulesets[definition.rules]
    known = spellings(matcher)
    lines = _lines()
    places = drawn(definition.size)
    column, _ = messages(places, is_ordinary(rulesets, definition.rules))
    texts = column.to_pylist()
    expected = {
        "N's list": times(places, [naive(known)(line) for line in lines]),
        "match_many": times(places, decisions_of(matcher)),
    }
    contestants: dict[str, Contestant] = {
        "N's list": lambda _: timed(lambda: sum([text.strip().upper() in known for text in texts])),
        "match_many": lambda _: timed(lambda: many(matcher, texts)),
    }
    outcomes = race(replace(definition, counts=expected), contestants)
    return compared(
        definition,
        outcomes,
        first="N's list",
        unit="× N's speed",
        absolute=(len(texts), "ns"),
        speed=True,
    )


def many(matcher: Matcher, texts: list[str]) -> int:
    """Return how many of a list get a decision."""
    found = matcher.match_many(texts)
    return len(found) - found.count(None)


def measure_column(definition: Definition, rulesets: Rulesets) -> list[Measurement]:
    """Compare a column of Arrow, by one thread and two, with what Polars and pyarrow do on a column, on the wall."""
    matcher = rulesets[definition.rules]
    known = spellings(rulesets["exact"])
    places = drawn(min(definition.size, CHUNK))
    lines, chunks = _lines(), max(1, definition.size // CHUNK)
    parts = [
        messages(places, is_ordinary(rulesets, definition.rules), part)[0] for part in range(chunks)
    ]
    column = pa.chunked_array(parts)
    right = times(places, decisions_of(matcher)) * chunks
    folded = times(places, [naive(known)(line) for line in lines]) * chunks
    expected = {
        POLARS: folded,
        "pyarrow trim + upper + is_in": folded,
        "arrow.match": right,
        "arrow.match, two threads": right,
    }
    contestants: dict[str, Contestant] = {
        POLARS: on_wall(by_polars(column, sorted(known))),
        "pyarrow trim + upper + is_in": on_wall(by_pyarrow(column, sorted(known))),
        "arrow.match": on_wall(by_us(matcher, column, 1)),
        "arrow.match, two threads": on_wall(by_us(matcher, column, 2)),
    }
    outcomes = race(replace(definition, counts=expected), contestants)
    absolute = (len(column), "ns")
    return compared(definition, outcomes, first=POLARS, unit="× Polars", absolute=absolute)


POLARS = "Polars strip + upper + is_in"


def on_wall(work: Callable[[], int]) -> Contestant:
    """Return a contestant that may use several threads: what counts is the clock on the wall."""

    def turn(_: int) -> Outcome:
        return timed(work, time.perf_counter_ns)

    return turn


def by_polars(column: pa.ChunkedArray, known: list[str]) -> Callable[[], int]:
    """Return what counts keywords, trimmed and in capitals, in Polars."""
    frame = pl.DataFrame({"body": pl.from_arrow(column)})
    query = pl.col("body").str.strip_chars().str.to_uppercase().is_in(known).sum()
    return lambda: int(frame.select(query).item())


def by_pyarrow(column: pa.ChunkedArray, known: list[str]) -> Callable[[], int]:
    """Return what counts keywords, trimmed and in capitals, in pyarrow."""

    def count() -> int:
        folded = pc.utf8_upper(pc.utf8_trim_whitespace(column))
        return int(pc.sum(pc.is_in(folded, pa.array(known))).as_py())

    return count


def by_us(matcher: Matcher, column: pa.ChunkedArray, workers: int) -> Callable[[], int]:
    """Return what decides a column, with the action alone."""

    def count() -> int:
        found = arrow.match(matcher, column, fields=("action",), workers=workers)
        return len(found) - int(found.null_count)

    return count


# What it is measured on.


@cache
def _lines() -> list[str]:
    return (FOLDER / "mix.txt").read_text("utf-8").splitlines()


def decisions_of(matcher: Matcher) -> list[bool]:
    """Return which lines get a decision, asked one by one."""
    return [matcher.match(line) is not None for line in _lines()]


def is_ordinary(rulesets: Rulesets, rules: str) -> list[bool]:
    """Return which lines mean nothing to any ruleset concerned, so that a number behind them changes nothing."""
    lines = _lines()
    known = naive(spellings(rulesets["exact"]))
    flags = [decisions_of(rulesets[each]) for each in {"exact", "phrases", rules}]
    flags.append([known(line) for line in lines])
    return [not any(each) for each in zip(*flags, strict=True)]


def drawn(count: int, part: int = 0) -> list[int]:
    """Return places of lines, other ones for each part, the same ones every time."""
    return Random(SEED + part).choices(range(len(_lines())), k=count)  # noqa: S311  # no secret


def messages(places: list[int], ordinary: list[bool], part: int = 0) -> tuple[pa.Array, int]:
    """Return the messages of some places, other ones for each part, and how many they are."""
    draw = Random(part)  # noqa: S311
    text = pa.array(_lines()).take(pa.array(places))
    number = pa.array([draw.randrange(NUMBERS) for _ in places]).cast(pa.string())
    numbered = pc.binary_join_element_wise(text, number, " ")
    return pc.if_else(pa.array(ordinary).take(pa.array(places)), numbered, text), len(places)


def times(places: list[int], flags: list[bool]) -> int:
    """Return how many of the messages drawn are flagged."""
    return sum(many for place, many in Counter(places).items() if flags[place])
