"""CSV (RFC 4180) with a heading, in UTF-8; the separator may be a comma, semicolon, tab or bar."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterator, Sequence
from typing import BinaryIO

from optoutlang.analysis.corpus.columns import distinct, places_of
from optoutlang.analysis.corpus.table import Problem, Row, TableError

SEPARATORS = ",;\t|"
_UTF_16 = ("\udcff\udcfe", "\udcfe\udcff")
_ESCAPED = frozenset(map(chr, range(0xDC80, 0xDD00)))


class CsvTable:
    """A CSV file. A row that is not UTF-8, or has more or fewer cells than the heading, is a problem."""

    def __init__(
        self, file: BinaryIO, *, total: int | None = None, encoding: str | None = None
    ) -> None:
        """Read CSV from a file; `encoding` None is UTF-8."""
        self._bytes = file
        self.total = total
        # Bytes that are no UTF-8 become lone surrogates, which UTF-8 cannot hold: the row stays to be counted.
        # UTF-16 has no such form for a broken half: it becomes U+FFFD.
        errors = "replace" if encoding == "utf-16" else "surrogateescape"
        self._text = io.TextIOWrapper(file, encoding or "utf-8-sig", errors=errors, newline="")

    @property
    def done(self) -> int:
        """How many bytes have been read, 0 of a pipe."""
        return self._bytes.tell() if self._bytes.seekable() else 0

    def rows(
        self, wanted: Sequence[str], *, guesses: Sequence[str] = (), whole: bool = False
    ) -> Iterator[Row | Problem]:
        """Yield every row below the heading; the first of them is row 1."""
        first = self._text.readline()
        reader = csv.reader(self._from(first), delimiter=_separator(first), strict=True)
        try:
            heading = next(reader, [])
        except csv.Error as error:
            raise TableError(f"the heading is no CSV: {error}") from error
        places = _places(heading, wanted, guesses)
        names = distinct(heading) if whole else ()
        number = 0
        while True:
            number += 1
            try:
                cells = next(reader, None)
            except csv.Error as error:
                yield Problem(number, None, f"no CSV: {error}")
                continue
            if cells is None:
                return
            if cells:
                yield _row(number, cells, heading, places, names)
            else:
                number -= 1  # a blank line is no row

    def _from(self, first: str) -> Iterator[str]:
        yield first
        yield from self._text


def _separator(heading: str) -> str:
    """Return the separator that the heading has most of; a comma if it has none."""
    return max(SEPARATORS, key=heading.count)


def _places(
    heading: Sequence[str], wanted: Sequence[str], guesses: Sequence[str]
) -> dict[str, int]:
    if not heading:
        raise TableError("there is no heading")
    if heading[0].startswith(_UTF_16):
        raise TableError("this is UTF-16; give --encoding utf-16")
    return places_of(wanted, heading, guesses=guesses)


def _row(
    number: int,
    cells: Sequence[str],
    heading: Sequence[str],
    places: dict[str, int],
    names: Sequence[str],
) -> Row | Problem:
    if len(cells) != len(heading):
        return Problem(number, None, f"{len(cells)} cells below a heading of {len(heading)}")
    named = {column: cells[place] for column, place in places.items()}
    for column, cell in named.items():
        if not _ESCAPED.isdisjoint(cell):
            return Problem(
                number,
                column,
                "not UTF-8; its encoding may be another one: --encoding windows-1252",
            )
    return Row(number, named, dict(zip(names, cells, strict=True)) if names else {})
