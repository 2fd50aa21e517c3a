"""Every kind of statement of the model, and a collection of statements by kind. A new kind is a row in KINDS."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from itertools import chain
from typing import TypeVar, cast

from optoutlang.language.model.button import Button
from optoutlang.language.model.reply_settings import ReplyLimit, RuntimeVariable
from optoutlang.language.model.statement import (
    AnswerKeyword,
    AnswerSentence,
    Claim,
    ExceptionPhrase,
    ExceptionSentence,
    FillerPhrase,
    Frame,
    Guard,
    Ignoring,
    Only,
    Phrase,
    Preference,
    Removal,
    ReplyText,
    Sentence,
    Statement,
    Suggestion,
    Toleration,
    WordClass,
)
from optoutlang.language.model.topics import TopicKeyword, TopicSentence
from optoutlang.language.model.withdrawal import Withdrawal

KINDS: tuple[type[Statement], ...] = (
    Claim,
    Removal,
    Only,
    Button,
    Sentence,
    Phrase,
    ExceptionPhrase,
    ExceptionSentence,
    Withdrawal,
    FillerPhrase,
    ReplyText,
    ReplyLimit,
    RuntimeVariable,
    AnswerKeyword,
    AnswerSentence,
    TopicKeyword,
    TopicSentence,
    Preference,
    Suggestion,
    Ignoring,
    Toleration,
    WordClass,
    Guard,
    Frame,
)
"""Every kind of statement, in the order in which reports list them."""

_S = TypeVar("_S", bound=Statement)


class Statements:
    """Statements by kind; those of a kind keep the order in which they are given."""

    __slots__ = ("_by_kind",)

    def __init__(self, statements: Iterable[Statement] = ()) -> None:
        by_kind: dict[type[Statement], list[Statement]] = {kind: [] for kind in KINDS}
        for statement in statements:
            by_kind[type(statement)].append(statement)
        self._by_kind = {kind: tuple(those) for kind, those in by_kind.items()}

    def __iter__(self) -> Iterator[Statement]:
        return chain.from_iterable(self._by_kind.values())

    def __eq__(self, other: object) -> bool:
        return isinstance(other, Statements) and self._by_kind == other._by_kind

    def __hash__(self) -> int:
        return hash(tuple(self))

    def of(self, kind: type[_S]) -> tuple[_S, ...]:
        """Return the statements of a kind itself: a sentence is none of kind Phrase."""
        return cast("tuple[_S, ...]", self._by_kind[kind])

    def replacing(self, kind: type[_S], statements: Iterable[_S]) -> Statements:
        """Return these statements with others of one kind in the place of its own."""
        changed = Statements()
        changed._by_kind = {**self._by_kind, kind: tuple(statements)}
        return changed
