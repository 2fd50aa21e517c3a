"""Notes of decisions: what of a question was not understood, and how it was read instead."""

from __future__ import annotations

from dataclasses import dataclass
from enum import Enum

_LONGEST = 100


class NoteCode(Enum):
    """What a note is about."""

    UNKNOWN_COUNTRY = "unknown-country"
    UNKNOWN_LANGUAGE = "unknown-language"

    @property
    def consequence(self) -> str:
        """What was done instead, as the end of a sentence."""
        return _CONSEQUENCES[self]


_CONSEQUENCES = {
    NoteCode.UNKNOWN_COUNTRY: "is no country code: read in the base scope",
    NoteCode.UNKNOWN_LANGUAGE: "is no language tag: read without a preferred language",
}


@dataclass(frozen=True, slots=True)
class Note:
    """Something in a question that was not understood; the message was read all the same.

    `given` is what was given: text as it stood, any other object as Python
    shows it, of both the first 100 characters.
    """

    code: NoteCode
    given: str

    def __str__(self) -> str:
        return f"`{self.given}` {self.code.consequence}"


def note(code: NoteCode, given: object) -> Note:
    """Return the note on an argument that was not understood."""
    text = given if isinstance(given, str) else repr(given)
    return Note(code, text[:_LONGEST])
