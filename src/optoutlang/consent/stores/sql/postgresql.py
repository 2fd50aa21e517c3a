"""Sessions on PostgreSQL, by psycopg 3."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from functools import lru_cache
from typing import Any

import psycopg
from psycopg import errors

from optoutlang.consent.stores.port import StoreError
from optoutlang.consent.stores.sql.session import Call, Parameters, RetryableError, Rows
from optoutlang.consent.stores.sql.statements import Statement, Values

_STEP = 2_000
"""How many rows of a stream come at once."""

_FEW = 48
"""How many parameters a statement for few rows has at most: psycopg keeps no longer ones in its cache."""

Many = tuple[Statement, Sequence[Parameters]]

_RETRYABLE = (
    errors.SerializationFailure,
    errors.DeadlockDetected,
    errors.AdminShutdown,
    errors.CrashShutdown,
    errors.CannotConnectNow,
)


class PostgresqlSession:
    """A connection of psycopg, in autocommit: transactions begin and end by their statements."""

    def __init__(self, connection: psycopg.Connection) -> None:
        self._connection = connection

    def run(self, *calls: Call) -> list[Rows]:
        """Run statements in one pipeline, as `Session.run` says."""
        if len(calls) == 1 and isinstance(calls[0][1], Mapping):
            return [_rows(self._execute(calls[0]))]
        with self._connection.pipeline():
            cursors = [self._execute(each) for each in calls]
        return [_rows(each) for each in cursors]

    def write(self, *calls: Call) -> None:
        """Run the statements that can be one as one, and all in one pipeline, as `Session.write` says."""
        together: list[Many] = [
            (each, rows)
            for each, rows in calls
            if each.many is not None and not isinstance(rows, Mapping)
        ]
        rest = [each for each in calls if each[0].many is None]
        if not together:
            self.run(*rest)
            return
        with self._connection.pipeline():
            few = _as_values(together)
            if few is None:
                self._execute(_as_arrays(together))
            else:
                self._connection.cursor().execute(*few)
            for each in rest:
                self._execute(each)

    def stream(self, call: Call) -> Iterator[tuple[Any, ...]]:
        """Run a query with a cursor at the server, as `Session.stream` says."""
        statement, parameters = call
        assert isinstance(parameters, Mapping)  # noqa: S101 - a query runs once
        with (
            self._connection.transaction(),
            self._connection.cursor(name="consent") as cursor,
        ):
            cursor.itersize = _STEP
            cursor.execute(statement.text, {**statement.constants, **parameters})
            yield from cursor

    def _execute(self, call: Call) -> psycopg.Cursor:
        statement, parameters = call
        cursor = self._connection.cursor()
        # Not executemany: it waits for its results, and a pipeline is there to wait once.
        for each in (parameters,) if isinstance(parameters, Mapping) else parameters:
            cursor.execute(
                statement.text, {**statement.constants, **each} if statement.constants else each
            )
        return cursor


def _as_values(calls: Sequence[Many]) -> tuple[str, list[object]] | None:
    """Return few rows for some statements as one statement with positional parameters; None if they are too many."""
    shape: list[tuple[Values, int]] = []
    given: list[object] = []
    for statement, rows in calls:
        few = statement.few
        if few is None or (len(rows) > 1 and not few.several):
            return None
        shape.append((few, len(rows)))
        given += few.parameters(rows)
        if len(given) > _FEW:
            return None
    return _together(tuple(shape)), given


@lru_cache(maxsize=256)
def _together(shape: tuple[tuple[Values, int], ...]) -> str:
    parts = [f"w{at} AS ({values.text(rows)})" for at, (values, rows) in enumerate(shape)]
    return f"WITH {', '.join(parts)} SELECT 1"


def _as_arrays(calls: Sequence[Many]) -> Call:
    """Return any number of rows for some statements as one statement."""
    parts = ", ".join(f"w{at} AS ({each.many})" for at, (each, _) in enumerate(calls))
    given: dict[str, object] = {}
    for statement, rows in calls:
        given |= statement.columns(rows)
    return Statement(f"WITH {parts} SELECT 1"), given


def _rows(cursor: psycopg.Cursor) -> Rows:
    return cursor.fetchall() if cursor.description is not None else []


def translated(error: BaseException) -> Exception:
    """Return what to tell of a driver's error."""
    text = str(error).strip().splitlines()[0] if str(error).strip() else type(error).__name__
    if isinstance(error, errors.UndefinedTable):
        return StoreError(
            "the database has not all tables of a store: `optout consent init` makes them"
        )
    if isinstance(error, errors.DiskFull):
        return StoreError("the disk of the server is full; nothing has changed: make room there")
    if isinstance(error, errors.ReadOnlySqlTransaction):
        return StoreError(
            "the database is read-only (a standby?); nothing has changed: name the primary server"
        )
    if isinstance(error, _RETRYABLE) or _lost(error):
        return RetryableError(text)
    return StoreError(f"the database cannot do it: {text}")


def _lost(error: BaseException) -> bool:
    """Whether the connection is gone, or could not be made: psycopg gives both no code."""
    return isinstance(error, psycopg.OperationalError | psycopg.InterfaceError) and (
        getattr(error, "sqlstate", None) is None
    )
