"""The fixes that are carried out without asking (`optout check --fix`), and carrying them out."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from optoutlang.language.diagnostics import codes
from optoutlang.language.diagnostics.diagnostic import Diagnostic, Edit
from optoutlang.language.diagnostics.fixes import apply_edits
from optoutlang.language.source.text import SourceText

SAFE = frozenset(
    {
        codes.WRONG_QUOTES,
        codes.STRAY_COMMA,
        codes.MISSING_COMMA,
        codes.MISSING_ARROW,
        codes.INVALID_WORD,
        codes.INVISIBLE_CHARACTER,
        codes.SYNTAX_ERROR,
        codes.UNKNOWN_STATEMENT,
        codes.REPEATED_NAME,
        codes.REPEATED_USE,
        codes.UNUSED_VARIABLE,
        codes.REPEATED_KEYWORD,
        codes.REPEATED_TOLERANCE,
        codes.REPEATED_PHRASE,
        codes.REPEATED_FILLER,
    }
)
"""Findings with a safe fix: it changes no decision of a file that compiles, or lets a file compile in the one way that
its text can be read. What a word *means* is never changed without asking."""


@dataclass(frozen=True, slots=True)
class Fixed:
    """The text of a source after safe fixes, and the findings that they mend."""

    source: SourceText
    text: str
    mended: tuple[Diagnostic, ...]


def fix_safely(diagnostics: Iterable[Diagnostic], path: str) -> Fixed | None:
    """Return the source of a path with the safe fixes of its findings, None where there are none.

    Of fixes that touch each other the first is taken: the next run has the others.
    """
    mended: list[Diagnostic] = []
    edits: list[Edit] = []
    for each in sorted(diagnostics, key=lambda each: each.sort_key):
        if each.fix is None or each.silenced or each.code not in SAFE:
            continue
        if any(edit.place.source.path != path for edit in each.fix.edits):
            continue
        if not any(_touch(one, other) for one in each.fix.edits for other in edits):
            mended.append(each)
            edits += each.fix.edits
    if not edits:
        return None
    source = edits[0].place.source
    return Fixed(source, apply_edits(edits, source.text), tuple(mended))


def _touch(one: Edit, other: Edit) -> bool:
    ours, theirs = one.place.span, other.place.span
    return ours.start <= theirs.end and theirs.start <= ours.end
