"""Rows of a list file, CSV with a heading or JSON Lines, one after the other, each with its line."""

from __future__ import annotations

import csv
import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import BinaryIO

from optoutlang.consent.engine.event import Wish
from optoutlang.consent.engine.moment import require_aware
from optoutlang.consent.transfer.forms import Form
from optoutlang.consent.transfer.number import NumberError, e164

_ENCODING = "utf-8-sig"
_SHOWN = 40
"""How many characters of a value a reject shows, where it can be of any length."""


class ListError(ValueError):
    """A file cannot be read as a list at all: the caller cannot go on."""


@dataclass(frozen=True, slots=True)
class Person:
    """One row that was understood: the line it ends in, whose it is, what is wished, since when, and of which topic."""

    line: int
    number: str
    wish: Wish
    at: datetime
    topic: str | None = None


@dataclass(frozen=True, slots=True)
class Reject:
    """One row that was not: its line, and what is wrong with what cure."""

    line: int
    reason: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Reader:
    """Reads the rows of a form.

    `country` is that of national numbers, `at` the time of rows that have
    none, `latest` the latest time that a row may have (that of now: what is
    dated later would stand against every word until then). A row that cannot
    be understood is a `Reject`, never a guess.
    """

    form: Form
    country: str | None = None
    at: datetime | None = None
    latest: datetime | None = None

    def rows(self, file: BinaryIO, kind: str) -> Rows:
        """Return every row of a file of the kind `csv` or `jsonl`, to be read one after the other.

        Raises:
            ListError: while rows are read: it is no such file, or has not the columns of the form.
        """
        return Rows(self, _CELLS[kind](file, self.form))

    def row(self, line: int, cells: Mapping[str, object] | str) -> Person | Reject:
        """Return what a line and its cells, or what is wrong with them, come to."""
        if isinstance(cells, str):
            return Reject(line, cells)
        try:
            number = e164(
                _text(_first(cells, self.form.numbers)), country=self.country, plus=self.form.plus
            )
            topic = _text(_first(cells, self.form.topics)).strip() or None
            return Person(line, number, self._wish(cells), self._time(cells), topic)
        except (NumberError, ListError) as error:
            return Reject(line, str(error))

    def _wish(self, cells: Mapping[str, object]) -> Wish:
        if not self.form.flags:
            return Wish.OPT_OUT
        text = _text(_first(cells, self.form.flags))
        wish = self.form.meanings.get(text.strip().lower())
        if wish is None:
            known = ", ".join(f"`{each}`" for each in self.form.meanings)
            raise ListError(
                f"`{text}` does not say whether the person is in or out; `{self.form.flags[0]}` is one of {known}"
            )
        return wish

    def _time(self, cells: Mapping[str, object]) -> datetime:
        found = _first(cells, self.form.times)
        if found is None or found == "":
            if self.at is None:
                raise ListError("the row has no time; say --at TIME for rows without one")
            return self.at
        when = _moment(found)
        if self.latest is not None and when > self.latest:
            raise ListError(
                f"`{found}` is in the future: until then no other word of the person would count; "
                "correct it, or leave the row out"
            )
        return when


@dataclass(frozen=True, slots=True)
class Rows(Iterator[Person | Reject]):
    """The rows of a file: an iterator that can also go on without understanding some."""

    reader: Reader
    cells: Iterator[tuple[int, Mapping[str, object] | str]]

    def __next__(self) -> Person | Reject:
        """Return the next row."""
        return self.reader.row(*next(self.cells))

    def skip(self) -> None:
        """Go over the next row, if there is one, with a fifth of the work."""
        next(self.cells, None)


def _moment(value: object) -> datetime:
    try:
        if isinstance(value, bool):  # which Python takes for a number
            value = str(value)
        if isinstance(value, int | float) or str(value).replace(".", "", 1).isdigit():
            found = datetime.fromtimestamp(float(str(value)), UTC)
        else:
            found = datetime.fromisoformat(str(value).strip())
        found = found if found.tzinfo is not None else found.replace(tzinfo=UTC)
        require_aware(found)
    except (ValueError, OverflowError, OSError):
        raise ListError(
            f"`{value}` is no time; write 2026-01-31T12:00:00Z, or seconds since 1970"
        ) from None
    return found


def _first(cells: Mapping[str, object], names: tuple[str, ...]) -> object:
    return next((cells[each] for each in names if each in cells), None)


def _text(value: object) -> str:
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, list | dict):
        raise ListError(f"`{json.dumps(value)[:_SHOWN]}` is no text")
    return "" if value is None else str(value)


def _csv(file: BinaryIO, form: Form) -> Iterator[tuple[int, Mapping[str, object] | str]]:
    reader = csv.reader((line.decode(_ENCODING, "surrogateescape") for line in file), strict=True)
    heading = _heading(reader)
    _require_once(heading, form)
    for names in (form.numbers, form.flags):
        if names and not set(names) & set(heading):
            raise ListError(
                f"no column is `{names[0]}`, which a list of the form `{form.name}` has; "
                f"this one has {', '.join(f'`{each}`' for each in heading)}"
            )
    while True:
        try:
            cells = next(reader, None)
        except csv.Error as error:
            yield reader.line_num, f"the row is no CSV ({error}); quote its cells"
            continue
        if cells is None:
            return
        if not cells:
            continue
        if len(cells) != len(heading):
            yield reader.line_num, f"{len(cells)} cells below a heading of {len(heading)}"
        elif not _is_utf8(cells):
            yield reader.line_num, "the row is not UTF-8; save the file as UTF-8"
        else:
            yield reader.line_num, dict(zip(heading, cells, strict=True))


def _require_once(heading: list[str], form: Form) -> None:
    """Refuse a heading with two columns of one name: nobody can say which is meant."""
    for each in (*form.numbers, *form.flags, *form.times, *form.topics):
        if heading.count(each) > 1:
            raise ListError(f"two columns are named `{each}`; rename the one that is not meant")


def _once(pairs: list[tuple[str, object]]) -> dict[str, object]:
    """Return a JSON object; refuse one with a name twice: nobody can say which value is meant."""
    found = dict(pairs)
    if len(found) < len(pairs):
        raise ListError("the line has a name twice; leave out the value that is not meant")
    return found


def _is_utf8(cells: list[str]) -> bool:
    """Whether the bytes of a row were UTF-8; what was not is a surrogate by now."""
    text = "".join(cells)
    return text.isascii() or not any("\udc80" <= letter <= "\udcff" for letter in text)


def _heading(reader: Iterator[list[str]]) -> list[str]:
    try:
        heading = next(reader, None)
    except csv.Error as error:
        raise ListError(f"the heading is no CSV: {error}") from error
    if not heading:
        raise ListError("the file is empty: a CSV list begins with a heading")
    if any("\x00" in each or "\udc80" <= each[:1] <= "\udcff" for each in heading):
        raise ListError("the file is not UTF-8; save it as UTF-8")
    return [each.strip() for each in heading]


def _jsonl(file: BinaryIO, _form: Form) -> Iterator[tuple[int, Mapping[str, object] | str]]:
    for line, data in enumerate(file, start=1):
        if not data.strip():
            continue
        try:
            found = json.loads(data.decode(_ENCODING), object_pairs_hook=_once)
        except ListError as error:
            yield line, str(error)
            continue
        except (ValueError, RecursionError):
            yield line, "the line is no JSON in UTF-8"
            continue
        yield line, found if isinstance(found, dict) else "the line is no JSON object"


_CELLS = {"csv": _csv, "jsonl": _jsonl}
