"""Edits of the model: statements of a ruleset taken out, put in, or replaced; what coverage and mutants are made of."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from enum import Enum
from typing import cast

from optoutlang.language.model.ruleset import (
    Claim,
    FillerPhrase,
    Only,
    Phrase,
    Preference,
    Removal,
    ReplyText,
    Ruleset,
    Suggestion,
    Toleration,
)

Statement = (
    Claim
    | Removal
    | Only
    | Phrase
    | FillerPhrase
    | ReplyText
    | Preference
    | Suggestion
    | Toleration
)


class Part(Enum):
    """A kind of statement, by the name of the model's field that holds it."""

    KEYWORD = "claims"
    REMOVAL = "removals"
    ONLY = "onlys"
    SENTENCE = "sentences"
    PHRASE = "phrases"
    EXCEPTION = "exceptions"
    FILLER = "fillers"
    REPLY = "replies"
    PREFERENCE = "preferences"
    SUGGESTION = "suggestions"
    TOLERATION = "tolerations"

    def of(self, ruleset: Ruleset) -> tuple[Statement, ...]:
        """Return a ruleset's statements of this kind."""
        return cast("tuple[Statement, ...]", getattr(ruleset, self.value))


@dataclass(frozen=True, slots=True)
class Change:
    """One statement of a kind that goes, one that comes, or one that takes the other's place."""

    part: Part
    removed: Statement | None
    added: Statement | None = None

    @property
    def statements(self) -> tuple[Statement, ...]:
        """The statements that the change is about, one or two."""
        return tuple(each for each in (self.removed, self.added) if each is not None)


@dataclass(frozen=True, slots=True)
class Edit:
    """Changes that are made together, at least one."""

    changes: tuple[Change, ...]

    @property
    def statements(self) -> Iterator[tuple[Part, Statement]]:
        """Every statement that the edit takes out or puts in, with its kind."""
        for change in self.changes:
            for statement in change.statements:
                yield change.part, statement

    @property
    def scopes(self) -> frozenset[str | None]:
        """The scopes whose statements the edit changes."""
        return frozenset(each.scope for _, each in self.statements)


def drop(part: Part, statement: Statement) -> Edit:
    """Return the edit that takes one statement out."""
    return Edit((Change(part, statement),))


def edited(ruleset: Ruleset, edit: Edit) -> Ruleset:
    """Return a ruleset after an edit; a statement to be taken out that is not there leaves things as they are."""
    for change in edit.changes:
        held = (each for each in change.part.of(ruleset) if each is not change.removed)
        ruleset = _with(ruleset, change.part, (*held, *((change.added,) if change.added else ())))
    return ruleset


def restricted(ruleset: Ruleset, countries: tuple[str, ...]) -> Ruleset:
    """Return what counts in the base and in some countries: their contexts mean what they mean in the whole."""
    scopes = {None, *countries}
    named = tuple(each for each in countries if each in ruleset.countries)
    for part in Part:
        held = tuple(each for each in part.of(ruleset) if each.scope in scopes)
        ruleset = _with(ruleset, part, held)
    return replace(ruleset, countries=named)


def own_statements(ruleset: Ruleset, *, every_file: bool) -> Iterator[tuple[Part, Statement]]:
    """Yield the statements of the root file, or of every file, kind by kind."""
    root = len(ruleset.files) - 1
    for part in Part:
        for statement in part.of(ruleset):
            if every_file or statement.file == root:
                yield part, statement


def _with(ruleset: Ruleset, part: Part, statements: tuple[Statement, ...]) -> Ruleset:
    fields: dict[str, tuple[Statement, ...]] = {part.value: statements}
    return replace(ruleset, **fields)  # type: ignore[arg-type]  # each field's own kind goes back into it
