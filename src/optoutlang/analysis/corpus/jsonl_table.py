"""JSON Lines: an object a line, in UTF-8; every line may have fields of its own."""

from __future__ import annotations

import io
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import suppress
from typing import BinaryIO

from optoutlang.analysis.corpus.columns import place_of
from optoutlang.analysis.corpus.jsonl import BadRowError, json_object
from optoutlang.analysis.corpus.table import Problem, Row, TableError


class JsonlTable:
    """A JSON Lines file; `number` of a row is its line."""

    def __init__(
        self, file: BinaryIO, *, total: int | None = None, encoding: str | None = None
    ) -> None:
        """Read JSON Lines from a file; `encoding` None is UTF-8."""
        self._file = file
        self._lines: Iterable[bytes] = file
        if encoding is not None:
            # Kept, for it closes the file when it goes.
            self._text = io.TextIOWrapper(file, encoding, errors="replace", newline="\n")
            self._lines = (line.encode("utf-8", "surrogatepass") for line in self._text)
        self.total = total

    @property
    def done(self) -> int:
        """How many bytes have been read, 0 of a pipe."""
        return self._file.tell() if self._file.seekable() else 0

    def rows(
        self, wanted: Sequence[str], *, guesses: Sequence[str] = (), whole: bool = False
    ) -> Iterator[Row | Problem]:
        """Yield every line that is not blank; a row lacks the columns that its object lacks."""
        yield from jsonl_rows(self._lines, (*wanted, *guesses), whole=whole)


def jsonl_rows(
    lines: Iterable[bytes], wanted: Sequence[str], *, whole: bool
) -> Iterator[Row | Problem]:
    """Yield a row for every line that is not blank."""
    for number, line in enumerate(lines, start=1):
        if line.strip():
            yield _row(number, line, wanted, whole=whole)


def _row(number: int, line: bytes, wanted: Sequence[str], *, whole: bool) -> Row | Problem:
    try:
        fields = json_object(line)
    except BadRowError as error:
        return Problem(number, None, str(error))
    return Row(number, wanted_fields(fields, wanted), fields if whole else {})


def wanted_fields(fields: Mapping[str, object], wanted: Sequence[str]) -> dict[str, object]:
    """Return the wanted fields that an object has, found as columns are."""
    cells = {}
    for column in wanted:
        if column in fields:
            cells[column] = fields[column]
            continue
        with suppress(TableError):
            cells[column] = [*fields.values()][place_of(column, [*fields])]
    return cells
