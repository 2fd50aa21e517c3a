"""Edits of the model: statements of a ruleset taken out, put in, or replaced; what coverage and mutants are made of."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace

from optoutlang.language.model.reply_settings import ReplyLimit
from optoutlang.language.model.ruleset import Ruleset
from optoutlang.language.model.statement import Statement
from optoutlang.runtime.program import GREATEST_REPLY_LIMIT


@dataclass(frozen=True, slots=True)
class Change:
    """One statement that goes, one that comes, or one that takes the place of another of its kind."""

    removed: Statement | None
    added: Statement | None = None

    def __post_init__(self) -> None:
        if len({type(each) for each in self.statements}) != 1:
            raise ValueError("a change is about one or two statements of one kind")

    @property
    def kind(self) -> type[Statement]:
        """The kind of the statements."""
        return type(self.statements[0])

    @property
    def statements(self) -> tuple[Statement, ...]:
        """The statements that the change is about, one or two."""
        return tuple(each for each in (self.removed, self.added) if each is not None)


@dataclass(frozen=True, slots=True)
class Edit:
    """Changes that are made together, at least one."""

    changes: tuple[Change, ...]

    @property
    def statements(self) -> Iterator[Statement]:
        """Every statement that the edit takes out or puts in."""
        for change in self.changes:
            yield from change.statements

    @property
    def scopes(self) -> frozenset[str | None]:
        """The scopes whose statements the edit changes."""
        return frozenset(each.scope for each in self.statements)


def drop(statement: Statement) -> Edit:
    """Return the edit that takes one statement out."""
    return Edit((Change(statement),))


def edited(ruleset: Ruleset, edit: Edit) -> Ruleset:
    """Return a ruleset after an edit; a statement to be taken out that is not there leaves things as they are."""
    for change in edit.changes:
        kept = (each for each in ruleset.of(change.kind) if each is not change.removed)
        added = () if change.added is None else (change.added,)
        ruleset = ruleset.replacing(change.kind, (*kept, *added))
    return ruleset


def restricted(ruleset: Ruleset, countries: tuple[str, ...]) -> Ruleset:
    """Return what counts in the base and in some countries: their contexts mean what they mean in the whole."""
    scopes = {None, *countries}
    few = ruleset.keeping(lambda each: each.scope in scopes)
    return replace(few, countries=tuple(each for each in countries if each in ruleset.countries))


def own_statements(ruleset: Ruleset, *, every_file: bool) -> Iterator[Statement]:
    """Yield the statements of the root file, or of every file, that may show in a decision, kind by kind.

    A limit of replies shows in none: it says which rules can be compiled.
    """
    root = len(ruleset.files) - 1
    deciding = (each for each in ruleset.statements if not isinstance(each, ReplyLimit))
    return (each for each in deciding if every_file or each.file == root)


def without_limits(ruleset: Ruleset) -> Ruleset:
    """Return a ruleset that decides the same, whose replies may be as long as any: an edit may let a long one out."""
    limits = [each.in_scope(None) for each in ruleset.of(ReplyLimit)]
    return ruleset.replacing(
        ReplyLimit, (replace(each, most=GREATEST_REPLY_LIMIT) for each in limits[:1])
    )
