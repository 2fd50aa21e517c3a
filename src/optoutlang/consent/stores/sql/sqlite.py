"""Sessions on SQLite: one file, written ahead (WAL), and synced to the disk at every commit."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator, Mapping
from typing import Any

from sqlalchemy import Engine, create_engine, event
from sqlalchemy.engine import make_url
from sqlalchemy.exc import ArgumentError

from optoutlang.consent.stores.port import StoreError
from optoutlang.consent.stores.sql.session import Call, Rows

LOCK_SECONDS = 30
"""How long a writer waits for others before it gives up."""


class SqliteSession:
    """A connection of the module sqlite3."""

    def __init__(self, connection: sqlite3.Connection) -> None:
        self._connection = connection

    def run(self, *calls: Call) -> list[Rows]:
        """Run statements, as `Session.run` says."""
        found: list[Rows] = []
        for statement, parameters in calls:
            # By its type first: asking an abstract class costs more than a statement's own part in Python.
            if type(parameters) is dict or isinstance(parameters, Mapping):
                given = {**statement.constants, **parameters} if statement.constants else parameters
                found.append(self._connection.execute(statement.text, given).fetchall())
            else:
                self._connection.executemany(statement.text, parameters)
                found.append([])
        return found

    def write(self, *calls: Call) -> None:
        """Run statements, as `Session.write` says."""
        self.run(*calls)

    def stream(self, call: Call) -> Iterator[tuple[Any, ...]]:
        """Run a query, as `Session.stream` says."""
        statement, parameters = call
        assert isinstance(parameters, Mapping)  # noqa: S101 - a query runs once
        yield from self._connection.execute(statement.text, {**statement.constants, **parameters})


def sqlite_engine(url: str) -> Engine:
    """Return the engine of a file."""
    engine = create_engine(
        url, paramstyle="named", connect_args={"timeout": LOCK_SECONDS, "isolation_level": None}
    )
    if make_url(url).database in {None, "", ":memory:"}:
        raise ArgumentError("an SQLite store is a file")

    @event.listens_for(engine, "connect")
    def _prepare(connection: sqlite3.Connection, _record: object) -> None:
        connection.execute("PRAGMA synchronous = FULL")  # nothing that was committed is lost

    return engine


def translated(error: BaseException, path: str) -> StoreError:
    """Return what to tell of an error of the module sqlite3."""
    return StoreError(_message(str(error), path))


def _message(error: str, path: str) -> str:
    for start, message in _MESSAGES.items():
        if start in error:
            return message.format(path=path)
    return f"the store `{path}` cannot be used: {error}"


_MESSAGES = {
    "database is locked": "the store `{path}` is locked by another process for longer than "
    f"{LOCK_SECONDS} seconds; nothing has changed: try again, or find who holds it",
    "disk is full": "the disk of `{path}` is full; nothing has changed: make room and try again",
    "readonly database": "the store `{path}` is read-only; nothing has changed: "
    "let this user write to the file and its folder",
    "unable to open database file": "there is no store `{path}` that can be opened: "
    "`optout consent init --store {path}` makes one, in a folder that this user may write to",
    "no such table": "the store `{path}` has not all its tables: "
    "`optout consent init --store {path}` makes them",
    "file is not a database": "the file `{path}` is no store: it is not an SQLite database",
    "malformed": "the file `{path}` is damaged; restore it from a backup",
}
