"""The statements of the delivery queue, for SQLite and PostgreSQL.

The queue stands beside the outbox of the consent store, in the same database:
the outbox says what there is to deliver, the queue how far that is.
"""

from __future__ import annotations

from dataclasses import dataclass

from optoutlang.consent.stores.sql.statements import Statement

LOCK = 0x0970_0C12
"""The advisory lock of PostgreSQL under which one process at a time looks for work (SQLite has one writer anyhow)."""

TABLE = """
CREATE TABLE IF NOT EXISTS gateway_delivery (
    number {integer} PRIMARY KEY, recipient TEXT NOT NULL, lane INTEGER NOT NULL,
    attempts INTEGER NOT NULL DEFAULT 0, due BIGINT NOT NULL, lease BIGINT NOT NULL DEFAULT 0,
    dead INTEGER NOT NULL DEFAULT 0, error TEXT NOT NULL DEFAULT ''
);
CREATE INDEX IF NOT EXISTS gateway_delivery_line ON gateway_delivery (recipient, lane, number);
CREATE INDEX IF NOT EXISTS gateway_delivery_due ON gateway_delivery (dead, due, number);
CREATE INDEX IF NOT EXISTS gateway_outbox_event ON consent_outbox (event)
"""
"""`due` and `lease` are microseconds since 1970; `lease` is until when somebody is at it, 0 if nobody is."""

_NEW = """
SELECT o.number, o.recipient, o.event, o.effect FROM consent_outbox AS o
WHERE o.number > {after} AND NOT EXISTS (SELECT 1 FROM gateway_delivery AS d WHERE d.number = o.number)
ORDER BY o.number LIMIT {most}
"""
_ADMIT = """
INSERT INTO gateway_delivery (number, recipient, lane, due) VALUES ({number}, {recipient}, {lane}, {due})
"""
_READY = """
SELECT o.number, o.recipient, o.event, o.effect, d.attempts, d.lease
FROM gateway_delivery AS d JOIN consent_outbox AS o ON o.number = d.number
WHERE d.dead = 0 AND d.due <= {now} AND d.lease <= {now} AND NOT EXISTS (
    SELECT 1 FROM gateway_delivery AS e
    WHERE e.recipient = d.recipient AND e.lane = d.lane AND e.number < d.number AND e.dead = 0
)
ORDER BY d.due, d.number LIMIT {most}
"""
_LEASE = """
UPDATE gateway_delivery SET lease = {until}, attempts = attempts + 1 WHERE number {within}
"""
_AGAIN = """
UPDATE gateway_delivery SET lease = 0, due = {due}, error = {error} WHERE number = {number}
"""
_DEAD = """
UPDATE gateway_delivery SET lease = 0, dead = 1, error = {error} WHERE number = {number}
"""
_REPLAY = """
UPDATE gateway_delivery SET dead = 0, attempts = 0, due = 0 WHERE dead = 1 AND number {within}
"""
_LETTERS = """
SELECT o.number, o.recipient, o.event, o.effect, d.attempts, d.error
FROM gateway_delivery AS d JOIN consent_outbox AS o ON o.number = d.number
WHERE d.dead = 1 AND d.number > {after} ORDER BY d.number LIMIT {most}
"""
_OF_EVENTS = """
SELECT o.number, o.recipient, o.event, o.effect FROM consent_outbox AS o
WHERE o.event {within} AND NOT EXISTS (
    SELECT 1 FROM gateway_delivery AS d WHERE d.number = o.number AND (d.lease > 0 OR d.dead = 1)
)
"""
_COUNTS = """
SELECT (SELECT count(*) FROM consent_outbox), (SELECT count(*) FROM gateway_delivery WHERE dead = 1)
"""


@dataclass(frozen=True, slots=True)
class QueueStatements:
    """The statements, written for one database."""

    create: tuple[Statement, ...]
    lock: Statement | None
    new: Statement
    admit: Statement
    ready: Statement
    lease: Statement
    again: Statement
    dead: Statement
    replay: Statement
    letters: Statement
    of_events: Statement
    forget_outbox: Statement
    forget_delivery: Statement
    counts: Statement


def queue_statements(*, postgresql: bool) -> QueueStatements:
    """Return the statements for a database."""
    names = (
        "after",
        "most",
        "number",
        "recipient",
        "lane",
        "due",
        "now",
        "until",
        "error",
        "values",
    )
    marks = {each: f"%({each})s" if postgresql else f":{each}" for each in names}
    listed = "= ANY({values})" if postgresql else "IN (SELECT value FROM json_each({values}))"
    within = listed.format(**marks)
    marks["integer"] = "BIGINT" if postgresql else "INTEGER"  # on SQLite that is the row's own id

    def written(text: str) -> Statement:
        return Statement(text.strip().format(**marks, within=within))

    return QueueStatements(
        create=tuple(written(each) for each in TABLE.split(";")),
        lock=Statement(f"SELECT pg_advisory_xact_lock({LOCK})") if postgresql else None,
        new=written(_NEW),
        admit=written(_ADMIT),
        ready=written(_READY),
        lease=written(_LEASE),
        again=written(_AGAIN),
        dead=written(_DEAD),
        replay=written(_REPLAY),
        letters=written(_LETTERS),
        of_events=written(_OF_EVENTS),
        forget_outbox=written("DELETE FROM consent_outbox WHERE number {within}"),
        forget_delivery=written("DELETE FROM gateway_delivery WHERE number {within}"),
        counts=written(_COUNTS),
    )
