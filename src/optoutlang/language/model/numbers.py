"""Numbers as authors write them."""

from __future__ import annotations

from optoutlang.language.diagnostics import codes
from optoutlang.language.model.findings import Findings
from optoutlang.language.syntax.tree import Word


def read_number(word: Word, most: int, findings: Findings) -> int | None:
    """Return a number from 1 to `most`, or collect an error and return None."""
    text = word.value
    value = int(text) if text.isascii() and text.isdecimal() and len(text) <= len(str(most)) else 0
    if 1 <= value <= most:
        return value
    findings.add(
        codes.INVALID_LENGTH,
        f"`{text}` is no length of a text in characters",
        findings.place(word.span),
        help=f"write a number from 1 to {most}, in digits alone",
    )
    return None
