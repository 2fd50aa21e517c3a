"""`verify` finds every record that was changed, dropped or moved, and every state that is not the audit's."""

# ruff: noqa: S608 - the statements are written here

from __future__ import annotations

import pytest

from optoutlang.consent import Ledger, Selection, Source, Undo
from optoutlang.consent.stores.sql.store import SqlStore
from optoutlang.consent.stores.sql.verify import verify
from tests.consent.stores.conftest import Place
from tests.consent.stores.test_contract import AT, ENGINE, message, reported

PERSON = "+15550100"


def played(place: Place) -> SqlStore:
    """Return a store with a small history of a few people."""
    store = place.open_sql()
    ledger = Ledger(ENGINE, store)
    for number, text in enumerate(("STOP", "START", "STOP", "HELP")):
        ledger.record(message(f"m{number}", text, minutes=10 * number))
    for each in range(3):
        ledger.record(message(f"o{each}", "STOP", recipient=f"+1555020{each}"))
        ledger.record(reported(f"i{each}", f"+1555030{each}", source=Source.IMPORT))
    selection = Selection(events=("consent:i1",))
    ledger.record(Undo(id="u", selection=selection, by="Ann", at=AT, reason="a mistake"))
    ledger.record(Undo(id="v", selection=selection, by="Ann", at=AT, reason="once more"))
    return store


def sql(store: SqlStore, statement: str) -> None:
    with store.database.engine.connect() as connection:
        connection.exec_driver_sql("BEGIN")
        changed = connection.exec_driver_sql(statement).rowcount
        connection.exec_driver_sql("COMMIT")
    assert changed > 0, statement


def test_a_store_that_nobody_touched_has_no_faults(sql_place: Place) -> None:
    store = played(sql_place)
    found = verify(store)
    assert (found.faults, found.records, found.states) == ([], 12, 7)
    assert verify(store, against=found.heads).faulty == 0


LAST = "(SELECT max(number) FROM consent_audit WHERE recipient <> '')"
M1 = "event = 'message:m1'"
TAMPERING = {
    "an outcome": f"UPDATE consent_audit SET outcome = 'late' WHERE {M1}",
    "a time": f"UPDATE consent_audit SET at = at + 1 WHERE {M1}",
    "a source": f"UPDATE consent_audit SET source = 'api' WHERE {M1}",
    "a batch": "UPDATE consent_audit SET batch = NULL WHERE event = 'consent:i0'",
    "an event key": f"UPDATE consent_audit SET event = 'message:x' WHERE {M1}",
    "facts": f"UPDATE consent_audit SET facts = replace(facts, 'START', 'BEGIN') WHERE {M1}",
    "facts that are no JSON": f"UPDATE consent_audit SET facts = '[' WHERE {M1}",
    "the texts": "UPDATE consent_audit SET texts = (SELECT texts FROM consent_audit "
    f"WHERE event = 'message:m0') WHERE {M1}",
    "the last record": f"UPDATE consent_audit SET at = at + 1 WHERE number = {LAST}",
    "an undo": "UPDATE consent_audit SET at = at + 1 WHERE event = 'undo:u'",
    "a dropped record": f"DELETE FROM consent_audit WHERE {M1}",
    "a dropped first record": "DELETE FROM consent_audit WHERE event = 'message:m0'",
    "a dropped last record": f"DELETE FROM consent_audit WHERE number = {LAST}",
    "a dropped undo": "DELETE FROM consent_audit WHERE event = 'undo:v'",
    "a dropped recipient": "DELETE FROM consent_audit WHERE recipient IN "
    "(SELECT recipient FROM consent_audit WHERE event = 'message:o1')",
    "a record moved later": "UPDATE consent_audit SET number = 1000 WHERE event = 'message:m0'",
    "a record moved to another position": f"UPDATE consent_audit SET position = 9 WHERE {M1}",
    "a record moved to another chain": f"UPDATE consent_audit SET shard = 257 - shard WHERE {M1}",
    "a record moved to another recipient": "UPDATE consent_audit SET recipient = "
    f"(SELECT min(recipient) FROM consent_claim WHERE event = 'message:o1') WHERE {M1}",
    "a head": "UPDATE consent_head SET records = records + 1 WHERE records > 0",
    "a dropped head": "DELETE FROM consent_head WHERE records > 0",
    "a dropped opt-out": "DELETE FROM consent_state WHERE recipient IN "
    "(SELECT recipient FROM consent_claim WHERE event = 'message:o1')",
    "a changed opt-out": "UPDATE consent_state SET facts = replace(facts, 'message:o1', 'message:o2')",
    "an opt-out of another": "UPDATE consent_state SET facts = (SELECT max(facts) FROM consent_state)",
    "a state that is no JSON": "UPDATE consent_state SET facts = '['",
}


@pytest.mark.parametrize("what", TAMPERING)
def test_what_was_tampered_with_is_found(sql_place: Place, what: str) -> None:
    store = played(sql_place)
    sql(store, TAMPERING[what])
    assert verify(store).faulty > 0


def test_a_rewritten_history_is_found_by_the_heads_that_were_kept(sql_place: Place) -> None:
    heads = verify(played(sql_place)).heads
    store = sql_place.open_sql()
    # All of one recipient is gone without a trace, as if the person had never written.
    own = "(SELECT recipient FROM consent_claim WHERE event = 'message:o1')"
    shard = f"(SELECT max(shard) FROM consent_audit WHERE recipient IN {own})"
    nothing = "''::bytea" if store.statements.postgresql else "x''"
    sql(store, f"UPDATE consent_head SET records = 0, hash = {nothing} WHERE shard = {shard}")
    sql(store, f"DELETE FROM consent_audit WHERE recipient IN {own}")
    sql(store, f"DELETE FROM consent_state WHERE recipient IN {own}")
    assert verify(store).faulty == 0
    assert verify(store, against=heads).faulty > 0
