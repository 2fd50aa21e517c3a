"""`remove` of texts as a statement, and the text by which it knows what it takes back (docs/language.md 5.35)."""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar

from optoutlang.language.model.statement import (
    FillerPhrase,
    Frame,
    Phrase,
    ReplyText,
    Statement,
    Toleration,
)
from optoutlang.runtime.terms.action import Action


@dataclass(frozen=True, slots=True)
class Withdrawal(Statement):
    """`remove sentences TEXT` and the like: takes away weaker statements of a kind that are written so.

    `spelling` is as written, `written` what it is compared by (`written_as`).
    `action` is None for filler; `language` None takes those of every language.
    """

    label: ClassVar[str] = "remove text"

    kind: type[Statement]
    action: Action | None
    language: str | None
    spelling: str
    written: str

    @property
    def slot(self) -> tuple[object, ...]:
        """What no longer counts."""
        return self.kind, self.action, self.language, self.written


def written_as(statement: Statement) -> str:
    """Return what a statement is known by to `remove`: its text as written, but for case and white space.

    Filler is known by its tokens, a reply by its text with variables replaced. What cannot be taken back has no text,
    as the replies of topics.
    """
    match statement:
        case Phrase() | Frame():
            return folded(statement.spelling)
        case FillerPhrase():
            return " ".join(statement.tokens)
        case Toleration():
            return statement.tolerance.value
        case ReplyText() if statement.text is not None and not statement.topic:
            return folded(statement.text)
        case _:
            return ""


def folded(text: str) -> str:
    """Return a text without the differences that `remove` does not see: case, and how much white space there is."""
    return " ".join(text.split()).casefold()
