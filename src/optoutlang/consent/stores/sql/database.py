"""Databases: the pool, and errors that say what to do.

SQLAlchemy keeps the pool and knows the dialects; statements run on the
driver's cursor. On PostgreSQL a `run` is one pipeline: all its statements go
out at once, and each still sees what was committed before it began.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from sqlalchemy import Engine, create_engine
from sqlalchemy.engine import make_url
from sqlalchemy.exc import ArgumentError, SQLAlchemyError
from sqlalchemy.pool import PoolProxiedConnection

from optoutlang.consent.stores.port import StoreError
from optoutlang.consent.stores.sql import sqlite
from optoutlang.consent.stores.sql.session import RetryableError, Session
from optoutlang.consent.stores.sql.statements import Statements
from optoutlang.runtime.terms.extra import install_command


class Database:
    """A database with its pool; a session is a connection of it."""

    def __init__(self, location: str) -> None:
        """Open a database by its URL or, for SQLite, the path of its file.

        Raises:
            StoreError: the URL is none, or its driver is not installed.
        """
        self.engine = _engine(location)
        self.statements = Statements(self.engine.dialect)
        self._errors = (SQLAlchemyError, self.engine.dialect.loaded_dbapi.Error)

    @contextmanager
    def session(self) -> Iterator[Session]:
        """Lend a connection; whatever transaction is open when it comes back is taken back.

        Raises:
            RetryableError: the database took the transaction back, or went away.
            StoreError: the database cannot do it.
        """
        connection: PoolProxiedConnection | None = None
        try:
            connection = self.engine.raw_connection()
            yield self._session(connection.driver_connection)
        except self._errors as error:
            original = getattr(error, "orig", None) or error
            if connection is not None and self._is_gone(original):
                connection.invalidate()
            raise self._translated(original) from error
        finally:
            if connection is not None:
                connection.close()

    @contextmanager
    def translated(self) -> Iterator[None]:
        """Turn errors of SQLAlchemy and of the driver into a `StoreError`.

        Raises:
            StoreError: the database cannot do it.
        """
        try:
            yield
        except self._errors as error:
            found = self._translated(getattr(error, "orig", None) or error)
            if isinstance(found, StoreError):
                raise found from error
            raise StoreError(f"the database cannot be used now: {found}") from error

    def dispose(self) -> None:
        """Close all connections."""
        self.engine.dispose()

    def _session(self, connection: Any) -> Session:  # noqa: ANN401 - the driver's own
        if self.statements.postgresql:
            # Here, not above: SQLite needs no psycopg.
            from optoutlang.consent.stores.sql.postgresql import PostgresqlSession  # noqa: PLC0415

            return PostgresqlSession(connection)
        return sqlite.SqliteSession(connection)

    def _is_gone(self, error: BaseException) -> bool:
        if self.statements.postgresql:
            # One that broke in the middle of a pipeline does not always know it: take a new one in any case.
            return isinstance(self._translated(error), RetryableError)
        return isinstance(error, sqlite3.ProgrammingError)

    def _translated(self, error: BaseException) -> Exception:
        if self.statements.postgresql:
            # Here, not above: SQLite needs no psycopg.
            from optoutlang.consent.stores.sql.postgresql import translated  # noqa: PLC0415

            return translated(error)
        return sqlite.translated(error, str(self.engine.url.database))


def _engine(location: str) -> Engine:
    url = location if "://" in location else f"sqlite:///{location}"
    for short in ("postgresql://", "postgres://"):
        if url.startswith(short):
            url = f"postgresql+psycopg://{url.removeprefix(short)}"
    try:
        backend = make_url(url).get_backend_name()
        if backend == "sqlite":
            return sqlite.sqlite_engine(url)
        if backend == "postgresql":
            return create_engine(url, connect_args={"autocommit": True}, pool_size=5)
    except (ArgumentError, ValueError) as error:
        raise StoreError(f"no store is `{location}`: {str(error).lower()}") from error
    except ModuleNotFoundError as missing:
        raise StoreError(
            f"a store on PostgreSQL needs the package `{missing.name}`: "
            f"{install_command('consent', 'postgres')}"
        ) from missing
    raise StoreError(
        f"no store is `{location}`: a store is the path of a file (SQLite) or a postgresql:// URL"
    )
