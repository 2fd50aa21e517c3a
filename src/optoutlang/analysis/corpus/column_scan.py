"""Scans of columns: rows of which nothing is told but their number are decided and counted together.

Nearly all messages ask for nothing, and where the cells beside such a message can be read, all that a scan does with
it is to count it, in its week if it has one. So the texts of a batch are decided as a column of Arrow, the cells beside
them are read once for each different one, and only the other rows are taken one by one: those that mean something, and
those with a cell that cannot be read or has to be compared.

Needs pyarrow: nothing else imports this module when it is loaded.
"""

from __future__ import annotations

import os
from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

import pyarrow as pa
import pyarrow.compute as pc

from optoutlang.analysis.corpus.cells import (
    CellError,
    is_country,
    read_country,
    read_done,
    read_language,
)
from optoutlang.analysis.corpus.scan import Scan
from optoutlang.runtime.batch.arrow import match

WORKERS = min(4, os.cpu_count() or 1)
"""How many threads decide a batch."""

MOST_DIFFERENT = 4_096
"""How many different cells of a column are read; the rows of a batch with more are taken one by one."""

Columns = Mapping[str, pa.Array]
"""The columns of a batch by name: of those that a scan wants, the ones that it has."""


def take_quiet(scan: Scan, columns: Columns, rows: int) -> Sequence[int]:
    """Count the rows of a batch of which nothing else is told; return the places of those that `take` must see.

    To take these in their order is then the same as to take all rows.
    """
    texts = columns.get(scan.columns.text)
    if texts is None or not _is_sound_text(texts):
        return range(rows)
    country = _read(columns.get(scan.columns.country or ""), _code, rows)
    language = _read(columns.get(scan.columns.language or ""), read_language, rows)
    mondays = _mondays(columns.get(scan.columns.date or ""), rows)
    quiet = pc.and_(country.is_read, language.is_read)
    quiet = pc.and_(quiet, mondays.is_read)
    if scan.columns.already is not None:
        quiet = pc.and_(quiet, _read(columns.get(scan.columns.already), _nothing, rows).is_read)
    if scan.columns.sender in columns:  # the number tells the country where the column does not
        quiet = pc.and_(quiet, pc.is_valid(country.values))
    where = country.values if scan.country is None else pc.fill_null(country.values, scan.country)
    decisions = match(
        scan.matcher,
        texts,
        country=where,
        language=language.values,
        fields=("action",),
        workers=WORKERS,
    )
    quiet = pc.and_(quiet, pc.is_null(decisions))
    try:
        weeks = _counted(mondays.values.filter(quiet))
    except (ValueError, OverflowError):  # a day that Python has none for
        return range(rows)
    scan.count_quiet(pc.sum(quiet).as_py() or 0, weeks)
    return list(pc.indices_nonzero(pc.invert(quiet)).to_pylist())


@dataclass(frozen=True, slots=True)
class _Cells:
    """What the cells of a column say, null where that is nothing, and which of them could be read."""

    values: pa.Array
    is_read: pa.Array


def _read(column: pa.Array | None, read: Callable[[object], str | None], rows: int) -> _Cells:
    """Read each different cell of a column once."""
    if column is None:
        return _Cells(pa.nulls(rows, pa.string()), _all(rows, value=True))
    plain = column.dictionary_decode() if pa.types.is_dictionary(column.type) else column
    try:
        different = pc.unique(plain)
        cells = different.to_pylist() if len(different) <= MOST_DIFFERENT else None
    except (ValueError, pa.ArrowException):  # bytes that are no UTF-8; a type that has no equality
        cells = None
    if cells is None:
        return _Cells(pa.nulls(rows, pa.string()), _all(rows, value=False))
    values: list[str | None] = []
    is_read: list[bool] = []
    for cell in cells:
        try:
            values.append(read(cell))
            is_read.append(True)
        except CellError:
            values.append(None)
            is_read.append(False)
    places = pc.index_in(plain, value_set=different)
    return _Cells(pa.array(values, pa.string()).take(places), pa.array(is_read).take(places))


def _code(cell: object) -> str | None:
    """Return the country of a cell that names it by its code, None for an empty one.

    Raises:
        CellError: it names one in another way, which is counted, or none.
    """
    if cell not in (None, "") and not is_country(cell):
        raise CellError("no code", cell)
    return read_country(cell)


def _nothing(cell: object) -> str | None:
    """Return None for a cell that says that the present system did nothing.

    Raises:
        CellError: it did something, or the cell cannot be read.
    """
    if read_done(cell) is not None:
        raise CellError("an action", cell)
    return None


def _mondays(column: pa.Array | None, rows: int) -> _Cells:
    """Return the Mondays of days, and of times that name no zone; cells of any other type count as not read."""
    nulls = pa.nulls(rows, pa.date32())
    if column is None:
        return _Cells(nulls, _all(rows, value=True))
    kind = column.type
    is_time = pa.types.is_timestamp(kind) and kind.tz is None and kind.unit != "ns"
    if not (pa.types.is_date(kind) or is_time):
        return _Cells(nulls, _all(rows, value=False))
    return _Cells(
        pc.floor_temporal(column, unit="week").cast(pa.date32(), safe=False), _all(rows, value=True)
    )


def _counted(days: pa.Array) -> Counter[date]:
    """Return how often each day occurs."""
    pairs = pc.value_counts(days.drop_null()).to_pylist()
    return Counter({each["values"]: each["counts"] for each in pairs})


def _all(rows: int, *, value: bool) -> pa.Array:
    return pa.repeat(pa.scalar(value), rows)


def _is_sound_text(column: pa.Array) -> bool:
    """Tell whether all texts of a column are UTF-8; a column of something else has none."""
    plain = column.dictionary_decode() if pa.types.is_dictionary(column.type) else column
    if not (pa.types.is_string(plain.type) or pa.types.is_large_string(plain.type)):
        return False
    try:
        plain.validate(full=True)
    except pa.ArrowInvalid:
        return False
    return True
