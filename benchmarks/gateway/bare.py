"""The peer: bare Starlette routes that insert a row into a database, and select one from it. Started by `run.py`.

`BARE_DATABASE` names an SQLite file or a postgresql:// URL. Commits are as
safe as the gateway's: synchronous on SQLite, the default on PostgreSQL.
"""

from __future__ import annotations

import os
import sqlite3
import threading
from collections.abc import Callable
from urllib.parse import parse_qs

import psycopg
from starlette.applications import Starlette
from starlette.concurrency import run_in_threadpool
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

LOCATION = os.environ.get("BARE_DATABASE", "")
_LOCAL = threading.local()
_ONE_WRITER = threading.Lock()


def create(location: str) -> None:
    """Make the table."""
    text = "CREATE TABLE IF NOT EXISTS bare (sid TEXT PRIMARY KEY, body TEXT)"
    if "://" in location:
        with psycopg.connect(location, autocommit=True) as connection:
            connection.execute(text)
    else:
        with sqlite3.connect(location) as connection:
            connection.execute("PRAGMA journal_mode = WAL")
            connection.execute(text)


def _postgresql() -> psycopg.Connection:
    if not hasattr(_LOCAL, "connection"):
        _LOCAL.connection = psycopg.connect(LOCATION, autocommit=True)
    found: psycopg.Connection = _LOCAL.connection
    return found


def _sqlite() -> sqlite3.Connection:
    if not hasattr(_LOCAL, "connection"):
        _LOCAL.connection = sqlite3.connect(LOCATION, isolation_level=None, timeout=30)
        _LOCAL.connection.execute("PRAGMA synchronous = FULL")
    found: sqlite3.Connection = _LOCAL.connection
    return found


def insert_postgresql(sid: str, body: str) -> None:
    """Insert a row."""
    _postgresql().execute("INSERT INTO bare VALUES (%s, %s)", (sid, body))


def insert_sqlite(sid: str, body: str) -> None:
    """Insert a row; threads take turns, as SQLite's own way to wait sleeps for milliseconds."""
    with _ONE_WRITER:
        _sqlite().execute("INSERT INTO bare VALUES (?, ?)", (sid, body))


def select_postgresql(sid: str) -> object:
    """Select a row."""
    return _postgresql().execute("SELECT body FROM bare WHERE sid = %s", (sid,)).fetchone()


def select_sqlite(sid: str) -> object:
    """Select a row."""
    return _sqlite().execute("SELECT body FROM bare WHERE sid = ?", (sid,)).fetchone()


_IS_POSTGRESQL = "://" in LOCATION
_INSERT: Callable[[str, str], None] = insert_postgresql if _IS_POSTGRESQL else insert_sqlite
_SELECT: Callable[[str], object] = select_postgresql if _IS_POSTGRESQL else select_sqlite


async def insert(request: Request) -> Response:
    """Insert the form's message, and answer as a webhook does."""
    form = parse_qs((await request.body()).decode())
    await run_in_threadpool(_INSERT, form["MessageSid"][0], form["Body"][0])
    return Response(b"<Response />", media_type="text/xml")


async def select(request: Request) -> Response:
    """Select a row by what the body says."""
    data = await request.json()
    found = await run_in_threadpool(_SELECT, data["recipient"])
    return Response(
        b'{"found":%s}' % (b"false" if found is None else b"true"), media_type="application/json"
    )


app = Starlette(
    routes=[Route("/insert", insert, methods=["POST"]), Route("/select", select, methods=["POST"])]
)
