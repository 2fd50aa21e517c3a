"""Strict reading and compact writing of the values that an artefact's JSON is made of.

Each `read_` function returns what it was given with its type known, or raises
`MalformedError`. Texts of replies and meanings of token sequences are written
once, in pools, and referred to by number.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass, field
from functools import lru_cache

from optoutlang.runtime.canonical import canonical
from optoutlang.runtime.program.meaning import Meaning, Origin
from optoutlang.runtime.terms import REQUESTS, Action, language_tag

Json = dict[str, "Json"] | list["Json"] | str | int | None
"""A value of an artefact's content."""

_ACTIONS = {action.value: action for action in REQUESTS}
_BOUND = 1 << 31
_TOGETHER = 1024
"""So many texts are taken apart together: all at once would leave memory in pieces."""

_usual = lru_cache(maxsize=256)(language_tag)  # the same few tags stand in all origins


class MalformedError(ValueError):
    """The bytes are not a program as `encoded` writes it; the message says what is wrong."""


@dataclass(frozen=True, slots=True)
class WritePools:
    """The numbers of reply texts, and of what sentences, phrases and exceptions mean."""

    replies: Mapping[str, int]
    meanings: Mapping[tuple[Meaning, ...], int]


@dataclass(frozen=True, slots=True)
class ReadPools:
    """Reply texts and meanings by number, how many sources and frames there are, and words known to be tokens."""

    replies: tuple[str, ...]
    meanings: tuple[tuple[Meaning, ...], ...]
    sources: int
    frames: int = 0
    words: set[str] = field(default_factory=set)

    def require_canonical(self, text: str) -> None:
        """Require a text with at least one token, in canonical form.

        Words with spaces between them have the same tokens again, so each word is asked about once. Symbols are tokens
        beside no words, so texts of symbols are asked about whole.
        """
        if self.words.issuperset(text.split(" ")):
            return
        require(bool(text) and canonical(text) == text, f"`{text}` is not canonical text")
        if _is_words(text):
            self.words.update(text.split(" "))

    def require_canonical_all(self, texts: Collection[str]) -> None:
        """Require texts with at least one token each, in canonical form."""
        rows = [*texts]
        unknown: set[str] = set()
        for start in range(0, len(rows), _TOGETHER):
            unknown.update(" ".join(rows[start : start + _TOGETHER]).split(" "))
        unknown -= self.words
        self.words.update(each for each in unknown if each and _is_words(each))
        if not self.words.issuperset(unknown):
            for text in rows:
                self.require_canonical(text)

    def reply(self, value: object) -> str | None:
        """Return the reply text of a number; None stands for no reply."""
        return None if value is None else self.replies[read_int(value, below=len(self.replies))]

    def entry(self, value: object) -> tuple[Meaning, ...]:
        """Return the meanings of a number; None stands for an entry that is taken away."""
        return () if value is None else self.meanings[read_int(value, below=len(self.meanings))]


def _is_words(text: str) -> bool:
    """Tell whether a text is canonical and has words, not symbols, as tokens."""
    beside_a_word = f"{text} a"
    return canonical(text) == text and (
        text[0].isalpha() or canonical(beside_a_word) == beside_a_word
    )


def write_meaning(meaning: Meaning) -> Json:
    """Return a meaning as its action and its origins."""
    origins: list[Json] = [
        [each.language, each.spelling, each.source, each.line] for each in meaning.origins
    ]
    if meaning.answer is not None:
        return [Action.ANSWER.value, origins, meaning.answer]
    if meaning.topic is not None:
        return [meaning.action.value, origins, meaning.topic]
    return [meaning.action.value, origins]


def read_meaning(value: object, *, sources: int) -> Meaning:
    """Return a meaning whose origins stand in one of so many sources."""
    action, origins, *name = read_row(value, 3 if _has_name(value) else 2)
    spoken = tuple(_read_origin(each, sources) for each in read_list(origins))
    if not name:
        return Meaning(read_action(action), spoken)
    if action == Action.ANSWER.value:
        return Meaning(Action.ANSWER, spoken, read_text(name[0]))
    return Meaning(read_action(action), spoken, topic=read_text(name[0]))


def _has_name(value: object) -> bool:
    return isinstance(value, list) and len(value) > 2


def _read_origin(value: object, sources: int) -> Origin:
    language, spelling, source, line = read_row(value, 4)
    return Origin(
        language=read_tag(language),
        spelling=read_text(spelling),
        source=read_int(source, below=sources),
        line=read_int(line, above=0),
    )


def read_meanings(value: object, *, sources: int) -> tuple[Meaning, ...]:
    """Return what one token sequence means: at least one meaning, one for each action, strongest first."""
    meanings = tuple(read_meaning(each, sources=sources) for each in read_list(value))
    require_distinct(tuple(each.action.value for each in meanings))
    ranks = [each.action.rank for each in meanings]
    require(bool(ranks) and ranks == sorted(ranks), "meanings out of order, or none")
    return meanings


def require(condition: bool, otherwise: str) -> None:  # noqa: FBT001  # a condition is no option
    """Raise a `MalformedError` that says `otherwise` unless a condition holds."""
    if not condition:
        raise MalformedError(otherwise)


def require_distinct(texts: tuple[str, ...]) -> tuple[str, ...]:
    """Return texts that must all differ."""
    require(len(set(texts)) == len(texts), "something is listed twice")
    return texts


def require_sorted(texts: tuple[str, ...]) -> tuple[str, ...]:
    """Return texts that must be in order and all differ."""
    require(list(texts) == sorted(set(texts)), "something is out of order, or listed twice")
    return texts


def read_members(value: object) -> dict[str, object]:
    """Return a JSON object."""
    if not isinstance(value, dict):
        raise MalformedError("not an object")
    return value


def read_list(value: object) -> list[object]:
    """Return a JSON array."""
    if not isinstance(value, list):
        raise MalformedError("not a list")
    return value


def read_row(value: object, length: int) -> list[object]:
    """Return a JSON array of a length."""
    row = read_list(value)
    if len(row) != length:
        raise MalformedError(f"not a row of {length}")
    return row


def read_text(value: object) -> str:
    """Return a text that is not empty."""
    if not isinstance(value, str) or not value:
        raise MalformedError("not a text")
    return value


def read_texts(value: object) -> tuple[str, ...]:
    """Return texts that are not empty, in order, each once."""
    return require_sorted(tuple(read_text(each) for each in read_list(value)))


def read_int(value: object, *, above: int = -1, below: int = _BOUND) -> int:
    """Return a whole number between two bounds."""
    if type(value) is not int or not above < value < below:
        raise MalformedError("not a number in its bounds")
    return value


def read_action(value: object) -> Action:
    """Return an action by its name."""
    action = _ACTIONS.get(read_text(value))
    if action is None:
        raise MalformedError("not an action")
    return action


def read_tag(value: object) -> str:
    """Return a language tag in its usual casing."""
    tag = read_text(value)
    require(_usual(tag) == tag, f"`{tag}` is not a language tag in its usual casing")
    return tag


def read_tags(value: object) -> tuple[str, ...]:
    """Return language tags, each once."""
    return require_distinct(tuple(read_tag(each) for each in read_list(value)))
