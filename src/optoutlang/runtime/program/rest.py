"""The mark of what a sentence leaves open, in its canonical text (docs/language.md §5.10)."""

from __future__ import annotations

from typing import NamedTuple

from optoutlang.runtime.terms.rest import Rest

MARK = "…"
"""Stands in a sentence's canonical text for whatever else a message's sentence says; no token is one."""


class Unmarked(NamedTuple):
    """The text of a sentence without the mark, and where the mark stood."""

    text: str
    rest: Rest


def marked(text: str, rest: Rest) -> str:
    """Return a canonical text with the mark of what is open."""
    if rest is Rest.NONE:
        return text
    return f"{MARK} {text}" if rest is Rest.BEFORE else f"{text} {MARK}"


def unmarked(text: str) -> Unmarked:
    """Return a canonical text without the mark, and where it stood."""
    if text.startswith(f"{MARK} "):
        return Unmarked(text[2:], Rest.BEFORE)
    if text.endswith(f" {MARK}"):
        return Unmarked(text[:-2], Rest.BEHIND)
    return Unmarked(text, Rest.NONE)
