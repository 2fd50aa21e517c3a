"""Tables for a terminal: as wide as it is, or, where nobody says how wide that is, a row a line."""

from __future__ import annotations

import os
import shutil
import sys
from collections.abc import Iterator, Sequence

from optoutlang.interfaces.reports.visible import padded, width

GAP = "  "
WIDEST = 60
"""How far a column of unlimited lines is padded; a longer cell moves what stands behind it in its own line alone."""
LEAST = 40
"""No table is laid out narrower than this."""
_NARROWEST = 4


def terminal_width() -> int | None:
    """Return how many columns a line may have: as COLUMNS says, else the terminal; None where output goes elsewhere."""
    columns = os.environ.get("COLUMNS", "")
    if columns.isdecimal() and int(columns) > 0:
        return max(LEAST, int(columns))
    return max(LEAST, shutil.get_terminal_size().columns) if sys.stdout.isatty() else None


def text_table(rows: Sequence[Sequence[str]], limit: int | None) -> Iterator[str]:
    """Yield the lines of a table of visible texts; with a limit, cells that do not fit go on in lines below."""
    if not rows:
        return
    natural = [max(width(row[column]) for row in rows) for column in range(len(rows[0]))]
    if limit is None:
        widths = [min(each, WIDEST) for each in natural]
        for row in rows:
            yield _line(row, widths)
        return
    widths = _shared(natural, limit - len(GAP) * (len(natural) - 1))
    for row in rows:
        cells = [folded(value, columns) for value, columns in zip(row, widths, strict=True)]
        for place in range(max(map(len, cells))):
            yield _line([cell[place] if place < len(cell) else "" for cell in cells], widths)


def _line(cells: Sequence[str], widths: Sequence[int]) -> str:
    pairs = zip(cells, widths, strict=True)
    return GAP.join(padded(value, columns) for value, columns in pairs).rstrip()


def _shared(natural: Sequence[int], room: int) -> list[int]:
    """Return widths that fit into the room: the widest columns give way, down to a common width."""
    widths = list(natural)
    while sum(widths) > room and max(widths) > _NARROWEST:
        widest = max(widths)
        below = max((each for each in widths if each < widest), default=_NARROWEST)
        many = widths.count(widest)
        excess = sum(widths) - room
        less = min(widest - max(below, _NARROWEST), -(-excess // many)) or 1
        widths = [each - less if each == widest else each for each in widths]
    return widths


def folded(text: str, columns: int) -> list[str]:
    """Return a visible text in lines of at most so many columns, broken at spaces where there are any."""
    lines, line = [], ""
    for word in text.split(" "):
        joined = f"{line} {word}" if line else word
        if width(joined) <= columns:
            line = joined
            continue
        if line:
            lines.append(line)
        *full, line = _cut(word, columns)
        lines += full
    return [*lines, line]


def _cut(word: str, columns: int) -> Iterator[str]:
    """Yield the pieces of a word that is wider than a line; the last one may be shorter."""
    piece = ""
    for character in word:
        if piece and width(piece + character) > columns:
            yield piece
            piece = ""
        piece += character
    yield piece
