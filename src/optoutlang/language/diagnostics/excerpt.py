"""Source lines with line numbers, and marks under them that line up whatever the characters' widths."""

from __future__ import annotations

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


def rows(source: SourceText, found: tuple[Mark, ...]) -> Iterator[Row]:
    """Yield the lines that have marks, each with its marks below; `...` stands for lines left out."""
    before: int | None = None
    for number in sorted({each.line for each in found}):
        if before is not None and number > before + 1:
            yield Row(None, "...")
        before = number
        line = source.line(number)
        yield Row(number, visible(line))
        here = [each for each in found if each.line == number]
        for mark in sorted(here, key=lambda each: (not each.primary, each.start, each.end)):
            yield Row(None, _carets(line, mark), mark.primary)


def _carets(line: str, mark: Mark) -> str:
    start = columns(line[: mark.start])
    width = columns(line[: mark.end]) - start
    sign = "^" if mark.primary else "-"
    return f"{' ' * start}{sign * max(1, width)} {visible(mark.message)}".rstrip()
