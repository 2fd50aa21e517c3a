"""O813 wide-exception: an exception that disarms many rules.

A phrase or an open sentence that holds an exception in each of its texts can
never decide again. One short `except` may do that to dozens of a pack's rules.
One that stands in some texts of very many rules, frames included, takes real
requests from each: `except "text"` beside a pack of sentences.
"""

from __future__ import annotations

from collections.abc import Iterator

from optoutlang.language.checks.phrases.rows import parts
from optoutlang.language.checks.subject import Subject, named
from optoutlang.language.diagnostics import codes
from optoutlang.language.diagnostics.diagnostic import Diagnostic, Label
from optoutlang.language.model.effective import Table
from optoutlang.language.model.frame_rows import rows_of
from optoutlang.language.model.members import class_texts
from optoutlang.language.model.pattern import rows
from optoutlang.language.model.statement import (
    ExceptionPhrase,
    ExceptionSentence,
    Phrase,
    Sentence,
    WordClass,
)
from optoutlang.language.model.withdrawals import Withdrawals
from optoutlang.runtime.terms.rest import Rest

MANY = 5
"""So many rules that an exception disarms are many."""

VERY_MANY = 20
"""So many rules that an exception takes something from are too many to have been meant."""

FEW = 3
"""How many of them a finding names."""


def check(subject: Subject) -> Iterator[Diagnostic]:
    """Yield a diagnostic for each exception of the root file that leaves many rules without any text."""
    for kind in (ExceptionPhrase, ExceptionSentence):
        for exception in subject.ruleset.of(kind):
            if not subject.is_root(exception):
                continue
            names = [*dict.fromkeys(_disarmed(subject, exception))]
            if len(names) >= MANY:
                yield _diagnostic(exception, names, "disarms")
                continue
            names = [*dict.fromkeys(_touched(subject, exception))]
            if len(names) >= VERY_MANY:
                yield _diagnostic(exception, names, "stands in")


def _diagnostic(exception: Phrase, names: list[str], how: str) -> Diagnostic:
    few = ", ".join(f"`{each}`" for each in names[:FEW])
    rules = f"{len(names)} {exception.action.value} rules"
    return Diagnostic(
        codes.WIDE_EXCEPTION,
        f"this exception {how} {rules}{named(exception.scope)}",
        Label(exception.place, "too wide?"),
        notes=(f"among them {few}",),
        help="write more of the message into the exception, or take the rules back by `remove`",
    )


def _disarmed(subject: Subject, exception: Phrase) -> Iterator[str]:
    """Yield the spellings of the rules that can no longer decide because of an exception alone."""
    excepted = frozenset(rows(exception.pattern))
    table = subject.tables[exception.scope]
    if isinstance(exception, ExceptionSentence):
        yield from _whole(subject, exception)
        return
    for phrase in _limited(table):
        if phrase.action is exception.action and all(
            any(part in excepted for part in parts(row)) for row in rows(phrase.pattern)
        ):
            yield phrase.spelling


def _touched(subject: Subject, exception: Phrase) -> Iterator[str]:
    """Yield the spellings of the rules in some texts of which an exception stands; in frames, as one member."""
    if isinstance(exception, ExceptionSentence):
        return
    excepted = frozenset(rows(exception.pattern))
    table = subject.tables[exception.scope]
    for phrase in _limited(table):
        if phrase.action is exception.action and any(
            part in excepted for row in rows(phrase.pattern) for part in parts(row)
        ):
            yield phrase.spelling
    members = class_texts(subject.ruleset.of(WordClass))
    texts = {" ".join(row) for row in excepted}
    holding = {name for name, those in members.items() if not texts.isdisjoint(those)}
    for frame in table.frames:
        if frame.action is exception.action and any(
            part.word_class in holding or part.literal in excepted
            for row in rows_of(frame.pattern)
            for part in row
        ):
            yield frame.spelling


def _limited(table: Table) -> Iterator[Phrase]:
    yield from table.phrases
    yield from (each for each in table.sentences if each.rest is not Rest.NONE)


def _whole(subject: Subject, exception: ExceptionSentence) -> Iterator[str]:
    """Yield the sentences that an exception takes every text of."""
    texts = frozenset(exception.texts())
    withdrawals = Withdrawals(subject.ruleset)
    for sentence in subject.ruleset.of(Sentence):
        if (
            sentence.action is exception.action
            and sentence.scope in (None, exception.scope)
            and withdrawals.taker(sentence, exception.scope) is None
            and texts.issuperset(sentence.texts())
        ):
            yield sentence.spelling
