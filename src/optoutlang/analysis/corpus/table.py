"""A file of messages as a stream of rows, whatever its format."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Protocol

from optoutlang.runtime.terms.json import Json


class TableError(ValueError):
    """A file cannot be read as a table at all; says why."""


class NoColumnError(TableError):
    """A table lacks a column; holds its name and the names of those that are there."""

    def __init__(self, column: str, columns: Sequence[str]) -> None:
        super().__init__(f"no column is `{column}`")
        self.column = column
        self.columns = tuple(columns)


@dataclass(frozen=True, slots=True)
class Row:
    """The wanted cells of one row, by column, as the format holds them; `number` counts from 1.

    A row of a format without a heading may lack columns. `fields` holds the whole row, where that was asked for.
    """

    number: int
    cells: Mapping[str, object]
    fields: Mapping[str, Json] = field(default_factory=dict, hash=False)


@dataclass(frozen=True, slots=True)
class Problem:
    """What is wrong with a row, or with one `column` of it."""

    number: int
    column: str | None
    reason: str


def plain(value: object) -> Json:
    """Return a cell as a JSON value; what JSON has no form for, such as a date, as text."""
    if value is None or isinstance(value, str | bool | int | float):
        return value
    return str(value)


class Table(Protocol):
    """A file that is read once, from its beginning to its end, in the memory of a few rows."""

    @property
    def total(self) -> int | None:
        """How much there is to read, in bytes or rows; None if nobody knows."""

    @property
    def done(self) -> int:
        """How much of it has been read."""

    def rows(
        self, wanted: Sequence[str], *, guesses: Sequence[str] = (), whole: bool = False
    ) -> Iterator[Row | Problem]:
        """Yield every row, or why it has none: its wanted columns, those of the guesses that are there, and all fields.

        Raises:
            NoColumnError: the table has columns, and not all that are wanted.
            TableError: the file is damaged from some place on.
        """
