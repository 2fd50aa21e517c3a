"""Source lines with line numbers, and marks under them that line up whatever the characters' widths."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass

from optoutlang.language.diagnostics.diagnostic import Label
from optoutlang.language.diagnostics.visible import columns, visible
from optoutlang.language.source.text import SourceText


@dataclass(frozen=True, slots=True)
class Mark:
    """A range of columns (code points, from 0, half-open) of one line, and what stands beside its carets."""

    line: int
    start: int
    end: int
    message: str
    primary: bool


@dataclass(frozen=True, slots=True)
class Row:
    """One printed row: a line's `number` and `text`, or the marks under it (`number` None)."""

    number: int | None
    text: str
    primary: bool = False


def marks(label: Label, *, primary: bool) -> tuple[Mark, ...]:
    """Return the marks of a label: one, or one each in the first and the last line of a longer range."""
    source = label.place.source
    start, end = label.place.start, label.place.end
    if start.line == end.line:
        return (Mark(start.line, start.column - 1, end.column - 1, label.message, primary),)
    last = source.line(end.line)
    indent = len(last) - len(last.lstrip())
    return (
        Mark(start.line, start.column - 1, len(source.line(start.line)), "", primary),
        Mark(end.line, min(indent, end.column - 1), end.column - 1, label.message, primary),
    )


LONGEST_LINE = 500
"""How many characters of one line are shown: of a longer one, a piece around each mark."""

_BEFORE = 100
_NARROWEST = 20


@dataclass(frozen=True, slots=True)
class Piece:
    """The part of a line that is shown: its `text` begins `offset` characters before the line's own would."""

    text: str
    start: int
    end: int
    offset: int


def clip(line: str, column: int, room: int = LONGEST_LINE) -> Piece:
    """Return a line whole, or where it is wider than `room` columns what stands around one, between ellipses."""
    if len(line) <= LONGEST_LINE and (room >= LONGEST_LINE or columns(line) <= room):
        return Piece(line, 0, len(line), 0)
    longest = max(_NARROWEST, min(room - len("……"), LONGEST_LINE)) if room < LONGEST_LINE else room
    start = max(0, column - min(_BEFORE, longest // 4))
    end = min(len(line), start + longest)
    if room < LONGEST_LINE:
        while columns(line[start:end]) > longest:
            end -= 1
    before, after = "…" * (start > 0), "…" * (end < len(line))
    return Piece(f"{before}{line[start:end]}{after}", start, end, start - len(before))


def rows(source: SourceText, shown: tuple[Mark, ...], room: int = LONGEST_LINE) -> Iterator[Row]:
    """Yield the lines that have marks, each with its marks below; `...` stands for lines left out.

    A line that takes more than `room` columns is shown in pieces, one for each mark that the first has no room for.
    """
    by_line: dict[int, list[Mark]] = defaultdict(list)
    for mark in shown:
        by_line[mark.line].append(mark)
    before: int | None = None
    for number in sorted(by_line):
        if before is not None and number > before + 1:
            yield Row(None, "...")
        before = number
        yield from _line_rows(number, source.line(number), by_line[number], room)


def _line_rows(number: int, line: str, shown: list[Mark], room: int) -> Iterator[Row]:
    waiting = sorted(shown, key=lambda each: each.start)
    while waiting:
        piece = clip(line, waiting[0].start, room)
        here = [each for each in waiting if each.start <= piece.end]
        del waiting[: len(here)]
        yield Row(number, visible(piece.text))
        for mark in sorted(here, key=lambda each: (not each.primary, each.start, each.end)):
            yield Row(None, _carets(piece, mark), mark.primary)


def _carets(piece: Piece, mark: Mark) -> str:
    start = columns(piece.text[: mark.start - piece.offset])
    width = columns(piece.text[: min(mark.end, piece.end) - piece.offset]) - start
    sign = "^" if mark.primary else "-"
    return f"{' ' * start}{sign * max(1, width)} {visible(mark.message)}".rstrip()
