"""The statements read so far, of all files: what the readers fill, in order of file, then place."""

from __future__ import annotations

from typing import TypeVar, cast

from optoutlang.language.model.statement import Statement
from optoutlang.language.model.statements import Statements

_S = TypeVar("_S", bound=Statement)


class Collector:
    """Statements of all kinds, and which slots of which file and scope are taken."""

    def __init__(self) -> None:
        self._statements: list[Statement] = []
        self._by_slot: dict[tuple[object, ...], Statement] = {}

    @property
    def statements(self) -> Statements:
        """Everything that was added."""
        return Statements(self._statements)

    def add(self, *statements: Statement) -> None:
        """Add statements of which a file may have any number."""
        self._statements += statements

    def add_once(self, statement: _S) -> _S | None:
        """Add a statement, unless its file has one of the same slot in the same scope: return that one instead."""
        place = (type(statement), statement.file, statement.scope, statement.slot)
        first = self._by_slot.setdefault(place, statement)
        if first is not statement:
            return cast("_S", first)
        self._statements.append(statement)
        return None

    def stated(self, kind: type[_S], file: int, scope: str | None) -> _S | None:
        """Return what a file states for a scope, of a kind that it may state once."""
        return cast("_S | None", self._by_slot.get((kind, file, scope, ())))
