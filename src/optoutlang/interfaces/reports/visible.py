"""Messages as a terminal should show them: in columns, nothing invisible, nothing that controls it.

Findings use `optoutlang.language.diagnostics.visible`, which is exact about widths; but
its tables take as long to load as all else that `optout match` needs.
"""

from __future__ import annotations

import unicodedata


def visible(text: str) -> str:
    r"""Return a text with line ends, control and format characters and lone surrogates as escapes (`\n`, `\u202e`)."""
    return "".join(
        each if each.isprintable() else each.encode("unicode_escape").decode("ascii")
        for each in text
    )


def width(text: str) -> int:
    """Return how many terminal columns a visible text takes; wide characters take two, marks none."""
    return sum(_columns(each) for each in text)


def padded(text: str, columns: int) -> str:
    """Return a visible text with spaces up to a width."""
    return text + " " * (columns - width(text))


def isolated(text: str) -> str:
    """Return a visible text that a terminal which writes from right to left keeps apart from what stands beside it.

    Only a text with letters of such a script gets the two marks (UAX 9: first strong isolate, and its end).
    """
    if any(unicodedata.bidirectional(each) in {"R", "AL"} for each in text):
        return f"\u2068{text}\u2069"
    return text


def _columns(character: str) -> int:
    if unicodedata.combining(character) or unicodedata.category(character) in {"Mn", "Me"}:
        return 0
    return 2 if unicodedata.east_asian_width(character) in "WF" else 1
