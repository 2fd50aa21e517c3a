"""A row that somebody changed, or a disk did, is an error that names it: no traceback, and nobody may be sent."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta

import pytest

from optoutlang.consent import Ledger, Selection, StoreError, Undo
from optoutlang.consent.stores.sql.care import Retention, erase_person, retain
from optoutlang.consent.stores.sql.store import SqlStore
from optoutlang.consent.stores.sql.verify import verify
from tests.consent.stores.conftest import Place
from tests.consent.stores.test_contract import AT, ENGINE, message

PERSON = "+15550100"
LATER = AT + timedelta(days=1)
SPOILT = ("", "[1", "{}", "[]", "7", "null", '"text"', "[[1,2,3,4,5,6],0,[],null,null,[]]")


def undo(store: SqlStore) -> None:
    selection = Selection(events=("message:m1",))
    Ledger(ENGINE, store).record(
        Undo(id="u", selection=selection, by="Ann", at=LATER, reason="a test")
    )


STATE: dict[str, Callable[[SqlStore], object]] = {
    "states": lambda store: store.states(PERSON),
    "states_of": lambda store: store.states_of([PERSON]),
    "all_states": lambda store: list(store.all_states()),
    "may_send": lambda store: Ledger(ENGINE, store).may_send(PERSON, "A", at=LATER),
    "may_send_many": lambda store: Ledger(ENGINE, store).may_send_many([PERSON], "A", at=LATER)[
        PERSON
    ],
    "record": lambda store: Ledger(ENGINE, store).record(message("m2", "START", minutes=9)),
    "retain": lambda store: retain(store, Retention(texts=LATER)),
}
AUDIT: dict[str, Callable[[SqlStore], object]] = {
    "history": lambda store: store.history(PERSON),
    "records": lambda store: list(store.records()),
    "undo": undo,
    "erase": lambda store: erase_person(store, PERSON, event="e", by="Ann", at=LATER),
    "retain": lambda store: retain(store, Retention(texts=LATER)),
}


def spoil(store: SqlStore, table: str, facts: str) -> None:
    with store.database.engine.connect() as connection:
        connection.exec_driver_sql("BEGIN")
        mark = "%s" if store.statements.postgresql else "?"
        connection.exec_driver_sql(f"UPDATE {table} SET facts = {mark}", (facts,))  # noqa: S608 - our own names
        connection.exec_driver_sql("COMMIT")


def filled(place: Place) -> SqlStore:
    store = place.open_sql()
    assert Ledger(ENGINE, store).record(message("m1", "STOP")) is not None
    store.done([each.number for each in store.outbox()])
    return store


@pytest.mark.parametrize("ask", STATE.values(), ids=STATE)
def test_a_damaged_state_is_named(sql_place: Place, ask: Callable[[SqlStore], object]) -> None:
    store = filled(sql_place)
    for facts in SPOILT:
        spoil(store, "consent_state", facts)
        with pytest.raises(StoreError, match=r"^the state of `.*cannot be read.*consent verify"):
            ask(store)
    assert verify(store).faulty > 0


@pytest.mark.parametrize("ask", AUDIT.values(), ids=AUDIT)
def test_a_damaged_record_is_named(sql_place: Place, ask: Callable[[SqlStore], object]) -> None:
    store = filled(sql_place)
    for facts in SPOILT:
        spoil(store, "consent_audit", facts)
        with pytest.raises(StoreError, match=r"^the record .*cannot be read.*consent verify"):
            ask(store)
    assert verify(store).faulty > 0


def test_who_may_be_sent_needs_no_facts_of_who_is_out(sql_place: Place) -> None:
    store = filled(sql_place)
    spoil(store, "consent_state", "[1")
    ledger = Ledger(ENGINE, store)
    assert ledger.who_may_be_sent([PERSON, "R"], "A", at=LATER) == {"R"}
    answers = ledger.may_send_many([PERSON, "R"], "A", at=LATER)
    assert answers.allowed == {"R"}
    with pytest.raises(StoreError, match="cannot be read"):
        answers[PERSON]


def test_a_damaged_effect_or_review_is_named(sql_place: Place) -> None:
    store = sql_place.open_sql()
    Ledger(ENGINE, store).record(message("m1", "STOP"))
    mark = "%s" if store.statements.postgresql else "?"
    with store.database.engine.connect() as connection:
        connection.exec_driver_sql("BEGIN")
        connection.exec_driver_sql(f"UPDATE consent_outbox SET effect = {mark}", (b"{}",))  # noqa: S608
        connection.exec_driver_sql(
            f"INSERT INTO consent_review VALUES ('message:m1', '{PERSON}', 0, 1, {mark})",  # noqa: S608
            (b"[]",),
        )
        connection.exec_driver_sql("COMMIT")
    for ask in (store.outbox, store.reviews, lambda: store.review("message:m1")):
        with pytest.raises(StoreError, match=r"cannot be read|lacks the key"):
            ask()
