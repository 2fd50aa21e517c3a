"""Validity of an edited ruleset: `optout check` accepts it; what that refuses cannot happen unseen."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import replace
from itertools import chain
from typing import TypeVar

from optoutlang.analysis.adequacy.edits import Change, Edit, edited, restricted
from optoutlang.language.checks.keywords import (
    absent_removed,
    ambiguous_button,
    ambiguous_keyword,
    required_elsewhere,
    required_removed,
)
from optoutlang.language.checks.languages import conflicting_preferences
from optoutlang.language.checks.replies import conflicting_replies, reply_too_long
from optoutlang.language.checks.subject import subject_of
from optoutlang.language.diagnostics.diagnostic import Severity
from optoutlang.language.model.button import Button
from optoutlang.language.model.reply_settings import ReplyLimit, RuntimeVariable
from optoutlang.language.model.ruleset import Ruleset
from optoutlang.language.model.statement import (
    Claim,
    Only,
    Preference,
    Removal,
    ReplyText,
    Statement,
)
from optoutlang.language.model.statements import Statements
from optoutlang.runtime.program import PROTECTED_KEYS

_CHECKS = (
    ambiguous_keyword.check,
    absent_removed.check,
    required_removed.check,
    required_elsewhere.check,
    ambiguous_button.check,
    reply_too_long.check,
    conflicting_replies.check,
    conflicting_preferences.check,
)
"""The checks that find errors in the statements of a ruleset, but for those of one file alone."""

_K = TypeVar("_K", Claim, Removal)


class Soundness:
    """Tells whether edits of one ruleset that has no error leave it without error."""

    def __init__(self, ruleset: Ruleset) -> None:
        self._ruleset = ruleset
        self._claims = _by_key(ruleset.of(Claim))
        self._removals = _by_key(ruleset.of(Removal))

    def holds(self, edit: Edit) -> bool:
        """Tell whether the edited ruleset has no error."""
        added = [each for each in edit.changes if each.added is not None]
        return not any(self._collides(each) for each in added) and self._settled(edit)

    def _collides(self, change: Change) -> bool:
        """Tell whether a statement comes where its file says the like already."""
        added = change.added
        if added is None or added.slot is None:
            return False
        others = (each for each in self._ruleset.of(change.kind) if each is not change.removed)
        return any(_place_and_slot(each) == _place_and_slot(added) for each in others)

    def _settled(self, edit: Edit) -> bool:
        """Tell whether the statements that an edit can bring into conflict agree."""
        few = edited(self._concerned(edit), edit)
        keys = {each.key for each in edit.statements if isinstance(each, Claim)}
        if any(not _is_claimed_in_base(few, each) for each in keys & PROTECTED_KEYS.keys()):
            return False
        if any(
            _contradict(claim, removal) for claim in few.of(Claim) for removal in few.of(Removal)
        ):
            return False
        subject = subject_of(few)
        diagnostics = (each for check in _CHECKS for each in check(subject))
        return not any(each.code.severity is Severity.ERROR for each in diagnostics)

    def _concerned(self, edit: Edit) -> Ruleset:
        """Return the statements about the keys, replies and preferences that an edit is about, in its scopes."""
        statements = tuple(edit.statements)
        keys = {each.key for each in statements if isinstance(each, Claim | Removal)}
        answers = {
            (each.action, each.language) for each in statements if isinstance(each, ReplyText)
        }
        prefers = any(isinstance(each, Preference) for each in statements)
        few = replace(
            self._ruleset,
            statements=Statements(
                chain(
                    (claim for key in keys for claim in self._claims[key]),
                    (removal for key in keys for removal in self._removals[key]),
                    self._ruleset.of(Only),
                    (
                        each
                        for each in self._ruleset.of(ReplyText)
                        if (each.action, each.language) in answers
                    ),
                    self._ruleset.of(Preference) if prefers else (),
                    self._ruleset.of(Button),
                    self._ruleset.of(ReplyLimit),
                    self._ruleset.of(RuntimeVariable),
                )
            ),
        )
        if None in edit.scopes:
            return few
        return restricted(few, tuple(each for each in edit.scopes if each is not None))


def _is_claimed_in_base(ruleset: Ruleset, key: str) -> bool:
    return any(each.scope is None and each.key == key for each in ruleset.of(Claim))


def _contradict(claim: Claim, removal: Removal) -> bool:
    """Tell whether one file adds and removes a word in one place."""
    return (
        (claim.file, claim.scope, claim.action, claim.key)
        == (removal.file, removal.scope, removal.action, removal.key)
    ) and removal.language in (None, claim.language)


def _place_and_slot(statement: Statement) -> tuple[object, ...]:
    return statement.file, statement.scope, statement.slot


def _by_key(statements: Iterable[_K]) -> Mapping[str, list[_K]]:
    by_key: dict[str, list[_K]] = defaultdict(list)
    for each in statements:
        by_key[each.key].append(each)
    return by_key
