"""O306 shadowed-phrase, for sentences: one that can never decide.

Each of its rows is a sentence of an action that goes first, or holds a phrase of
one that no exception takes out (docs/language.md §5). A sentence that stands for
part of one (`…`) is left alone: it matches more than its own words.
"""

from __future__ import annotations

from collections.abc import Iterator

from optoutlang.language.checks.phrases.rows import Row, overlap, parts
from optoutlang.language.checks.subject import Subject
from optoutlang.language.diagnostics import codes
from optoutlang.language.diagnostics.diagnostic import Diagnostic, Label
from optoutlang.language.model.effective import Table
from optoutlang.language.model.pattern import rows
from optoutlang.language.model.statement import Phrase, Sentence
from optoutlang.runtime.terms.action import Action

OPEN_ENDS = ("...", "…")


def check(subject: Subject) -> Iterator[Diagnostic]:
    """Yield a diagnostic for each sentence of the root file that is shadowed wherever it counts."""
    own = [
        each
        for each in subject.ruleset.of(Sentence)
        if subject.is_root(each)
        and each.action is not Action.OPT_OUT
        and not any(mark in each.spelling for mark in OPEN_ENDS)
    ]
    if not own:
        return
    stronger = {action: _by_scope(subject, action) for action in {each.action for each in own}}
    for sentence in own:
        shadow = _shadow_everywhere(
            stronger[sentence.action][scope].shadow(row)
            for scope in subject.contexts(sentence.scope)
            for row in rows(sentence.pattern)
        )
        if shadow is not None:
            yield Diagnostic(
                codes.SHADOWED_PHRASE,
                "this sentence can never decide",
                Label(sentence.place),
                (Label(shadow.place, "decides instead"),),
                help="take it out, or make the other one narrower",
            )


def _by_scope(subject: Subject, action: Action) -> dict[str | None, _Stronger]:
    """Return the stronger rules of each context; most countries have the base's, which are read once."""
    shared: dict[tuple[int, ...], _Stronger] = {}
    by_scope: dict[str | None, _Stronger] = {}
    for scope, table in subject.tables.items():
        # By identity: the ruleset holds the statements, and hashing them takes long.
        rules = tuple(map(id, (*table.sentences, *table.phrases, *table.exceptions)))
        if rules not in shared:
            shared[rules] = _Stronger(table, action)
        by_scope[scope] = shared[rules]
    return by_scope


def _shadow_everywhere(shadows: Iterator[Phrase | None]) -> Phrase | None:
    first: Phrase | None = None
    for shadow in shadows:
        if shadow is None:
            return None
        first = first or shadow
    return first


class _Stronger:
    """The rules of a context whose actions go before an action."""

    def __init__(self, table: Table, action: Action) -> None:
        sentences = [each for each in table.sentences if each.action.rank < action.rank]
        phrases = [each for each in table.phrases if each.action.rank < action.rank]
        self._sentences = {
            row: each
            for each in sentences
            if not any(mark in each.spelling for mark in OPEN_ENDS)
            for row in rows(each.pattern)
        }
        self._phrases = {row: each for each in phrases for row in rows(each.pattern)}
        self._exceptions = [
            row
            for each in table.exceptions
            if each.action.rank < action.rank
            for row in rows(each.pattern)
        ]

    def shadow(self, row: Row) -> Phrase | None:
        """Return the rule that decides a sentence of a row's tokens first, if there is one."""
        if row in self._sentences:
            return self._sentences[row]
        for part in parts(row):
            phrase = self._phrases.get(part)
            if phrase is not None and not any(overlap(part, each) for each in self._exceptions):
                return phrase
        return None
