"""What is about a person: hidden under keys, erased on request, kept as long as its kind; opt-outs hold on."""

from __future__ import annotations

from base64 import b64encode
from collections.abc import Iterator
from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import pytest

from optoutlang.consent import Ledger, Selection, Source, StoreError, Undo
from optoutlang.consent.stores.keys import Keys
from optoutlang.consent.stores.sql.care import Retention, erase_person, retain, rotate
from optoutlang.consent.stores.sql.database import Database
from optoutlang.consent.stores.sql.store import SqlStore
from optoutlang.consent.stores.sql.tables import metadata
from optoutlang.consent.stores.sql.verify import verify
from tests.consent.stores.conftest import KEYS, Place, make_place
from tests.consent.stores.test_contract import AT, ENGINE, message, reported

PERSON, OTHER = "+15550100", "+15550200"
WORDS = "Stop. Signed, Ms Fitzgibbon"
LATER = AT + timedelta(days=400)


@pytest.fixture(params=["sqlite under keys", "postgresql under keys"])
def private(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Place]:
    yield from make_place(request.param, tmp_path, request)


def everything(store: SqlStore) -> str:
    """Return all that the tables hold, as one text."""
    with store.database.engine.connect() as connection:
        rows = [
            row for table in metadata.sorted_tables for row in connection.execute(table.select())
        ]
    return "\n".join(
        bytes(cell).decode("latin-1") if isinstance(cell, bytes | memoryview) else str(cell)
        for row in rows
        for cell in row
    )


def played(store: SqlStore) -> Ledger:
    ledger = Ledger(ENGINE, store)
    ledger.record(message("m0", WORDS))
    ledger.record(message("m1", "STOP", minutes=20))
    ledger.record(message("o1", "STOP", recipient=OTHER))
    for each in (PERSON, OTHER):
        ledger.record(reported(each[-4:], each, source=Source.IMPORT, minutes=30))
    ledger.record(
        Undo(id="u", selection=Selection(batch="b1"), by="Ann", at=AT, reason="wrong file")
    )
    return ledger


def work_off(store: SqlStore) -> None:
    store.done([each.number for each in store.outbox(limit=1000)])


def test_under_keys_no_table_holds_a_number_or_a_text(private: Place) -> None:
    store = private.open_sql()
    played(store)
    shown = everything(store)
    assert PERSON not in shown
    assert "Fitzgibbon" not in shown
    assert KEYS.token(PERSON) in shown
    assert store.history(PERSON)[0].text == "STOP"
    assert {each.key.recipient for each in store.all_states()} == {PERSON, OTHER}


def test_an_erased_person_is_gone_and_the_opt_out_holds(private: Place) -> None:
    store = private.open_sql()
    ledger = played(store)
    work_off(store)
    heads = verify(store).heads
    assert erase_person(store, PERSON, event="erasure:1", by="Ann", at=AT) > 0
    assert verify(store, against=heads).faults == []
    assert not ledger.may_send(PERSON, "A", at=AT).allowed
    assert [each.event for each in store.history(PERSON)][-1] == "erasure:1"
    assert {each.text for each in store.history(PERSON) if each.recipient} == {None}
    assert [each.recipient for each in store.records()].count(PERSON) == 0
    assert {each.key.recipient for each in store.all_states()} == {
        KEYS.stand_in(KEYS.token(PERSON)),
        OTHER,
    }
    assert store.history(OTHER)[0].text == "STOP"
    # An undo of what was erased works out the same as ever: the audit's facts are all there.
    undo = Undo(
        id="v", selection=Selection(events=("message:m1",)), by="Ann", at=AT, reason="by mistake"
    )
    ledger.record(undo)
    assert ledger.may_send(PERSON, "A", at=AT).allowed
    assert verify(store).faults == []


def test_in_a_readable_store_an_erased_person_keeps_the_number_alone(
    tmp_path: Path, request: pytest.FixtureRequest
) -> None:
    [place] = list(make_place("sqlite", tmp_path, request))
    store = SqlStore(Database(str(place.location)))
    ledger = Ledger(ENGINE, store)
    ledger.record(message("m1", "Stop!"))
    work_off(store)
    erase_person(store, PERSON, event="erasure:1", by="Ann", at=AT)
    assert "Stop!" not in everything(store)
    assert not ledger.may_send(PERSON, "A", at=AT).allowed
    assert verify(store).faults == []


def test_nobody_is_erased_while_effects_wait(private: Place) -> None:
    store = private.open_sql()
    played(store)
    with pytest.raises(StoreError, match="work these off first"):
        erase_person(store, PERSON, event="erasure:1", by="Ann", at=AT)
    assert "erasure:1" not in [each.event for each in store.records()]


def test_each_kind_is_kept_as_long_as_is_said(sql_place: Place) -> None:
    store = sql_place.open_sql()
    ledger = played(store)
    before = store.stats()
    assert retain(store, Retention()).texts == 0
    found = retain(store, Retention(texts=LATER, claims=None, reviews=LATER))
    assert found.texts > 0
    assert {each.text for each in store.history(PERSON) if each.recipient} == {None}
    assert {each.recipient for each in store.history(PERSON)} == {PERSON, None}
    assert not ledger.may_send(PERSON, "A", at=AT).allowed
    assert replace(store.stats(), outbox=0) == replace(before, outbox=0)
    assert verify(store).faults == []


def test_claims_of_ordinary_messages_go_and_those_of_the_audit_stay(
    sql_place: Place, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("optoutlang.consent.stores.sql.transaction.time_ns", lambda: 0)
    store = sql_place.open_sql()
    ledger = Ledger(ENGINE, store)
    ledger.record(message("m0", WORDS))
    ledger.record(message("m1", "STOP"))
    assert retain(store, Retention(claims=AT)).claims == 1
    assert ledger.record(message("m1", "STOP")) is None
    assert ledger.record(message("m0", WORDS)) is not None


def test_keys_rotate_and_the_old_one_can_go(private: Place) -> None:
    played(private.open_sql())
    new = b"n" * 32
    store = SqlStore(Database(str(private.location)), replace(KEYS, texts=(new, *KEYS.texts)))
    private.opened.append(store)
    wanted = list(store.records()), store.outbox()
    assert rotate(store) > 0
    assert rotate(store) == 0
    store = SqlStore(Database(str(private.location)), replace(KEYS, texts=(new,)))
    private.opened.append(store)
    assert (list(store.records()), store.outbox()) == wanted
    assert verify(store).faults == []
    with pytest.raises(StoreError, match="lacks the key"):
        private.open_sql().outbox()


def test_a_sealed_text_does_not_open_in_another_row() -> None:
    sealed = KEYS.seal("one", b"text")
    assert KEYS.unseal("one", sealed) == b"text"
    for token, data in (("two", sealed), ("one", sealed[:-1] + bytes([sealed[-1] ^ 1]))):
        with pytest.raises(StoreError, match="changed, or moved"):
            KEYS.unseal(token, data)


GOOD = b64encode(b"k" * 32).decode()


@pytest.mark.parametrize(
    ("environment", "message"),
    [
        ({"OPTOUT_CONSENT_INDEX_KEY": GOOD}, "OPTOUT_CONSENT_KEYS is not set"),
        ({"OPTOUT_CONSENT_KEYS": GOOD}, "OPTOUT_CONSENT_INDEX_KEY is not set"),
        (
            {"OPTOUT_CONSENT_INDEX_KEY": "short", "OPTOUT_CONSENT_KEYS": GOOD},
            "OPTOUT_CONSENT_INDEX_KEY holds no key",
        ),
        (
            {"OPTOUT_CONSENT_INDEX_KEY": GOOD, "OPTOUT_CONSENT_KEYS": f"{GOOD},"},
            "OPTOUT_CONSENT_KEYS holds no key",
        ),
    ],
)
def test_keys_that_are_none_are_errors_that_name_them(
    environment: dict[str, str], message: str
) -> None:
    with pytest.raises(StoreError, match=message):
        Keys.from_environment(environment)
    assert GOOD not in repr(Keys(index=b"k" * 32, texts=(b"k" * 32,)))
    assert Keys.from_environment({}) is None
