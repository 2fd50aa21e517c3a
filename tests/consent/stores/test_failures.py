"""Whatever fails, nothing is lost: a clear error, no half of an event, and the same event can come again."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from pathlib import Path

import psycopg
import pytest

from optoutlang.consent import Ledger, MemoryStore, StoreError
from optoutlang.consent.engine.transition import Snapshot, Transition
from optoutlang.consent.stores.create import create_store, open_store
from optoutlang.consent.stores.keys import Keys
from optoutlang.consent.stores.sql import sqlite
from optoutlang.consent.stores.sql.database import Database
from optoutlang.consent.stores.sql.store import SqlStore
from optoutlang.consent.stores.sql.verify import verify
from tests.consent.stores.conftest import KEYS, Place, make_place
from tests.consent.stores.test_contract import AT, ENGINE, message


@pytest.fixture
def file(tmp_path: Path, request: pytest.FixtureRequest) -> Iterator[Place]:
    yield from make_place("sqlite", tmp_path, request)


@pytest.fixture
def server(tmp_path: Path, request: pytest.FixtureRequest) -> Iterator[Place]:
    yield from make_place("postgresql", tmp_path, request)


def test_a_full_disk_is_an_error_and_the_event_can_come_again(file: Place) -> None:
    store = file.open_sql()
    ledger = Ledger(ENGINE, store)
    with store.database.engine.connect() as connection:
        [pages] = connection.exec_driver_sql("PRAGMA page_count").one()
        connection.exec_driver_sql(f"PRAGMA max_page_count = {pages + 6}")
        recorded = 0
        connection.close()  # the pool gives this very connection to who asks next
        while True:
            try:
                ledger.record(message(f"m{recorded}", "STOP", recipient=f"+1555{recorded:07}"))
            except StoreError as error:
                assert "is full; nothing has changed" in str(error)  # noqa: PT017 - the loop ends by it
                break
            recorded += 1
    assert store.stats().records == recorded
    assert verify(store).faulty == 0
    roomy = file.open_sql()
    again = message(f"m{recorded}", "STOP", recipient=f"+1555{recorded:07}")
    assert Ledger(ENGINE, roomy).record(again) is not None


def test_a_read_only_file_is_an_error_that_says_so(file: Place) -> None:
    store = file.open_sql()
    with store.database.engine.connect() as connection:
        connection.exec_driver_sql("PRAGMA query_only = ON")
    with pytest.raises(StoreError, match=r"is read-only; nothing has changed"):
        Ledger(ENGINE, store).record(message("m1", "STOP"))
    assert file.open_sql().stats().records == 0


def test_a_locked_database_is_waited_for_and_then_an_error(
    file: Place, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(sqlite, "LOCK_SECONDS", 0)
    store = file.open_sql()
    assert file.location is not None
    other = sqlite3.connect(file.location, isolation_level=None)
    other.execute("BEGIN IMMEDIATE")
    with pytest.raises(StoreError, match="locked by another process"):
        Ledger(ENGINE, store).record(message("m1", "STOP"))
    assert Ledger(ENGINE, store).may_send("+15550100", "A", at=AT).allowed  # readers go on
    other.execute("ROLLBACK")
    other.close()
    assert Ledger(ENGINE, store).record(message("m1", "STOP")) is not None


@pytest.mark.parametrize(
    "content", [b"", b"no database at all, but some text", b"SQLite format 3\x00"]
)
def test_a_file_that_is_no_store_is_an_error(tmp_path: Path, content: bytes) -> None:
    path = tmp_path / "consent.db"
    path.write_bytes(content)
    with pytest.raises(StoreError):
        open_store(str(path))
    assert path.read_bytes() == content


@pytest.mark.parametrize(
    "location", ["", "nowhere/consent.db", "mysql://x/y", "://", "postgresql://127.0.0.1:1/none"]
)
def test_a_place_without_a_store_is_an_error_that_names_it(location: str) -> None:
    with pytest.raises(StoreError) as found:
        open_store(location)
    assert str(found.value)
    assert "Traceback" not in str(found.value)


END = (
    "SELECT pg_terminate_backend(pid, 5000) FROM pg_stat_activity WHERE application_name = 'doomed'"
)


def doomed(place: Place) -> SqlStore:
    """Return a store whose connections, and no others on the server, `END` ends."""
    store = SqlStore(Database(f"{place.location}&application_name=doomed"))
    place.opened.append(store)
    return store


def test_a_server_that_ends_the_transaction_is_asked_again(server: Place, postgresql: str) -> None:
    store = doomed(server)
    attempts = 0

    def step(snapshot: Snapshot) -> Transition:
        nonlocal attempts
        attempts += 1
        if attempts == 1:
            with psycopg.connect(postgresql, autocommit=True) as other:
                assert len(other.execute(END).fetchall()) > 0
        return ENGINE.handle(message("m1", "STOP"), snapshot)

    assert store.apply(ENGINE.reads(message("m1", "STOP")), step) is not None
    assert attempts == 2
    assert store.stats().records == 1
    assert verify(store).faulty == 0


def test_idle_connections_that_the_server_closed_are_replaced(
    server: Place, postgresql: str
) -> None:
    store = doomed(server)
    ledger = Ledger(ENGINE, store)
    assert ledger.record(message("m1", "STOP")) is not None
    with psycopg.connect(postgresql, autocommit=True) as other:
        assert len(other.execute(END).fetchall()) > 0
    assert not ledger.may_send("+15550100", "A", at=AT).allowed
    assert ledger.record(message("m2", "START", minutes=9)) is not None


def test_a_clock_that_goes_backwards_changes_nothing_that_holds(
    sql_place: Place, monkeypatch: pytest.MonkeyPatch
) -> None:
    ticks = iter(range(10**15, 0, -(10**12)))
    monkeypatch.setattr("optoutlang.consent.stores.sql.transaction.time_ns", lambda: next(ticks))
    store, memory = sql_place.open_sql(), MemoryStore()
    for number, (text, minutes) in enumerate((("STOP", 30), ("START", 10), ("STOP", 20))):
        event = message(f"m{number}", text, minutes=minutes)
        assert Ledger(ENGINE, store).record(event) == Ledger(ENGINE, memory).record(event)
    assert store.history("+15550100") == memory.history("+15550100")
    assert not Ledger(ENGINE, store).may_send("+15550100", "A", at=AT).allowed
    assert verify(store).faulty == 0


def test_a_store_under_keys_is_not_opened_without_them_or_with_others(
    tmp_path: Path, request: pytest.FixtureRequest
) -> None:
    [place] = list(make_place("sqlite under keys", tmp_path, request))
    assert place.location is not None
    with pytest.raises(StoreError, match="OPTOUT_CONSENT_INDEX_KEY"):
        open_store(place.location)
    with pytest.raises(StoreError, match="not the key that the store was made with"):
        open_store(place.location, privacy=Keys(index=b"x" * 32, texts=(b"t" * 32,)))
    create_store(str(tmp_path / "other.db")).close()
    with pytest.raises(StoreError, match="open it without keys"):
        open_store(str(tmp_path / "other.db"), privacy=KEYS)
