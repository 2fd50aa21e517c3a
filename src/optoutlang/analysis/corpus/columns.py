"""Columns of tables by the names that exports give them."""

from __future__ import annotations

import re
from collections.abc import Sequence

from optoutlang.analysis.corpus.table import NoColumnError, TableError

TEXT = "text"
"""The column of the messages, where none is named: any of the usual names of it."""

_USUAL = ("text", "body", "message", "messagebody", "messagetext", "content", "smstext", "sms")


def place_of(column: str, heading: Sequence[str]) -> int:
    """Return where a column stands: by its very name, else by its letters, and `text` by any usual name.

    Raises:
        NoColumnError: there is none.
        TableError: several are meant.
    """
    if heading.count(column) == 1:
        return heading.index(column)
    if heading.count(column) > 1:
        raise TableError(f"more than one column is `{column}`")
    letters = [_letters(each) for each in heading]
    for name in (_letters(column), *(_USUAL if column == TEXT else ())):
        places = [place for place, each in enumerate(letters) if name and each == name]
        if len(places) == 1:
            return places[0]
        if places:
            meant = " or ".join(f"`{heading[place]}`" for place in places)
            raise TableError(f"`{column}` may be {meant}; name one of them")
    raise NoColumnError(column, heading)


def _letters(name: str) -> str:
    """Return a name without case, spaces and marks: `Message Body` and `message_body` are one."""
    return re.sub(r"[\W_]+", "", name.casefold())
