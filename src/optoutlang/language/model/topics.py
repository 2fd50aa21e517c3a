"""The statements of topics: words that mean an action for one topic alone (docs/language.md §5.33)."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import ClassVar

from optoutlang.language.model.pattern import Pattern, rows
from optoutlang.language.model.statement import Statement
from optoutlang.runtime.program import PROTECTED_KEYS
from optoutlang.runtime.terms.action import Action


@dataclass(frozen=True, slots=True)
class TopicKeyword(Statement):
    """A keyword of `topic NAME`: `word` means the action for that topic alone, as the whole of a message."""

    label: ClassVar[str] = "topic keyword"

    topic: str
    action: Action
    language: str
    word: str
    key: str

    def __post_init__(self) -> None:
        if not self.key or self.key in PROTECTED_KEYS:
            raise ValueError(f"no keyword of a topic: {self.word!r}")

    @property
    def slot(self) -> tuple[object, ...]:
        """What the key means for the topic in a language."""
        return self.topic, self.action, self.language, self.key

    @property
    def spelling(self) -> str:
        """The word as its author wrote it, with a name of the topic for `<name>`."""
        return self.word


@dataclass(frozen=True, slots=True)
class TopicSentence(Statement):
    """A sentence of `topic NAME`: a whole sentence of a message that means the action for that topic alone."""

    label: ClassVar[str] = "topic sentence"

    topic: str
    action: Action
    language: str
    spelling: str
    pattern: Pattern

    def texts(self) -> Iterator[str]:
        """Yield each canonical text that it stands for once; one without a token stands for nothing."""
        return (" ".join(each) for each in rows(self.pattern) if each)
