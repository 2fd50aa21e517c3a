"""Verify a store: every chain of the audit from its first record to its head, and every state against the audit."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from itertools import groupby

from optoutlang.consent.engine.question import fold
from optoutlang.consent.engine.record import AuditRecord
from optoutlang.consent.engine.scope import Key
from optoutlang.consent.engine.state import ConsentState, Marks
from optoutlang.consent.stores.chain import ACCOUNT, NOTHING, record_hash, shard_of
from optoutlang.consent.stores.port import StoreError
from optoutlang.consent.stores.rows.record_row import Columns
from optoutlang.consent.stores.rows.texts import digest
from optoutlang.consent.stores.sql.rows import DAMAGE, Found
from optoutlang.consent.stores.sql.session import Session
from optoutlang.consent.stores.sql.store import SqlStore
from optoutlang.consent.stores.sql.transaction import history_of

Heads = Mapping[int, tuple[int, bytes]]
"""For each chain how many records it has, and the hash of the last."""

KEPT_FAULTS = 100
_BATCH = 500
"""How many recipients' histories are looked at together."""


@dataclass(slots=True)
class Verification:
    """What was looked at, and what is wrong: the first `KEPT_FAULTS` in words, and how many in all."""

    records: int = 0
    states: int = 0
    faults: list[str] = field(default_factory=list)
    faulty: int = 0
    heads: dict[int, tuple[int, bytes]] = field(default_factory=dict)

    def add(self, fault: str) -> None:
        """Note a fault."""
        self.faulty += 1
        if len(self.faults) < KEPT_FAULTS:
            self.faults.append(fault)


def verify(
    store: SqlStore, *, against: Heads | None = None, step: Callable[[int], None] = lambda _: None
) -> Verification:
    """Verify a store as it is at one moment; others may write meanwhile.

    `against` are heads that an earlier verification gave, kept where whoever
    writes to the database cannot; `step` hears of every row that was done.

    Raises:
        StoreError: the store cannot be read.
    """
    found = Verification()
    with store.database.session() as session:
        session.run((store.statements.begin_reading, {}))
        _verify_chains(store, session, found, (against or {}, step))
        _verify_states(store, session, found, step)
        session.run((store.statements.commit, {}))
    return found


def _verify_chains(
    store: SqlStore,
    session: Session,
    found: Verification,
    how: tuple[Heads, Callable[[int], None]],
) -> None:
    against, step = how
    ends: dict[int, tuple[int, bytes]] = {}
    for row in session.stream((store.statements.records, {})):
        found.records += 1
        shard = row[9]
        ends[shard] = _link(store, row, ends.get(shard, (0, NOTHING)), found)
        position, last = ends[shard]
        if shard in against and against[shard][0] == position and against[shard][1] != last:
            found.add(f"chain {shard} is not the one of the earlier heads at position {position}")
        step(1)
    [rows] = session.run((store.statements.heads, {}))
    for shard, records, last in rows:
        found.heads[shard] = (records, bytes(last))
        _compare_end(shard, ends.get(shard, (0, NOTHING)), found)
    for shard in ends.keys() - found.heads.keys():
        found.add(f"chain {shard} has no head")
    for shard, (records, _) in against.items():
        if ends.get(shard, (0, NOTHING))[0] < records:
            found.add(
                f"chain {shard} had {records} records at the earlier heads, and has fewer now"
            )


def _link(
    store: SqlStore, row: Found, end: tuple[int, bytes], found: Verification
) -> tuple[int, bytes]:
    """Compare a record with the end of its chain so far, and return the new end."""
    number, token, event, at, source, outcome, batch, facts, texts, shard, position, previous = row
    place = f"record {number} (chain {shard}, position {position}, event `{event}`)"
    if position != end[0] + 1:
        found.add(f"{place} follows position {end[0]}: records between were dropped or moved")
    elif bytes(previous) != end[1]:
        found.add(
            f"{place} does not follow from the one before it: one of them was changed or moved"
        )
    if shard != (shard_of(token) if token else ACCOUNT):
        found.add(f"{place} is in the chain of another recipient: it was moved")
    columns = Columns(event, at, source, outcome, batch)
    try:
        entries = store.codec.entries(token, bytes(texts))
        recipient = json.loads(facts)[0]
        if recipient is not None and isinstance(entries[recipient], str):
            number_ = store.codec.record(row).recipient
            if number_ is None or store.codec.privacy.token(number_) != token:
                found.add(f"{place} is about another recipient than its row: it was moved")
        texts_digest = digest(entries)
    except (StoreError, *DAMAGE):
        found.add(f"{place} cannot be read: it was changed")
        texts_digest = b""
    own = record_hash(
        (shard, position, bytes(previous)), token, columns, facts.encode(), texts_digest
    )
    return position, own


def _compare_end(shard: int, end: tuple[int, bytes], found: Verification) -> None:
    records, last = found.heads[shard]
    if end[0] != records:
        found.add(
            f"chain {shard} ends at position {end[0]}, its head says {records}: records were dropped"
        )
    elif end[1] != last:
        found.add(f"the last record of chain {shard} (position {records}) or its head was changed")


def _verify_states(
    store: SqlStore, session: Session, found: Verification, step: Callable[[int], None]
) -> None:
    for people in _batches(store, session, found):
        names = {token: recipient for token, (recipient, _) in people.items()}
        records: dict[str, list[AuditRecord]] = {each: [] for each in names.values()}
        try:
            everything = history_of(session, store.statements, store.codec, names)
        except (StoreError, *DAMAGE):
            found.add("records cannot be read, so that states cannot be compared with them")
            continue
        for record in everything:
            about = {each.key.recipient for each in record.changes} | {record.recipient}
            for each in about & records.keys():
                records[str(each)].append(record)
        for recipient, states in people.values():
            own = {each.key: each for each in states}
            _compare_states(recipient, own, records[recipient], found)
            step(1)


def _compare_states(
    recipient: str,
    states: Mapping[Key, ConsentState],
    records: Sequence[AuditRecord],
    found: Verification,
) -> None:
    """Compare the rows of a recipient with what the audit says became of them."""
    changed = {each.key for record in records for each in record.changes if each.marks}
    for key in sorted(
        {*states, *(each for each in changed if each.recipient == recipient)}, key=str
    ):
        marks = states[key].marks if key in states else Marks()
        # The audit and the state may keep different words: each has a retention of its own.
        if marks.without_texts() != fold(key, records, ()).without_texts():
            what = "differs from what the audit says" if key in states else "is missing"
            found.add(f"the state of {key} {what}")


People = dict[str, tuple[str, list[ConsentState]]]
"""By token, the number (or what stands for that of an erased person) and the rows."""


def _batches(store: SqlStore, session: Session, found: Verification) -> Iterator[People]:
    """Yield all recipients with their rows, some at a time; those of whom only the audit knows have none."""
    people: People = {}
    for token, recipient, states in _people(store, session, found):
        people[token] = (recipient, states)
        if len(people) == _BATCH:
            yield people
            people = {}
    if people:
        yield people


def _people(
    store: SqlStore, session: Session, found: Verification
) -> Iterator[tuple[str, str, list[ConsentState]]]:
    rows = session.stream((store.statements.all_states, {}))
    for token, own in groupby(rows, key=lambda row: str(row[0])):
        states = []
        for row in own:
            found.states += 1
            try:
                states.append(store.codec.state(row))
            except (StoreError, *DAMAGE):
                found.add(
                    f"the state of `{token}` ({row[1]} {row[2]}) cannot be read: it was changed"
                )
        if states:
            recipient = states[0].key.recipient
            if store.codec.privacy.token(recipient) != token:
                found.add(f"the state of `{token}` is about another recipient than its row")
            yield token, recipient, states
    for row in session.stream((store.statements.without_state, {})):
        try:
            record = store.codec.record(row)
        except StoreError:
            continue  # its chain was walked before, and says so
        if record.recipient is not None:
            yield row[1], record.recipient, []
