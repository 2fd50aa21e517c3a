"""Whether an edited ruleset is one that `optout check` accepts: what it refuses cannot happen unseen."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import replace
from typing import TypeVar

from optoutlang.analysis.adequacy.edits import Change, Edit, Statement, edited, restricted
from optoutlang.language.checks.keywords import (
    absent_removed,
    ambiguous_keyword,
    required_elsewhere,
    required_removed,
)
from optoutlang.language.checks.languages import conflicting_preferences
from optoutlang.language.checks.replies import conflicting_replies
from optoutlang.language.checks.subject import subject_of
from optoutlang.language.diagnostics.diagnostic import Severity
from optoutlang.language.model.ruleset import (
    PROTECTED_KEYS,
    Claim,
    Preference,
    Removal,
    ReplyText,
    Ruleset,
    Suggestion,
    Toleration,
)

_CHECKS = (
    ambiguous_keyword.check,
    absent_removed.check,
    required_removed.check,
    required_elsewhere.check,
    conflicting_replies.check,
    conflicting_preferences.check,
)
"""The checks that find errors in the statements of a ruleset, but for those of one file alone."""

_K = TypeVar("_K", Claim, Removal)


class Soundness:
    """Tells whether edits of one ruleset that has no error leave it without error."""

    def __init__(self, ruleset: Ruleset) -> None:
        self._ruleset = ruleset
        self._claims = _by_key(ruleset.claims)
        self._removals = _by_key(ruleset.removals)

    def holds(self, edit: Edit) -> bool:
        """Tell whether the edited ruleset has no error."""
        added = [each for each in edit.changes if each.added is not None]
        return not any(self._collides(each) for each in added) and self._settled(edit)

    def _collides(self, change: Change) -> bool:
        """Tell whether a statement comes where its file says the like already."""
        slot = _slot(change.added)
        if slot is None:
            return False
        others = (each for each in change.part.of(self._ruleset) if each is not change.removed)
        return any(_slot(each) == slot for each in others)

    def _settled(self, edit: Edit) -> bool:
        """Tell whether the statements that an edit can bring into conflict agree."""
        few = edited(self._concerned(edit), edit)
        keys = {each.key for _, each in edit.statements if isinstance(each, Claim)}
        if any(not _is_claimed_in_base(few, each) for each in keys & PROTECTED_KEYS.keys()):
            return False
        if any(_contradict(claim, removal) for claim in few.claims for removal in few.removals):
            return False
        subject = subject_of(few)
        found = (each for check in _CHECKS for each in check(subject))
        return not any(each.code.severity is Severity.ERROR for each in found)

    def _concerned(self, edit: Edit) -> Ruleset:
        """Return the statements about the keys, replies and preferences that an edit is about, in its scopes."""
        statements = [each for _, each in edit.statements]
        keys = {each.key for each in statements if isinstance(each, Claim | Removal)}
        answers = {
            (each.action, each.language) for each in statements if isinstance(each, ReplyText)
        }
        prefers = any(isinstance(each, Preference) for each in statements)
        few = replace(
            self._ruleset,
            claims=tuple(claim for key in keys for claim in self._claims[key]),
            removals=tuple(removal for key in keys for removal in self._removals[key]),
            replies=tuple(
                each for each in self._ruleset.replies if (each.action, each.language) in answers
            ),
            preferences=self._ruleset.preferences if prefers else (),
            sentences=(),
            phrases=(),
            exceptions=(),
            fillers=(),
        )
        if None in edit.scopes:
            return few
        return restricted(few, tuple(each for each in edit.scopes if each is not None))


def _is_claimed_in_base(ruleset: Ruleset, key: str) -> bool:
    return any(each.scope is None and each.key == key for each in ruleset.claims)


def _contradict(claim: Claim, removal: Removal) -> bool:
    """Tell whether one file adds and removes a word in one place."""
    return (
        (claim.file, claim.scope, claim.action, claim.key)
        == (removal.file, removal.scope, removal.action, removal.key)
    ) and removal.language in (None, claim.language)


def _slot(statement: Statement | None) -> tuple[object, ...] | None:
    """Return what one file may say once in a scope; None for statements that it may repeat."""
    match statement:
        case Claim():
            held: tuple[object, ...] = (statement.action, statement.language, statement.key)
        case Removal():
            held = (statement.action, statement.key)
        case ReplyText():
            held = (statement.action, statement.language)
        case Preference() | Suggestion():
            held = ()
        case Toleration():
            held = (statement.tolerance,)
        case _:
            return None
    return (statement.file, statement.scope, *held)


def _by_key(statements: Iterable[_K]) -> Mapping[str, list[_K]]:
    found: dict[str, list[_K]] = defaultdict(list)
    for each in statements:
        found[each.key].append(each)
    return found
