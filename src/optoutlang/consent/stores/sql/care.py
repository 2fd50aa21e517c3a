"""The duties of privacy: erase a person, keep each kind of data as long as it is needed, rotate keys.

Nothing of this breaks the chains: they cover the digests of texts (`rows.texts`).
Records themselves are never dropped, as an undo works every state out from
all of them: an opt-out that is no longer in the audit would be lost by it.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any

from sqlalchemy import Connection, Table, bindparam, delete, exists, func, select, tuple_, update

from optoutlang.consent.engine.event import Source
from optoutlang.consent.engine.record import AuditRecord, Outcome
from optoutlang.consent.engine.state import ConsentState
from optoutlang.consent.engine.transition import Reads, Snapshot, Transition
from optoutlang.consent.stores.chain import ACCOUNT
from optoutlang.consent.stores.keys import Keys
from optoutlang.consent.stores.port import StoreError
from optoutlang.consent.stores.rows.record_row import Columns, read_record, texts_about
from optoutlang.consent.stores.rows.texts import dump, erase, reader
from optoutlang.consent.stores.rows.times import micros
from optoutlang.consent.stores.sql.rows import reading
from optoutlang.consent.stores.sql.store import SqlStore
from optoutlang.consent.stores.sql.tables import ABOUT, AUDIT, CLAIM, HEAD, OUTBOX, REVIEW, STATE

_ROWS = 500
"""How many rows are one commit."""

Rewrite = Callable[[Any], dict[str, Any] | None]
"""From a row to its new cells; None leaves it."""


def erase_person(store: SqlStore, recipient: str, *, event: str, by: str, at: datetime) -> int:
    """Erase a person, but for what is needed to obey the opt-out; return how many rows lost texts.

    That is the token of the number, for each scope what was wished and when,
    and the audit's facts. An audit record with the key `event` says that it
    happened. A store that keeps numbers readable keeps this one, as its token.

    Raises:
        StoreError: effects of the person wait in the outbox, or a review does: these come first.
    """
    token = store.codec.privacy.token(recipient)
    with _transaction(store) as connection:
        _require_nothing_waits(connection, token)
    record = AuditRecord(
        event=event,
        at=at,
        source=Source.OPERATOR,
        outcome=Outcome.NOTED,
        recipient=recipient,
        text="the person was erased",
        by=by,
    )

    def note(_snapshot: Snapshot) -> Transition:
        return Transition(record=record)

    store.apply(Reads(claim=event, recipient=recipient), note)
    with _transaction(store) as connection:
        shards = (ACCOUNT, store.codec.shard(recipient))
        connection.execute(
            select(HEAD.c.shard)
            .where(HEAD.c.shard.in_(shards))
            .order_by(HEAD.c.shard)
            .with_for_update()
        ).all()
        _require_nothing_waits(connection, token)
        connection.execute(delete(REVIEW).where(REVIEW.c.recipient == token))
        return _erase_states(store, connection, token) + _erase_records(
            store, connection, recipient
        )


@dataclass(frozen=True, slots=True, kw_only=True)
class Retention:
    """Before when each kind goes; None keeps it.

    `texts` are what people wrote, in audit and states (the numbers stay),
    `claims` the keys of ordinary messages, by which a repeated one is known,
    `reviews` those that are closed.
    """

    texts: datetime | None = None
    claims: datetime | None = None
    reviews: datetime | None = None


@dataclass(frozen=True, slots=True)
class Retained:
    """How many rows lost texts, and how many claims and reviews went."""

    texts: int
    claims: int
    reviews: int


def retain(store: SqlStore, retention: Retention) -> Retained:
    """Let go of what is older than its kind is kept.

    Raises:
        StoreError: the store cannot do it; what was done stays done, and the same call goes on there.
    """
    texts = claims = reviews = 0
    if retention.texts is not None:
        before = micros(retention.texts)
        texts += _rewrite(store, AUDIT, _without_old_texts(store, before))
        texts += _rewrite(store, STATE, _without_old_marks(store, retention.texts))
    with _transaction(store) as connection:
        if retention.claims is not None:
            audited = exists().where(
                AUDIT.c.recipient == CLAIM.c.recipient, AUDIT.c.event == CLAIM.c.event
            )
            old = CLAIM.c.at < micros(retention.claims)
            claims = connection.execute(delete(CLAIM).where(old, ~audited)).rowcount
        if retention.reviews is not None:
            old = REVIEW.c.at < micros(retention.reviews)
            reviews = connection.execute(delete(REVIEW).where(REVIEW.c.open == 0, old)).rowcount
    return Retained(texts, claims, reviews)


def rotate(store: SqlStore) -> int:
    """Seal every text with the newest key; return how many were sealed anew. Then the older keys can go.

    Raises:
        StoreError: the store keeps texts readable, or a key is missing.
    """
    keys = store.codec.privacy
    if not isinstance(keys, Keys):
        raise StoreError("the store keeps numbers readable: there are no keys to rotate")

    def sealed(column: str) -> Rewrite:
        def rewrite(row: Any) -> dict[str, Any] | None:  # noqa: ANN401
            data = bytes(getattr(row, column))
            if keys.is_newest(data):
                return None
            return {column: keys.seal(row.recipient, keys.unseal(row.recipient, data))}

        return rewrite

    blobs = ((STATE, "texts"), (AUDIT, "texts"), (OUTBOX, "effect"), (REVIEW, "review"))
    return sum(_rewrite(store, table, sealed(column)) for table, column in blobs)


def _require_nothing_waits(connection: Connection, token: str) -> None:
    waiting = select(func.count()).select_from(OUTBOX).where(OUTBOX.c.recipient == token)
    if connection.execute(waiting).scalar_one():
        raise StoreError("effects of this person wait in the outbox: work these off first")
    waiting = (
        select(func.count())
        .select_from(REVIEW)
        .where(REVIEW.c.recipient == token, REVIEW.c.open == 1)
    )
    if connection.execute(waiting).scalar_one():
        raise StoreError("a review of this person is open: decide it first")


def _erase_states(store: SqlStore, connection: Connection, token: str) -> int:
    count = 0
    for row in connection.execute(select(STATE).where(STATE.c.recipient == token)).all():
        with reading(f"the state of `{token}` ({row.scope} {row.channels})"):
            count_of_texts = len(json.loads(store.codec.privacy.unseal(token, bytes(row.texts))))
        _put(connection, STATE, row, {"texts": _sealed(store, token, [None] * count_of_texts)})
        count += 1
    return count


def _erase_records(store: SqlStore, connection: Connection, recipient: str) -> int:
    token = store.codec.privacy.token(recipient)
    about = select(ABOUT.c.number).where(ABOUT.c.recipient == token)
    own = select(AUDIT).where(AUDIT.c.recipient == token)
    others = select(AUDIT).where(AUDIT.c.recipient == "", AUDIT.c.number.in_(about))
    count = 0
    for row in (*connection.execute(own).all(), *connection.execute(others).all()):
        with reading(f"the record {row.number} (event `{row.event}`)"):
            entries = store.codec.entries(row.recipient, bytes(row.texts))
            numbers = texts_about(
                json.loads(row.facts),
                reader(entries, {token: recipient}, store.codec.privacy.stand_in),
                recipient,
            )
        if row.recipient == token:
            numbers = set(range(len(entries)))
        new = erase(entries, numbers, token)
        _put(connection, AUDIT, row, {"texts": _sealed(store, row.recipient, new)})
        count += 1
    return count


def _without_old_texts(store: SqlStore, before: int) -> Rewrite:
    def rewrite(row: Any) -> dict[str, Any] | None:  # noqa: ANN401
        if row.at >= before or not row.recipient:
            return None
        with reading(f"the record {row.number} (event `{row.event}`)"):
            entries = store.codec.entries(row.recipient, bytes(row.texts))
            texts = reader(entries)
            columns = Columns(row.event, row.at, row.source, row.outcome, row.batch)
            read_record(columns, json.loads(row.facts), texts)
        new = erase(entries, texts.asked - texts.people, row.recipient)
        return None if new == entries else {"texts": _sealed(store, row.recipient, new)}

    return rewrite


def _without_old_marks(store: SqlStore, before: datetime) -> Rewrite:
    def rewrite(row: Any) -> dict[str, Any] | None:  # noqa: ANN401
        state = store.codec.state((row.recipient, row.scope, row.channels, row.facts, row.texts))
        new: ConsentState = replace(state, marks=state.marks.without_texts(before))
        if new == state:
            return None
        cells = store.codec.state_row(new)
        return {each: cells[each] for each in ("out", "facts", "texts")}

    return rewrite


def _rewrite(store: SqlStore, table: Table, rewrite: Rewrite) -> int:
    """Rewrite the rows of a table, some at a time; return how many changed."""
    key = _key(table)
    last: Sequence[Any] | None = None
    count = 0
    while True:
        query = select(table).order_by(*key).limit(_ROWS).with_for_update()
        if last is not None:
            query = query.where(tuple_(*key) > tuple_(*last))
        with _transaction(store) as connection:
            rows = connection.execute(query).all()
            for row in rows:
                cells = rewrite(row)
                if cells is not None:
                    _put(connection, table, row, cells)
                    count += 1
        if not rows:
            return count
        last = [getattr(rows[-1], each.name) for each in key]


def _key(table: Table) -> list[Any]:
    if table is AUDIT:
        return [AUDIT.c.recipient, AUDIT.c.number]
    return [OUTBOX.c.number] if table is OUTBOX else list(table.primary_key.columns)


def _put(connection: Connection, table: Table, row: Any, cells: dict[str, Any]) -> None:  # noqa: ANN401
    key = _key(table)
    where = [each == bindparam(f"old_{each.name}") for each in key]
    old = {f"old_{each.name}": getattr(row, each.name) for each in key}
    connection.execute(update(table).where(*where).values(**cells), old)


def _sealed(store: SqlStore, token: str, texts: object) -> bytes:
    return store.codec.privacy.seal(token, dump(texts))


@contextmanager
def _transaction(store: SqlStore) -> Iterator[Connection]:
    with store.database.translated(), store.database.engine.connect() as connection:
        connection.exec_driver_sql(store.statements.begin.text)
        yield connection
        connection.exec_driver_sql("COMMIT")
