"""Columns of tables by the names that exports give them."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from contextlib import suppress
from dataclasses import dataclass

from optoutlang.analysis.corpus.table import NoColumnError, TableError

TEXT = "text"
"""The column of the messages, where none is named: any of the usual names of it."""
COUNTRY = "country"
"""The column of their countries, where none is named."""
LANGUAGE = "language"
"""The column of their languages, where none is named."""
ID = "id"
"""The column of what names a message, where none is named: any of the usual names of it."""

_USUAL = {
    TEXT: ("text", "body", "message", "messagebody", "messagetext", "content", "smstext", "sms"),
    COUNTRY: ("country", "countrycode", "fromcountry", "countryiso"),
    LANGUAGE: ("language", "lang", "locale"),
    ID: ("id", "messageid", "messagesid", "sid", "smsmessagesid", "smssid", "uuid"),
}


@dataclass(frozen=True, slots=True)
class Columns:
    """The columns that hold what is known of messages; None: the file does not say.

    `already` is what the present system did, `sender` the number that tells a country where no column does, `ids` are
    what names a message or its sender in a list of the missed. Those in `guesses` were named by nobody: a table may
    lack them.
    """

    text: str
    country: str | None = None
    date: str | None = None
    already: str | None = None
    sender: str | None = None
    language: str | None = None
    guesses: tuple[str, ...] = ()
    ids: tuple[str, ...] = ()

    def wanted(self) -> tuple[str, ...]:
        """Return the names of the columns that a table must have, each once."""
        one = (self.text, self.country, self.date, self.already, self.sender, self.language)
        named = (*one, *self.ids)
        there = (name for name in named if name is not None and name not in self.guesses)
        return tuple(dict.fromkeys(there))


def places_of(
    wanted: Sequence[str], heading: Sequence[str], *, guesses: Sequence[str] = ()
) -> dict[str, int]:
    """Return where columns stand: those that must be there, and of the guesses those that are.

    Raises:
        NoColumnError: one that is wanted is not there.
        TableError: several are meant.
    """
    places = {column: place_of(column, heading) for column in wanted}
    for column in guesses:
        with suppress(TableError):
            places.setdefault(column, place_of(column, heading))
    return places


def distinct(heading: Sequence[str]) -> tuple[str, ...]:
    """Return the names of a heading, those that are there before with a number behind them."""
    seen: Counter[str] = Counter()
    names = []
    for name in heading:
        seen[name] += 1
        names.append(name if seen[name] == 1 else f"{name} ({seen[name]})")
    return tuple(names)


def place_of(column: str, heading: Sequence[str]) -> int:
    """Return where a column stands: by its very name, else by its letters, and `text` or `country` by any usual name.

    Raises:
        NoColumnError: there is none.
        TableError: several are meant.
    """
    if heading.count(column) == 1:
        return heading.index(column)
    if heading.count(column) > 1:
        raise TableError(f"more than one column is `{column}`")
    letters = [_letters(each) for each in heading]
    for name in (_letters(column), *_USUAL.get(column, ())):
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
