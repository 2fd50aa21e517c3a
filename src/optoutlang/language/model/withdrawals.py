"""Taking back: the statements of a context that `remove` and `except sentences` leave (docs/language.md 5.35)."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from typing import TypeVar, cast

from optoutlang.language.model.layers import stronger
from optoutlang.language.model.pattern import Choice, Pattern, Text
from optoutlang.language.model.ruleset import Ruleset
from optoutlang.language.model.statement import (
    ExceptionPhrase,
    ExceptionSentence,
    Frame,
    Phrase,
    ReplyText,
    Sentence,
    Statement,
)
from optoutlang.language.model.withdrawal import Withdrawal, written_as
from optoutlang.runtime.canonical import canonical
from optoutlang.runtime.program import PROTECTED_KEYS
from optoutlang.runtime.program.rest import marked
from optoutlang.runtime.terms.action import Action

_S = TypeVar("_S", bound=Statement)


class Withdrawals:
    """What the statements of one ruleset take back."""

    def __init__(self, ruleset: Ruleset) -> None:
        self._ruleset = ruleset
        # Of withdrawals that reach the same and are equally strong, the first speaks for all.
        self._by_text: dict[tuple[type[Statement], str], dict[object, Withdrawal]] = {}
        for each in ruleset.of(Withdrawal):
            same = self._by_text.setdefault((each.kind, each.written), {})
            same.setdefault((each.file, each.scope, each.action, each.language), each)
        self._excepted = ruleset.of(ExceptionSentence)
        takers = (*ruleset.of(Withdrawal), *self._excepted)
        self.scopes = frozenset(each.scope for each in takers)
        """The scopes that take anything back."""

    def remaining(self, statements: Iterable[_S], scope: str | None) -> tuple[_S, ...]:
        """Return what counts of the statements of one kind in a context; a sentence may keep some of its texts."""
        stated = statements
        if self._by_text:
            stated = (each for each in stated if self.taker(each, scope) is None)
        excepted = self._excepted_texts(scope)
        if not excepted:
            return tuple(stated)
        cut = (_cut(each, excepted) for each in stated)
        return cast("tuple[_S, ...]", tuple(each for each in cut if each is not None))

    def taker(self, statement: Statement, scope: str | None) -> Withdrawal | None:
        """Return the statement that takes another one back in a context, if one does."""
        candidates = self._by_text.get((_kind(statement), written_as(statement)), {})
        takers = (
            each
            for each in candidates.values()
            if each.scope in (None, scope)
            and reaches(each, statement)
            and stronger(self._ruleset, each, statement)
        )
        taker = next(takers, None)
        return None if taker is None or is_protected(statement) else taker

    def _excepted_texts(self, scope: str | None) -> frozenset[tuple[Action, str]]:
        return frozenset(
            (each.action, text)
            for each in self._excepted
            if each.scope in (None, scope) and self.taker(each, scope) is None
            for text in each.texts()
            if not is_protected_text(each.action, text)
        )


def reaches(withdrawal: Withdrawal, statement: Statement) -> bool:
    """Tell whether a withdrawal, were it stronger, would take a statement of its text back."""
    if isinstance(statement, ReplyText) and statement.topic:
        return False
    if not isinstance(statement, Phrase | Frame | ReplyText):
        return True
    return statement.action is withdrawal.action and withdrawal.language in (
        None,
        statement.language,
    )


def level(statement: Statement) -> object:
    """Return what withdrawals see of a statement beside its text: they reach all of a level, or none of it."""
    place = type(statement), statement.file, statement.scope
    if not isinstance(statement, Phrase | Frame | ReplyText):
        return place
    is_of_topic = isinstance(statement, ReplyText) and bool(statement.topic)
    return *place, statement.action, statement.language, is_of_topic


def is_protected(statement: Statement) -> bool:
    """Tell whether one of the texts of a sentence or phrase is a protected word: it stays, whatever anybody says."""
    if type(statement) not in (Sentence, Phrase):
        return False
    phrase = cast(Phrase, statement)
    return any(is_protected_text(phrase.action, text) for text in phrase.texts())


def is_protected_text(action: Action, text: str) -> bool:
    """Tell whether a canonical text is a protected word of an action."""
    return PROTECTED_KEYS.get(text.replace(" ", "")) is action


def _kind(statement: Statement) -> type[Statement]:
    """Return the kind that `remove` names; both forms of `except` are one."""
    return ExceptionPhrase if isinstance(statement, ExceptionSentence) else type(statement)


def _cut(statement: _S, excepted: frozenset[tuple[Action, str]]) -> _S | None:
    """Return a sentence without the texts that are excepted, None where none is left; others as they are."""
    if not isinstance(statement, Sentence) or isinstance(statement, ExceptionSentence):
        return statement
    action, rest = statement.action, statement.rest
    texts = statement.pattern.texts()
    kept = [each for each in texts if (action, marked(canonical(each), rest)) not in excepted]
    if len(kept) == len(texts):
        return statement
    options = tuple(Pattern((Text(each),)) for each in kept)
    return replace(statement, pattern=Pattern((Choice(options),))) if kept else None
