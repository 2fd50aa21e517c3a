"""Mutants of a policy: its statements changed as a slip of the pen would, made on the model.

What the model cannot say is no mutant: STOP, START and HELP keep their actions
in every one of them (docs/language.md §4). Nor is what `optout check` refuses.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from enum import Enum

from optoutlang.analysis.adequacy.edits import (
    Change,
    Edit,
    drop,
    own_statements,
)
from optoutlang.analysis.adequacy.validity import Soundness
from optoutlang.language.model.button import Button
from optoutlang.language.model.ruleset import Ruleset
from optoutlang.language.model.statement import (
    Claim,
    Frame,
    Only,
    Phrase,
    Preference,
    ReplyText,
    Statement,
    Suggestion,
    WordClass,
)
from optoutlang.runtime.program import PROTECTED_KEYS
from optoutlang.runtime.terms.action import REQUESTS

OTHER_REPLY = "?"
"""What a changed reply says: a test that states the reply sees the difference."""


class Operator(Enum):
    """What is done to a statement."""

    DROP = "dropped"
    SWAP = "for another action"
    MOVE = "moved"
    CHANGE = "changed"


@dataclass(frozen=True, slots=True)
class Mutant:
    """One statement changed: taken out, or `becomes` another one; `edit` does it."""

    operator: Operator
    statement: Statement
    becomes: Statement | None
    edit: Edit


def mutants(ruleset: Ruleset, *, every_file: bool = False) -> Iterator[Mutant]:
    """Yield the mutants of the root file's own statements, or of those of every file."""
    soundness = Soundness(ruleset)
    for statement in own_statements(ruleset, every_file=every_file):
        for mutant in _mutants(ruleset, statement):
            if soundness.holds(mutant.edit):
                yield mutant


def _mutants(ruleset: Ruleset, statement: Statement) -> Iterator[Mutant]:
    yield Mutant(Operator.DROP, statement, None, _dropped(ruleset, statement))
    for operator, becomes in _replacements(ruleset, statement):
        yield Mutant(operator, statement, becomes, Edit((Change(statement, becomes),)))


def _replacements(ruleset: Ruleset, statement: Statement) -> Iterator[tuple[Operator, Statement]]:
    for swapped in _swapped(statement):
        yield Operator.SWAP, swapped
    for scope in _other_scopes(ruleset, statement):
        yield Operator.MOVE, statement.in_scope(scope)
    for changed in _changed(statement):
        yield Operator.CHANGE, changed


def _swapped(statement: Statement) -> Iterator[Statement]:
    """Yield a keyword, sentence, phrase or frame for each other action; a protected word has no other."""
    if isinstance(statement, Button) and statement.answer:
        return
    if isinstance(statement, Claim | Phrase | Frame | Button):
        protected = isinstance(statement, Claim) and statement.key in PROTECTED_KEYS
        for action in () if protected else REQUESTS:
            if action is not statement.action:
                yield replace(statement, action=action)


def _other_scopes(ruleset: Ruleset, statement: Statement) -> Iterator[str | None]:
    """Yield where an override might stand instead: in the base, and in the country after its own."""
    if statement.scope is not None:
        yield None
        place = ruleset.countries.index(statement.scope) + 1
        following = ruleset.countries[place % len(ruleset.countries)]
        if following != statement.scope:
            yield following


def _changed(statement: Statement) -> Iterator[Statement]:
    match statement:
        case ReplyText(text=text):
            if text != OTHER_REPLY:
                yield replace(statement, text=OTHER_REPLY)
            if text is not None:
                yield replace(statement, text=None)
        case Preference(tags=(first, *others)) if others:
            yield replace(statement, tags=(*others, first))
        case Suggestion(ways=ways):
            yield from (
                replace(statement, ways=ways - {way})
                for way in sorted(ways, key=lambda each: each.value)
                if len(ways) > 1
            )
        case WordClass(members=members) if len(members) > 1:
            for place in range(len(members)):
                yield without_member(statement, place)
        case _:
            pass


def without_member(statement: WordClass, place: int) -> WordClass:
    """Return a class without one of its members."""
    members, spellings = statement.members, statement.spellings
    return replace(
        statement,
        members=members[:place] + members[place + 1 :],
        spellings=spellings[:place] + spellings[place + 1 :],
    )


def _dropped(ruleset: Ruleset, statement: Statement) -> Edit:
    """Return the edit that takes a statement out, a word of `only keywords` from what that lists, too."""
    if not isinstance(statement, Claim):
        return drop(statement)
    listing = (each for each in ruleset.of(Only) if _lists(each, statement))
    shorter = (Change(each, replace(each, keys=each.keys - {statement.key})) for each in listing)
    return Edit((Change(statement), *shorter))


def _lists(only: Only, claim: Claim) -> bool:
    outer, inner = only.place.span, claim.place.span
    return (
        (only.file, only.scope) == (claim.file, claim.scope)
        and outer.start <= inner.start
        and inner.end <= outer.end
    )
