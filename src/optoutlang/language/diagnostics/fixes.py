"""Carry out the edits of fixes."""

from __future__ import annotations

from collections.abc import Iterable

from optoutlang.language.diagnostics.diagnostic import Edit, Fix
from optoutlang.language.source.text import SourceText


def sources(fix: Fix) -> tuple[SourceText, ...]:
    """Return the sources that a fix edits, each once, in order of the edits."""
    return tuple(dict.fromkeys(each.place.source for each in fix.edits))


def apply(fix: Fix, source: SourceText) -> str:
    """Return the text of a source after the fix's edits in it.

    Raises:
        ValueError: two edits overlap.
    """
    return apply_edits((each for each in fix.edits if each.place.source == source), source.text)


Lines = list[tuple[str, int]]
"""Lines without their ends, each with the column (from 0) where something changes in it first, else 0."""


def changed_lines(fix: Fix, source: SourceText) -> tuple[Lines, Lines]:
    """Return the lines of a source that a fix changes, from the first to the last: as they are, as they become.

    Only these lines are looked at: a file may have as many findings as lines.
    """
    edits = [each for each in fix.edits if each.place.source == source]
    first = min(each.place.start.line for each in edits)
    last = max(each.place.end.line for each in edits)
    columns: dict[int, int] = {}
    for edit in edits:
        start = edit.place.start
        columns[start.line - first] = min(
            start.column - 1, columns.get(start.line - first, start.column)
        )
    old = [source.line(number) for number in range(first, last + 1)]
    new = apply_edits(edits, "\n".join(old), start=source.start_of(first)).split("\n")
    return (
        [(line, columns.get(index, 0)) for index, line in enumerate(old)],
        [(line, columns.get(index, 0)) for index, line in enumerate(new)],
    )


def apply_edits(edits: Iterable[Edit], text: str, *, start: int = 0) -> str:
    """Return a text after edits of it; insertions at one offset stand in the order given.

    `start` is the offset in the source at which the text begins.

    Raises:
        ValueError: two edits overlap.
    """
    parts: list[str] = []
    done = 0
    for edit in sorted(edits, key=lambda each: (each.place.span.start, each.place.span.end)):
        begin, end = edit.place.span.start - start, edit.place.span.end - start
        if begin < done:
            raise ValueError(f"two edits overlap at offset {edit.place.span.start}")
        parts += (text[done:begin], edit.replacement)
        done = end
    return "".join((*parts, text[done:]))
