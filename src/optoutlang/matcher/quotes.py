"""Quoted text: what a message's writer repeats rather than says (docs/language.md §5)."""

from __future__ import annotations

import re

_CLOSING = {"“": "”", '"': '"', "«": "»"}
_OPENING = re.compile('[“"«]')


def unquoted(text: str) -> str:
    """Return a text with a space for each quotation, and without the lines that begin with `>`.

    A quotation begins at an opening mark and ends at the next closing mark of
    its kind; a mark that is never closed is a mark like any other.
    """
    if text.startswith(">") or "\n>" in text:
        text = "\n".join(line for line in text.split("\n") if not line.startswith(">"))
    return " ".join(_outside(text)) if _OPENING.search(text) else text


def _outside(text: str) -> list[str]:
    """Return the pieces between quotations, in linear time: no mark is looked for again once there is none."""
    pieces = []
    unclosed: set[str] = set()
    start = position = 0
    while (opening := _OPENING.search(text, position)) is not None:
        mark = opening.group()
        end = -1 if mark in unclosed else text.find(_CLOSING[mark], opening.end())
        if end < 0:
            unclosed.add(mark)
            position = opening.end()
        else:
            pieces.append(text[start : opening.start()])
            start = position = end + 1
    pieces.append(text[start:])
    return pieces
