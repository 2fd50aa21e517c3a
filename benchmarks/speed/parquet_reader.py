"""Decide one Parquet file and print seconds, kilobytes and count: kinds/files.py starts it to see its memory."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from pathlib import Path
from time import perf_counter

import polars as pl
import pyarrow as pa
from pyarrow import parquet

import optoutlang
import optoutlang.polars
from optoutlang import Matcher, arrow


def main(kind: str, artefact: str, path: str) -> None:
    """Count the messages that mean something, by a loop over batches of Arrow or a query of Polars that streams."""
    matcher = optoutlang.load(artefact)
    begin = perf_counter()
    if kind == "polars":
        count = by_polars(matcher, path)
    elif kind == "arrow":
        count = by_arrow(matcher, path)
    else:
        count = sum(batch.num_rows for batch in batches(path))
    print(perf_counter() - begin, peak_kilobytes(), count)


def peak_kilobytes() -> int:
    """Return the most kilobytes that this process had in memory (Linux); what getrusage says is inherited."""
    status = Path("/proc/self/status").read_text("utf-8")
    return next(int(line.split()[1]) for line in status.splitlines() if line.startswith("VmHWM"))


def batches(path: str) -> Iterator[pa.RecordBatch]:
    """Yield the messages of a file, 65,536 at a time."""
    yield from parquet.ParquetFile(path).iter_batches(arrow.ROWS, columns=["body"])


def by_arrow(matcher: Matcher, path: str) -> int:
    """Decide batch by batch."""
    found = arrow.match_batches(matcher, batches(path), text="body", fields=("action",))
    return sum(batch.num_rows - batch["decision"].null_count for batch in found)


def by_polars(matcher: Matcher, path: str) -> int:
    """Decide in a query that streams."""
    said = pl.col("body").optout.match(matcher, fields=("action",))  # type: ignore[attr-defined]
    query = pl.scan_parquet(path).select(said.is_not_null().sum())
    return int(query.collect(engine="streaming").item())


if __name__ == "__main__":
    main(*sys.argv[1:])
