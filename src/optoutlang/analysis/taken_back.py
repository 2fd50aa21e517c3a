"""Statements that were taken back by their text and would have decided a message (docs/language.md §5.35)."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from optoutlang.language.compiler.from_model import from_model
from optoutlang.language.model.ruleset import Ruleset
from optoutlang.language.model.statement import (
    ExceptionPhrase,
    ExceptionSentence,
    FillerPhrase,
    Frame,
    Guard,
    Phrase,
    Sentence,
    Statement,
    Toleration,
    WordClass,
)
from optoutlang.language.model.withdrawal import Withdrawal, written_as
from optoutlang.language.model.withdrawals import reaches
from optoutlang.runtime.matcher import Matcher
from optoutlang.runtime.terms.decision import Decision

_KINDS = frozenset({Sentence, Phrase, Frame, FillerPhrase, Toleration})
"""What, taken back, may leave a message without a meaning."""


@dataclass(frozen=True, slots=True)
class TakenBack:
    """What a message would mean but for one statement that takes something back, and that statement."""

    decision: Decision
    taker: Withdrawal | ExceptionSentence


def taken_back(ruleset: Ruleset, text: str, country: str | None) -> Iterator[TakenBack]:
    """Yield what a message, which means nothing in a country, would mean without each statement that takes back.

    Of sentences, phrases and frames only those are read that the statement takes: so it takes no time with any pack.
    """
    takers: tuple[Withdrawal | ExceptionSentence, ...] = ruleset.of(Withdrawal)
    for taker in (*takers, *ruleset.of(ExceptionSentence)):
        if taker.scope not in (None, country) or not _may_matter(taker):
            continue
        program = from_model(_without(ruleset, taker)).without_suggester()
        decision = Matcher(program).match(text, country=country)
        if decision is not None:
            yield TakenBack(decision, taker)


def _may_matter(taker: Withdrawal | ExceptionSentence) -> bool:
    return isinstance(taker, ExceptionSentence) or taker.kind in _KINDS


def _without(ruleset: Ruleset, taker: Withdrawal | ExceptionSentence) -> Ruleset:
    """Return a ruleset without one statement, and of all texts those alone that it takes, and the exceptions."""

    def is_kept(statement: Statement) -> bool:
        if statement is taker:
            return False
        if type(statement) is ExceptionPhrase or not isinstance(statement, Phrase | Frame):
            return True
        return _takes(taker, statement)

    few = ruleset.keeping(is_kept)
    if few.of(Frame):
        return few
    return few.keeping(lambda each: not isinstance(each, WordClass | Guard))


def _takes(taker: Withdrawal | ExceptionSentence, statement: Phrase | Frame) -> bool:
    if isinstance(taker, ExceptionSentence):
        return type(statement) is Sentence and not {*taker.texts()}.isdisjoint(statement.texts())
    alike = type(statement) is taker.kind and written_as(statement) == taker.written
    return alike and reaches(taker, statement)
