"""A store of every released schema becomes one of the present, with all that is in it; so does an empty place."""

from __future__ import annotations

import sqlite3
from pathlib import Path

import psycopg
import pytest
from sqlalchemy import inspect

from optoutlang.consent import Ledger, StoreError
from optoutlang.consent.stores.create import create_store, open_store
from optoutlang.consent.stores.sql.database import Database
from optoutlang.consent.stores.sql.tables import metadata
from optoutlang.consent.stores.sql.verify import verify
from tests.consent.stores.server import with_schema
from tests.consent.stores.test_contract import AT, ENGINE, TOPICAL, message

SCHEMAS = Path(__file__).parent / "schemas"
RELEASED = sorted(SCHEMAS.glob("*.sqlite.sql"))


def columns(location: str) -> dict[str, set[str]]:
    database = Database(location)
    with database.engine.connect() as connection:
        found = inspect(connection)
        names = {
            table: {each["name"] for each in found.get_columns(table)} for table in metadata.tables
        }
    database.dispose()
    return names


WANTED = {name: set(table.columns.keys()) for name, table in metadata.tables.items()}


@pytest.mark.parametrize("path", RELEASED, ids=lambda path: path.name)
def test_a_released_schema_is_upgraded_with_what_is_in_it(path: Path, tmp_path: Path) -> None:
    location = str(tmp_path / "consent.db")
    with sqlite3.connect(location) as connection:
        connection.executescript(path.read_text(encoding="utf-8"))
    connection.close()
    require_upgraded(location)


@pytest.mark.parametrize(
    "path", sorted(SCHEMAS.glob("*.postgresql.sql")), ids=lambda path: path.name
)
def test_a_released_schema_is_upgraded_on_postgresql_too(
    path: Path, tmp_path: Path, postgresql: str
) -> None:
    location = with_schema(postgresql, f"released_{tmp_path.name}")
    with psycopg.connect(location) as connection:
        connection.execute(path.read_bytes())
    require_upgraded(location)


def require_upgraded(location: str) -> None:
    """Make a released schema one of the present, and ask it about what was in it."""
    store = create_store(location)
    assert columns(location) == WANTED
    ledger = Ledger(ENGINE, store)
    assert not ledger.may_send("+15550100", "A", at=AT).allowed
    assert ledger.record(message("m1", "STOP")) is None  # its claim came along
    assert ledger.record(message("m9", "START", minutes=60)) is not None
    topical = Ledger(
        TOPICAL, store
    )  # topics need no other schema: their rows have scopes of their own
    person = "+15550177"
    assert topical.record(message("m10", "STOP OFFERS", recipient=person)) is not None
    assert topical.may_send(person, "A", at=AT).allowed
    assert not topical.may_send(person, "A", at=AT, topic="offers").allowed
    assert verify(store).faulty == 0
    store.close()


def test_there_is_a_file_of_every_released_schema() -> None:
    assert [each.name for each in sorted(SCHEMAS.glob("*.sql"))] == [
        "0001.postgresql.sql",
        "0001.sqlite.sql",
    ]


def test_an_empty_place_becomes_a_store_of_the_present_schema(tmp_path: Path) -> None:
    location = str(tmp_path / "consent.db")
    create_store(location).close()
    assert columns(location) == WANTED
    create_store(location).close()  # once more changes nothing
    open_store(location).close()


def test_an_empty_schema_becomes_a_store_and_its_tables_are_partitioned(
    tmp_path: Path, postgresql: str
) -> None:
    location = with_schema(postgresql, f"migration_{tmp_path.name}")
    store = create_store(location)
    assert columns(location) == WANTED
    with store.database.engine.connect() as connection:
        found = connection.exec_driver_sql(
            "SELECT c.relname, pg_get_partkeydef(c.oid) FROM pg_partitioned_table p "
            "JOIN pg_class c ON c.oid = p.partrelid "
            "WHERE c.relnamespace = current_schema()::regnamespace ORDER BY 1"
        ).all()
    assert [tuple(each) for each in found] == [
        ("consent_audit", "HASH (recipient)"),
        ("consent_claim", "HASH (event)"),
        ("consent_state", "HASH (recipient)"),
    ]
    store.close()


def test_a_store_of_a_later_version_is_refused_and_left_alone(tmp_path: Path) -> None:
    location = str(tmp_path / "consent.db")
    create_store(location).close()
    with sqlite3.connect(location) as connection:
        connection.execute("UPDATE consent_version SET version_num = '9999'")
    connection.close()
    with pytest.raises(StoreError, match="later version"):
        create_store(location)
    with pytest.raises(StoreError, match="the schema 9999"):
        open_store(location)
