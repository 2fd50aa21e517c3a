"""Parquet, by the optional package pyarrow: nothing else imports this module."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from pathlib import Path

import pyarrow as pa
import pyarrow.parquet as pq

from optoutlang.analysis.corpus.table import NoColumnError, Problem, Row, TableError

BATCH = 4_096
"""How many rows are in memory at a time."""


class ParquetTable:
    """A Parquet file; only the wanted columns are read."""

    def __init__(self, path: Path) -> None:
        try:
            self._file = pq.ParquetFile(path)
        except pa.ArrowException as error:
            raise TableError(f"not Parquet: {error}") from error
        self.total: int | None = self._file.metadata.num_rows
        self.done = 0

    def rows(self, wanted: Sequence[str]) -> Iterator[Row | Problem]:
        """Yield every row, counted from 1."""
        names = self._file.schema_arrow.names
        for column in wanted:
            if column not in names:
                raise NoColumnError(column, names)
        try:
            for batch in self._file.iter_batches(batch_size=BATCH, columns=list(wanted)):
                yield from self._batch(batch, wanted)
        except (pa.ArrowException, OSError) as error:  # arrow calls damaged pages an OSError
            raise TableError(f"damaged after row {self.done}: {error}") from error

    def _batch(self, batch: pa.RecordBatch, wanted: Sequence[str]) -> Iterator[Row | Problem]:
        columns = [batch.column(name) for name in wanted]
        for place in range(batch.num_rows):
            self.done += 1
            yield _row(self.done, place, dict(zip(wanted, columns, strict=True)))


def _row(number: int, place: int, columns: dict[str, pa.Array]) -> Row | Problem:
    cells = {}
    for name, values in columns.items():
        try:
            cells[name] = values[place].as_py()
        except ValueError:  # bytes that are no UTF-8, a time that Python has none for
            return Problem(number, name, f"not readable as {values.type}")
    return Row(number, cells)
