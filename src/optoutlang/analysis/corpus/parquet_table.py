"""Parquet, by the optional package pyarrow: nothing else imports this module."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path

import pyarrow as pa
import pyarrow.parquet as pq

from optoutlang.analysis.corpus.columns import place_of
from optoutlang.analysis.corpus.table import Problem, Row, TableError

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
        named = {column: names[place_of(column, names)] for column in wanted}
        try:
            for batch in self._file.iter_batches(
                batch_size=BATCH, columns=[*dict.fromkeys(named.values())]
            ):
                yield from self._batch(batch, named)
        except (pa.ArrowException, OSError) as error:  # arrow calls damaged pages an OSError
            raise TableError(f"damaged after row {self.done}: {error}") from error

    def _batch(self, batch: pa.RecordBatch, named: Mapping[str, str]) -> Iterator[Row | Problem]:
        columns = {column: batch.column(name) for column, name in named.items()}
        for place in range(batch.num_rows):
            self.done += 1
            yield _row(self.done, place, columns)


def _row(number: int, place: int, columns: dict[str, pa.Array]) -> Row | Problem:
    cells = {}
    for name, values in columns.items():
        try:
            cells[name] = values[place].as_py()
        except ValueError:  # bytes that are no UTF-8, a time that Python has none for
            return Problem(number, name, f"not readable as {values.type}")
    return Row(number, cells)
