"""Identifiers: the texts by which rows are found again, so that every database has to keep them as they are.

What people write is another matter: stores keep any text, whatever is in it.
"""

from __future__ import annotations

from optoutlang.consent.engine.kind import require_kind

_NUL = "\x00"


class IdentifierError(ValueError):
    """A text cannot be an identifier, as not every database can keep it."""


def require_identifier(text: str, name: str) -> None:
    """Refuse a text with U+0000, which PostgreSQL keeps in no text, or with a lone surrogate, which is no UTF-8.

    `name` says what the text is, as `the id of an event`.

    Raises:
        IdentifierError: the text holds such a character.
        TypeError: it is no text.
    """
    require_kind(text, str, name)
    if text.isascii() and _NUL not in text:
        return
    for letter in text:
        if letter == _NUL or "\ud800" <= letter <= "\udfff":
            raise IdentifierError(
                f"{name} holds the character U+{ord(letter):04X}, which no store can keep there: "
                f"take it out of `{ascii(text)[1:-1]}`"
            )
