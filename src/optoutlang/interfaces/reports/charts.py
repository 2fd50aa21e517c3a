"""Charts of a page, as rectangles in a field of 100 by 100 that is stretched to the room there is.

There is no text in them: stretched text is unreadable. Scales and legends stand beside them.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

FIELD = 100.0
GAP = 0.2
"""Which part of a column's room stays empty."""


@dataclass(frozen=True, slots=True)
class Rectangle:
    """A rectangle; `is_main` tells what is of interest from what stands behind it, `title` what it stands for."""

    x: float
    y: float
    width: float
    height: float
    title: str
    is_main: bool


@dataclass(frozen=True, slots=True)
class Column:
    """A column: `main` of the `total`, both counts."""

    name: str
    main: int
    total: int


def columns(shown: Sequence[Column], *, main: str, rest: str) -> tuple[Rectangle, ...]:
    """Return columns beside each other; `main` and `rest` say what the lower and the upper part of one count."""
    most = max((each.total for each in shown), default=0) or 1
    room = FIELD / max(1, len(shown))
    return tuple(
        rectangle
        for place, column in enumerate(shown)
        for rectangle in _column(column, place * room, room, most, (main, rest))
    )


def _column(
    column: Column, x: float, room: float, most: int, named: tuple[str, str]
) -> Iterator[Rectangle]:
    parts = ((column.main, named[0], True), (column.total - column.main, named[1], False))
    y = FIELD
    for count, name, is_main in parts:
        height = FIELD * count / most
        y -= height
        if count:
            title = f"{column.name}: {count:,} {name}"
            width = room * (1 - GAP)
            yield Rectangle(
                round(x, 3), round(y, 3), round(width, 3), round(height, 3), title, is_main
            )
