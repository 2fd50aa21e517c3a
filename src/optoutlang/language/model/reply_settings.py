"""Statements about all replies: how long they may be, and the values that are known when they are sent."""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar

from optoutlang.language.model.statement import Statement


@dataclass(frozen=True, slots=True)
class ReplyLimit(Statement):
    """`limit replies to N`: the most UTF-16 code units that a reply may have."""

    label: ClassVar[str] = "limit replies to"

    most: int

    @property
    def slot(self) -> tuple[object, ...]:
        """A scope has one limit."""
        return ()


@dataclass(frozen=True, slots=True)
class RuntimeVariable(Statement):
    """`runtime NAME up to N`: a value of at most N UTF-16 code units, which is known when a reply is sent."""

    label: ClassVar[str] = "runtime"

    name: str
    longest: int

    @property
    def slot(self) -> tuple[object, ...]:
        """The name."""
        return (self.name,)
