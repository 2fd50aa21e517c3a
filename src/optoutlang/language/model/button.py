"""One payload of `buttons` in the model."""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar

from optoutlang.language.model.statement import Statement
from optoutlang.runtime.terms.action import Action


@dataclass(frozen=True, slots=True)
class Button(Statement):
    """One payload of `buttons`: what a message with it asks for.

    `answer` is the name of the answer, `topic` of the topic that the action concerns, empty for none.
    """

    label: ClassVar[str] = "button"

    action: Action
    language: str
    payload: str
    answer: str = ""
    topic: str = ""

    def __post_init__(self) -> None:
        if not self.payload:
            raise ValueError("a button without a payload")

    @property
    def slot(self) -> tuple[object, ...]:
        """The payload in a language."""
        return self.language, self.payload

    @property
    def spelling(self) -> str:
        """The payload, which has one spelling."""
        return self.payload

    @property
    def asks(self) -> tuple[Action, str, str]:
        """The action, and the names of the answer and of the topic."""
        return self.action, self.answer, self.topic
