"""Excel workbooks, by the optional package python-calamine: nothing else imports this module."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from pathlib import Path

from python_calamine import CalamineError, load_workbook

from optoutlang.analysis.corpus.columns import distinct, places_of
from optoutlang.analysis.corpus.table import Problem, Row, TableError, plain


class SheetTable:
    """The first sheet of a workbook that has rows; its first row is the heading. A workbook is read as a whole."""

    def __init__(self, path: Path) -> None:
        try:
            workbook = load_workbook(path)
            sheets = [workbook.get_sheet_by_name(name).to_python() for name in workbook.sheet_names]
        except CalamineError as error:
            raise TableError(f"no workbook: {error}") from error
        self._rows = next((rows for rows in sheets if rows), [])
        self.total: int | None = max(0, len(self._rows) - 1)
        self.done = 0

    def rows(
        self, wanted: Sequence[str], *, guesses: Sequence[str] = (), whole: bool = False
    ) -> Iterator[Row | Problem]:
        """Yield every row below the heading; the first of them is row 1."""
        if not self._rows:
            raise TableError("there is no heading")
        heading = [str(each) for each in self._rows[0]]
        places = places_of(wanted, heading, guesses=guesses)
        names = distinct(heading) if whole else ()
        for number, cells in enumerate(self._rows[1:], start=1):
            self.done = number
            named = {column: _cell(cells[place]) for column, place in places.items()}
            fields = {name: plain(_cell(cell)) for name, cell in zip(names, cells, strict=False)}
            yield Row(number, named, fields)


def _cell(value: object) -> object:
    """Return a cell; a message that is a number, such as `1`, is a float in a workbook."""
    if isinstance(value, float):
        return str(int(value)) if value.is_integer() else str(value)
    return value
