"""Cells of a row of a corpus: text, country, date, and what the present system did."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, datetime
from enum import Enum

from optoutlang.runtime.terms.action import PROTECTED, REQUESTS, Action
from optoutlang.runtime.terms.country import COUNTRIES, country_code
from optoutlang.runtime.terms.language import language_tag

_DONE: Mapping[str, Action | None] = {
    **{each.value: each for each in REQUESTS},
    **{each.value.replace("-", ""): each for each in REQUESTS},
    **{each.value.replace("-", "_"): each for each in REQUESTS},
    # Twilio's OptOutType.
    **{word.lower(): action for word, action in PROTECTED.items()},
    **dict.fromkeys(("true", "yes", "1"), Action.OPT_OUT),
    **dict.fromkeys(("", "none", "null", "false", "no", "0"), None),
}


class Unknown(Enum):
    """The action of the present system where the file does not say it; this is not the same as none."""

    UNKNOWN = "unknown"


class CellError(ValueError):
    """A cell does not hold what its column should: `reason` says so without the cell, `cell` is the cell."""

    def __init__(self, reason: str, cell: object) -> None:
        super().__init__(reason)
        self.reason = reason
        self.cell = str(cell)


def read_text(cell: object) -> str:
    """Return a message; a null is a message without text, such as a picture."""
    if cell is None:
        return ""
    if not isinstance(cell, str):
        raise CellError("no text", cell)
    return cell


def read_country(cell: object) -> str | None:
    """Return an ISO 3166-1 alpha-2 code, None for an empty cell."""
    if cell is None or cell == "":
        return None
    try:
        return country_code(str(cell).strip())
    except ValueError as error:
        raise CellError("no ISO 3166-1 alpha-2 country code", cell) from error


def is_country(cell: object) -> bool:
    """Tell whether a cell holds a country code."""
    return str(cell).strip().upper() in COUNTRIES


def country_meant(cell: object) -> str | None:
    """Return the country that a cell names in another way, such as `UK`, `usa` or `Germany`, or None."""
    # Here, not above: only a name needs the names of all countries.
    from optoutlang.language.model.known_names import country_names  # noqa: PLC0415

    name = " ".join(str(cell).casefold().split())
    return country_names().get(name)


def read_language(cell: object) -> str | None:
    """Return a BCP 47 tag, None for an empty cell."""
    if cell is None or cell == "":
        return None
    try:
        return language_tag(str(cell).strip())
    except ValueError as error:
        raise CellError("no BCP 47 language tag", cell) from error


def read_date(cell: object) -> date | None:
    """Return the day of a date or time, None for an empty cell.

    Text may be ISO 8601 (`2026-11-23T12:00:00Z`) or an RFC 5322 date (`Mon, 23 Nov 2026 12:00:00 +0000`).
    The day is that of the time zone that the cell names.
    """
    if cell is None or cell == "":
        return None
    if isinstance(cell, datetime):
        return cell.date()
    if isinstance(cell, date):
        return cell
    text = str(cell).strip()
    for read in (datetime.fromisoformat, _of_an_email):
        try:
            return read(text).date()
        except (ValueError, TypeError, IndexError):
            continue
    raise CellError("no ISO 8601 or RFC 5322 date", cell)


def _of_an_email(text: str) -> datetime:
    # Here, not above: it imports sockets, which a command that reads no dates would wait for.
    from email.utils import parsedate_to_datetime  # noqa: PLC0415

    return parsedate_to_datetime(text)


def read_done(cell: object) -> Action | None:
    """Return the action that the present system took, None for none.

    An action by name, the keyword of one (STOP, START, HELP), or yes and no for opt-out and nothing; in any case.
    """
    word = "" if cell is None else str(cell).strip().lower()
    if word not in _DONE:
        raise CellError("neither an action nor yes or no", cell)
    return _DONE[word]
