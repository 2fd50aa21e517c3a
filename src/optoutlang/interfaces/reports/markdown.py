"""Markdown that shows texts as they are."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

_SPECIAL = frozenset("\\`*_[]<>|#")


def cell(text: str) -> str:
    """Return a text that Markdown, in a table too, shows as it is."""
    return "".join(f"\\{each}" if each in _SPECIAL else each for each in text)


def markdown_table(heading: Sequence[str], rows: Sequence[Sequence[str]]) -> Iterator[str]:
    """Yield the lines of a table."""
    yield f"| {' | '.join(map(cell, heading))} |"
    yield f"|{' --- |' * len(heading)}"
    for row in rows:
        yield f"| {' | '.join(map(cell, row))} |"
