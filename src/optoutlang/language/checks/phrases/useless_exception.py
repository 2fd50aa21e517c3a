"""O304 useless-exception: an `except` that can overlap no phrase, and no open sentence, of its action.

Two rows of tokens can overlap in a message if one is part of the other, or if
one begins with what the other ends with. Filler may stand between the words of
a message, so the rows count as written and without filler. A frame's gap may
hold any words, so that an exception beside frames of its action is not asked about.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from optoutlang.language.checks.phrases.rows import Row, filler_of, parts
from optoutlang.language.checks.subject import Subject
from optoutlang.language.diagnostics import codes
from optoutlang.language.diagnostics.diagnostic import Diagnostic, Label
from optoutlang.language.model.effective import Table
from optoutlang.language.model.pattern import rows
from optoutlang.language.model.statement import (
    ExceptionPhrase,
    ExceptionSentence,
    Phrase,
    Sentence,
)
from optoutlang.runtime.program import Filler
from optoutlang.runtime.terms.action import Action
from optoutlang.runtime.terms.rest import Rest


@dataclass(frozen=True, slots=True)
class _Shapes:
    """What the rows of an action's phrases are, begin with and end with, and which rows of exceptions they contain."""

    whole: frozenset[Row]
    beginnings: frozenset[Row]
    endings: frozenset[Row]
    inner: frozenset[Row]

    def overlap(self, row: Row) -> bool:
        """Tell whether some message holds the row and one of the phrases on a common token."""
        lengths = range(1, len(row) + 1)
        return (
            row in self.inner
            or any(row[-length:] in self.beginnings for length in lengths)
            or any(row[:length] in self.endings for length in lengths)
            or any(part in self.whole for part in parts(row))
        )


def check(subject: Subject) -> Iterator[Diagnostic]:
    """Yield a diagnostic for each exception of the root file that excludes nothing anywhere."""
    yield from _of_sentences(subject)
    shapes: dict[tuple[str | None, Action], _Shapes] = {}
    own = [each for each in subject.ruleset.of(ExceptionPhrase) if subject.is_root(each)]
    for exception in own:
        useful = False
        for scope in subject.contexts(exception.scope):
            where = (scope, exception.action)
            frames = subject.tables[scope].frames
            useful = useful or any(each.action is exception.action for each in frames)
            if where not in shapes:
                shapes[where] = _shapes(subject, scope, exception.action, own)
            read = _read(exception, filler_of(subject, scope))
            useful = useful or any(map(shapes[where].overlap, read))
        if not useful:
            yield Diagnostic(
                codes.USELESS_EXCEPTION,
                f"this exception overlaps no {exception.action.value} phrase",
                Label(exception.place, "excludes nothing"),
                help="take it out, or write the phrase that it is an exception to",
            )


def _of_sentences(subject: Subject) -> Iterator[Diagnostic]:
    """Yield a diagnostic for each `except sentences` of the root file that is no sentence's text in its action."""
    for exception in filter(subject.is_root, subject.ruleset.of(ExceptionSentence)):
        texts = frozenset(exception.texts())
        if not any(
            sentence.action is exception.action and not texts.isdisjoint(sentence.texts())
            for sentence in subject.ruleset.of(Sentence)
            if exception.scope is None or sentence.scope in (None, exception.scope)
        ):
            yield Diagnostic(
                codes.USELESS_EXCEPTION,
                f"no {exception.action.value} sentence has this text",
                Label(exception.place, "excludes nothing"),
                help="take it out, or write one text of the sentence in full",
            )


def _limited(table: Table) -> Iterator[Phrase]:
    """Yield what exceptions limit: phrases, and sentences that are open on one side."""
    yield from table.phrases
    yield from (each for each in table.sentences if each.rest is not Rest.NONE)


def _read(phrase: Phrase, filler: Filler) -> Iterator[Row]:
    """Yield the rows of a phrase as written, and without filler where there is any in them."""
    for row in rows(phrase.pattern):
        yield row
        unfilled = tuple(filler.taken_out(row))
        if unfilled and len(unfilled) < len(row):
            yield unfilled


def _shapes(
    subject: Subject, scope: str | None, action: Action, exceptions: list[ExceptionPhrase]
) -> _Shapes:
    filler = filler_of(subject, scope)
    same = [each for each in exceptions if each.action is action]
    excepted = frozenset(row for each in same for row in _read(each, filler))
    whole = {
        row
        for phrase in _limited(subject.tables[scope])
        if phrase.action is action
        for row in _read(phrase, filler)
    }
    longest = max(map(len, excepted), default=0)
    lengths = [(row, length) for row in whole for length in range(1, min(len(row), longest) + 1)]
    return _Shapes(
        frozenset(whole),
        frozenset(row[:length] for row, length in lengths),
        frozenset(row[-length:] for row, length in lengths),
        frozenset(_contained(whole, excepted)),
    )


def _contained(whole: Iterable[Row], excepted: frozenset[Row]) -> Iterator[Row]:
    """Yield the rows of exceptions that stand in rows of phrases; most words begin no exception."""
    lengths: dict[str, set[int]] = defaultdict(set)
    for row in excepted:
        lengths[row[0] if row else ""].add(len(row))
    for row in whole:
        for start, token in enumerate(row):
            for length in lengths.get(token, ()):
                if row[start : start + length] in excepted:
                    yield row[start : start + length]
