"""Parquet, by the optional package pyarrow: nothing else imports this module."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path

import pyarrow as pa
import pyarrow.parquet as pq

from optoutlang.analysis.corpus.column_scan import take_quiet
from optoutlang.analysis.corpus.columns import places_of
from optoutlang.analysis.corpus.scan import Scan
from optoutlang.analysis.corpus.table import Problem, Row, TableError, plain

BATCH = 4_096
"""How many rows are in memory at a time."""

COLUMNS = 262_144
"""How many rows are in memory at a time as columns."""


class ParquetTable:
    """A Parquet file; only the wanted columns are read."""

    def __init__(self, path: Path) -> None:
        try:
            self._file = pq.ParquetFile(path)
        except pa.ArrowException as error:
            raise TableError(f"not Parquet: {error}") from error
        self.total: int | None = self._file.metadata.num_rows
        self.done = 0

    def rows(
        self, wanted: Sequence[str], *, guesses: Sequence[str] = (), whole: bool = False
    ) -> Iterator[Row | Problem]:
        """Yield every row, counted from 1."""
        for batch, named in self._batches(BATCH, wanted, guesses, whole=whole):
            yield from self._batch(batch, named, batch.schema.names if whole else ())

    def rows_to_take(self, scan: Scan) -> Iterator[Row | Problem]:
        """Yield the rows that a scan must take, and count the others in."""
        for batch, named in self._batches(
            COLUMNS, scan.columns.wanted(), scan.columns.guesses, whole=False
        ):
            columns = {column: batch.column(name) for column, name in named.items()}
            for place in take_quiet(scan, columns, batch.num_rows):
                number = self.done + place + 1
                cells = _cells(number, place, columns)
                yield cells if isinstance(cells, Problem) else Row(number, cells)
            self.done += batch.num_rows

    def _batches(
        self, size: int, wanted: Sequence[str], guesses: Sequence[str], *, whole: bool
    ) -> Iterator[tuple[pa.RecordBatch, Mapping[str, str]]]:
        """Yield batches, and what the columns are called in them."""
        names = self._file.schema_arrow.names
        places = places_of(wanted, names, guesses=guesses)
        named = {column: names[place] for column, place in places.items()}
        read = names if whole else [*dict.fromkeys(named.values())]
        try:
            for batch in self._file.iter_batches(batch_size=size, columns=read):
                yield batch, named
        except (pa.ArrowException, OSError) as error:  # arrow calls damaged pages an OSError
            raise TableError(f"damaged after row {self.done}: {error}") from error

    def _batch(
        self, batch: pa.RecordBatch, named: Mapping[str, str], whole: Sequence[str]
    ) -> Iterator[Row | Problem]:
        columns = {column: batch.column(name) for column, name in named.items()}
        for place in range(batch.num_rows):
            self.done += 1
            cells = _cells(self.done, place, columns)
            fields = _cells(self.done, place, {name: batch.column(name) for name in whole})
            if isinstance(cells, Problem):
                yield cells
            elif isinstance(fields, Problem):
                yield fields
            else:
                yield Row(self.done, cells, {name: plain(value) for name, value in fields.items()})


def _cells(number: int, place: int, columns: Mapping[str, pa.Array]) -> dict[str, object] | Problem:
    cells: dict[str, object] = {}
    for name, values in columns.items():
        try:
            cells[name] = values[place].as_py()
        except (
            ValueError,
            OverflowError,
        ):  # bytes that are no UTF-8, a time that Python has none for
            return Problem(number, name, f"not readable as {values.type}")
    return cells
