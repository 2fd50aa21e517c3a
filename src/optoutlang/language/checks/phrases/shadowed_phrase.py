"""O306 shadowed-phrase: a phrase that can never decide.

Each of its rows holds a phrase of an action that goes first, whatever its
length (docs/language.md §5), or holds an exception of its own action.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from optoutlang.language.checks.phrases.rows import Row, filler_of, overlap, parts
from optoutlang.language.checks.subject import Subject
from optoutlang.language.diagnostics import codes
from optoutlang.language.diagnostics.diagnostic import Diagnostic, Label
from optoutlang.language.model.pattern import rows
from optoutlang.language.model.statement import Phrase
from optoutlang.runtime.terms.action import REQUESTS, Action

Shadows = Mapping[Action, Mapping[Row, Phrase]]
"""The first phrase of each action that has a row, the strongest action first."""


def check(subject: Subject) -> Iterator[Diagnostic]:
    """Yield a diagnostic for each phrase of the root file that is shadowed wherever it counts."""
    own = [each for each in subject.ruleset.of(Phrase) if subject.is_root(each)]
    if not own:
        return
    contexts = _contexts(subject)
    for phrase in own:
        shadow = _shadow_of_all(
            contexts[scope].shadow(phrase, row)
            for scope in subject.contexts(phrase.scope)
            for row in rows(phrase.pattern)
        )
        if shadow is not None:
            yield Diagnostic(
                codes.SHADOWED_PHRASE,
                "this phrase can never decide",
                Label(phrase.place),
                (Label(shadow.place, "decides instead, or excludes it"),),
                help="take it out, or make the other one narrower",
            )


def _shadow_of_all(shadows: Iterator[Phrase | None]) -> Phrase | None:
    """Return the first shadow if there is no row without one; a row without one ends the search."""
    first: Phrase | None = None
    for shadow in shadows:
        if shadow is None:
            return None
        first = first or shadow
    return first


class _Context:
    """What may take the place of the phrases of one context."""

    def __init__(self, subject: Subject, scope: str | None) -> None:
        table = subject.tables[scope]
        self._filler = filler_of(subject, scope)
        self._exceptions = _by_row(table.exceptions)
        self._stronger = _by_row(_strong(table.phrases))

    def shadow(self, phrase: Phrase, row: Row) -> Phrase | None:
        """Return what decides instead of a phrase wherever a row of it stands, or excludes it there."""
        stronger = [action for action in self._stronger if action.rank < phrase.action.rank]
        own = self._exceptions.get(phrase.action, {})
        if not stronger and not own:
            return None
        for part in parts(row):
            for action in stronger:
                # Where an exception takes the stronger phrase out, this one decides.
                if part in self._stronger[action] and not any(
                    self._may_overlap(part, other) for other in self._exceptions.get(action, ())
                ):
                    return self._stronger[action][part]
        return next((own[part] for part in parts(row) if part in own), None)

    def _may_overlap(self, row: Row, exception: Row) -> bool:
        """Tell whether an exception may stand over a row; each in its own reading where there is filler in one."""
        filler = self._filler
        if not (filler.may_touch(row) or filler.may_touch(exception)):
            return overlap(row, exception)
        return not set(row).isdisjoint(exception) or not filler.taken_out(exception)


def _contexts(subject: Subject) -> dict[str | None, _Context]:
    """Return what shadows in each context; most countries have the base's, which is read once."""
    shared: dict[tuple[int, ...], _Context] = {}
    contexts = {}
    for scope, table in subject.tables.items():
        # By identity: the ruleset holds the statements, and hashing them takes long.
        alike = tuple(map(id, (*table.phrases, *table.exceptions, *table.fillers)))
        if alike not in shared:
            shared[alike] = _Context(subject, scope)
        contexts[scope] = shared[alike]
    return contexts


def _strong(phrases: tuple[Phrase, ...]) -> tuple[Phrase, ...]:
    """Return the phrases that may shadow another one: all but those of the weakest action that has any."""
    weakest = max((each.action.rank for each in phrases), default=0)
    return tuple(each for each in phrases if each.action.rank < weakest)


def _by_row(phrases: tuple[Phrase, ...]) -> Shadows:
    found: dict[Action, dict[Row, Phrase]] = {action: {} for action in REQUESTS}
    for phrase in phrases:
        of_action = found[phrase.action]
        for row in rows(phrase.pattern):
            of_action.setdefault(row, phrase)
    return {action: by_row for action, by_row in found.items() if by_row}
