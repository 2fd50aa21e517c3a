"""Meanings: what an entry of compiled rules asks for, and which source lines say so."""

from __future__ import annotations

from dataclasses import dataclass

from optoutlang.runtime.terms import Action


@dataclass(frozen=True, slots=True)
class Origin:
    """How one language spells a keyword or phrase, and where: an index of `Program.sources` and a line from 1."""

    language: str
    spelling: str
    source: int
    line: int


@dataclass(frozen=True, slots=True)
class Meaning:
    """What a key or a token sequence asks for, and who says so.

    `origins`, at least one: the first is the strongest of all; the others
    speak for one language each, also for the first one's if they know better.
    `answer` is the name of the answer, where that is the action, `topic` that of
    the topic that the action concerns, None for everything.

    Raises:
        ValueError: there is no origin, or a name that is none of an answer or a topic.
    """

    action: Action
    origins: tuple[Origin, ...]
    answer: str | None = None
    topic: str | None = None

    def __post_init__(self) -> None:
        if not self.origins:
            raise ValueError("a meaning without an origin")
        if (self.action is Action.ANSWER) is (self.answer is None):
            raise ValueError("an answer has a name, and nothing else has")
        if self.topic is not None and (self.answer is not None or not self.topic):
            raise ValueError("an answer concerns no topic, and a topic has a name")

    def origin(self, language: str) -> Origin:
        """Return the origin in a language, else the strongest (a protected word has all languages)."""
        speaking = (each for each in reversed(self.origins) if each.language == language)
        return next(speaking, self.origins[0])
