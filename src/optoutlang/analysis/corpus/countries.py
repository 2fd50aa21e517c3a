"""The country of a row: its column's, however that is written, else that of the sender's number."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass

from optoutlang.analysis.corpus.cells import CellError, country_meant, is_country, read_country
from optoutlang.analysis.corpus.columns import Columns
from optoutlang.analysis.corpus.table import Row


@dataclass(frozen=True, slots=True)
class Placed:
    """The country of a row, None where nothing says it; `error` is what is wrong with its cell."""

    country: str | None
    error: CellError | None = None


def nowhere(number: str) -> str | None:
    """Return that a number tells no country."""
    del number
    return None


class Countries:
    """Tells the countries of rows. `renamed` counts cells that name one in another way than by its code.

    Its keys are what stands in the cell and what it was taken for.
    """

    def __init__(
        self, columns: Columns, number_country: Callable[[str], str | None] = nowhere
    ) -> None:
        """Begin; `number_country` tells the country of a number in E.164."""
        self._columns = columns
        self._number_country = number_country
        self.renamed: Counter[tuple[str, str]] = Counter()

    def of(self, row: Row) -> Placed:
        """Return the country of a row."""
        column = self._columns.country
        cell = None if column is None else row.cells.get(column)
        if cell not in (None, "") and not is_country(cell):
            meant = country_meant(cell)
            if meant is not None:
                self.renamed[str(cell).strip(), meant] += 1
                return Placed(meant)
        try:
            country = read_country(cell)
        except CellError as error:
            return Placed(self._by_number(row), error)
        return Placed(country if country is not None else self._by_number(row))

    def _by_number(self, row: Row) -> str | None:
        column = self._columns.sender
        number = None if column is None else row.cells.get(column)
        return None if number is None else self._number_country(str(number).strip())
