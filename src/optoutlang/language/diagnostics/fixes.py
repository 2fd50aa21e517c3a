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


def apply_edits(edits: Iterable[Edit], text: str) -> str:
    """Return a text after edits of it; insertions at one offset stand in the order given.

    Raises:
        ValueError: two edits overlap.
    """
    parts: list[str] = []
    done = 0
    for edit in sorted(edits, key=lambda each: (each.place.span.start, each.place.span.end)):
        if edit.place.span.start < done:
            raise ValueError(f"two edits overlap at offset {edit.place.span.start}")
        parts += (text[done : edit.place.span.start], edit.replacement)
        done = edit.place.span.end
    return "".join((*parts, text[done:]))
