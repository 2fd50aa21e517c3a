"""The personal texts of a row, apart from its facts, so that they can be encrypted and erased.

Facts name a text by its number. In the audit each text carries a salt of its
own, and the hash chain covers the digest of each: an erased text leaves its
digest there, from which nobody can find the text by trying all numbers, and
the chain stays whole.
"""

from __future__ import annotations

import json
from binascii import b2a_base64
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from hashlib import sha256
from os import urandom

_ENCODER = json.JSONEncoder(separators=(",", ":"), check_circular=False)
_SALT = 12
_SALT_LETTERS = 16

Entry = str | dict[str, str]
"""A text behind its salt; or, erased, its digest and the token of the number that it was."""


class Texts:
    """Collects the texts of one row while its facts are written."""

    __slots__ = ("_numbers", "texts")

    def __init__(self) -> None:
        self.texts: list[str] = []
        self._numbers: dict[str, int] = {}

    def add(self, text: str | None) -> int | None:
        """Return the number of a text, the same for the same text, or None for None."""
        if text is None:
            return None
        number = self._numbers.get(text)
        if number is None:
            number = self._numbers[text] = len(self.texts)
            self.texts.append(text)
        return number

    def part(self) -> None:
        """Share no texts between what was written before and what comes: it is about somebody else."""
        self._numbers = {}


@dataclass(slots=True)
class Reader:
    """Gives the texts of one row by their numbers, and remembers which were asked for.

    `names` says for the token of an erased number which number it is, where
    the caller knows, and `stand_in` what stands for it elsewhere. `asked` and `people` are the numbers of texts and
    of recipients that were asked for.
    """

    texts: tuple[str | None, ...]
    tokens: Mapping[int, str] = field(default_factory=dict)
    names: Mapping[str, str] = field(default_factory=dict)
    stand_in: Callable[[str], str] = str
    asked: set[int] = field(default_factory=set)
    people: set[int] = field(default_factory=set)

    def get(self, number: int | None) -> str | None:
        """Return a text; None for None, and for one that was erased."""
        if number is None:
            return None
        self.asked.add(number)
        return self.texts[number]

    def recipient(self, number: int) -> str:
        """Return a recipient: its number, or what stands for it where it was erased."""
        self.people.add(number)
        text = self.texts[number]
        if text is not None:
            return text
        token = self.tokens[number]
        return self.names.get(token) or self.stand_in(token)


def salted(texts: list[str]) -> list[Entry]:
    """Return texts as entries of an audit record."""
    salts = b2a_base64(urandom(_SALT * len(texts)), newline=False).decode("ascii")
    return [
        salts[at * _SALT_LETTERS : (at + 1) * _SALT_LETTERS] + text for at, text in enumerate(texts)
    ]


def reader(
    entries: list[Entry],
    names: Mapping[str, str] | None = None,
    stand_in: Callable[[str], str] = str,
) -> Reader:
    """Return the reader of an audit record's entries."""
    return Reader(
        tuple(each[_SALT_LETTERS:] if isinstance(each, str) else None for each in entries),
        {at: each["token"] for at, each in enumerate(entries) if not isinstance(each, str)},
        names or {},
        stand_in,
    )


def digest(entries: list[Entry]) -> bytes:
    """Return the digest of a record's entries, which erasing some does not change."""
    return sha256(b"".join(map(_entry_digest, entries))).digest()


def erase(entries: list[Entry], numbers: set[int], token: str) -> list[Entry]:
    """Return entries without some texts, which were about the person with a token."""
    return [
        {"digest": _entry_digest(each).hex(), "token": token}
        if at in numbers and isinstance(each, str)
        else each
        for at, each in enumerate(entries)
    ]


def dump(value: object) -> bytes:
    """Return a JSON value as compact ASCII, which every database keeps, whatever characters people send."""
    return _ENCODER.encode(value).encode("ascii")


def _entry_digest(entry: Entry) -> bytes:
    if isinstance(entry, str):
        return sha256(entry.encode("utf-8", "surrogatepass")).digest()
    return bytes.fromhex(entry["digest"])
