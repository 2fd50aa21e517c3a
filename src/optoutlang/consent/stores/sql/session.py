"""A session on a database: several statements in one round trip."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import Any, Protocol

from optoutlang.consent.stores.sql.statements import Statement

Parameters = Mapping[str, object]
Rows = list[tuple[Any, ...]]  # as a driver gives them; who asked knows the columns
Call = tuple[Statement, Parameters | Sequence[Parameters]]


class RetryableError(Exception):
    """The database took the transaction back, or went away: the same may be tried again."""


class Session(Protocol):
    """One connection, outside or inside a transaction."""

    def run(self, *calls: Call) -> list[Rows]:
        """Run statements in their order, and return the rows of each; a list of parameters runs it for each."""

    def write(self, *calls: Call) -> None:
        """Run statements, of which none sees what another writes, with a list of parameters for each."""

    def stream(self, call: Call) -> Iterator[tuple[Any, ...]]:
        """Run a query, and yield its rows without keeping them."""
