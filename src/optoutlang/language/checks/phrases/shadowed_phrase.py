"""O306 shadowed-phrase: a phrase that can never decide.

Each of its rows holds a phrase of an action that goes first, whatever its
length (docs/language.md §5), or holds an exception of its own action.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from optoutlang.language.checks.phrases.rows import Row, filler_of, overlap, parts, without_filler
from optoutlang.language.checks.subject import Subject
from optoutlang.language.diagnostics import codes
from optoutlang.language.diagnostics.diagnostic import Diagnostic, Label
from optoutlang.language.model.ruleset import Phrase
from optoutlang.runtime.program.filler import Filler
from optoutlang.runtime.terms.action import Action

Shadows = Mapping[tuple[Action, Row], Phrase]


def check(subject: Subject) -> Iterator[Diagnostic]:
    """Yield a diagnostic for each phrase of the root file that is shadowed wherever it counts."""
    own = [each for each in subject.ruleset.phrases if subject.is_root(each)]
    if not own:
        return
    contexts = {scope: _context(subject, scope) for scope in subject.scopes}
    for phrase in own:
        found = [
            _shadow(phrase, row, exceptions, stronger)
            for scope in subject.contexts(phrase.scope)
            for filler, exceptions, stronger in [contexts[scope]]
            for row in without_filler(phrase, filler)
        ]
        if found and all(found):
            shadow = next(each for each in found if each is not None)
            yield Diagnostic(
                codes.SHADOWED_PHRASE,
                "this phrase can never decide",
                Label(phrase.place),
                (Label(shadow.place, "decides instead, or excludes it"),),
                help="take it out, or make the other one narrower",
            )


def _context(subject: Subject, scope: str | None) -> tuple[Filler, Shadows, Shadows]:
    table = subject.tables[scope]
    filler = filler_of(subject, scope)
    return filler, _by_row(table.exceptions, filler), _by_row(table.phrases, filler)


def _by_row(phrases: tuple[Phrase, ...], filler: Filler) -> Shadows:
    found: dict[tuple[Action, Row], Phrase] = {}
    for phrase in phrases:
        for row in without_filler(phrase, filler):
            found.setdefault((phrase.action, row), phrase)
    return found


def _shadow(phrase: Phrase, row: Row, exceptions: Shadows, phrases: Shadows) -> Phrase | None:
    for part in parts(row):
        for action in Action:
            if action.rank < phrase.action.rank and (action, part) in phrases:
                # Where an exception takes the stronger phrase out, this one decides.
                rivals = (other for held, other in exceptions if held is action)
                if not any(overlap(part, other) for other in rivals):
                    return phrases[action, part]
    held = (exceptions.get((phrase.action, part)) for part in parts(row))
    return next((each for each in held if each is not None), None)
