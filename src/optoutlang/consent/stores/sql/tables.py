"""The tables, as queries see them. The migrations make them, with what each database has for it."""

from __future__ import annotations

from sqlalchemy import BigInteger, Column, Integer, LargeBinary, MetaData, Table, Text

metadata = MetaData()

META = Table(
    "consent_meta", metadata, Column("name", Text, primary_key=True), Column("value", Text)
)
"""What holds for the store as a whole: how it keeps numbers."""

STATE = Table(
    "consent_state",
    metadata,
    Column("recipient", Text, primary_key=True),
    Column("scope", Text, primary_key=True),
    Column("channels", Text, primary_key=True),
    Column("out", Integer, nullable=False),
    Column("facts", Text, nullable=False),
    Column("texts", LargeBinary, nullable=False),
)
"""One row for each `Key`; `out` says that it is opted out whatever the time, so that nobody has to look closer."""

AUDIT = Table(
    "consent_audit",
    metadata,
    Column("number", BigInteger),
    Column("recipient", Text),
    Column("shard", Integer, nullable=False),
    Column("position", BigInteger, nullable=False),
    Column("previous", LargeBinary, nullable=False),
    Column("event", Text, nullable=False),
    Column("at", BigInteger, nullable=False),
    Column("source", Text, nullable=False),
    Column("outcome", Text, nullable=False),
    Column("batch", Text),
    Column("facts", Text, nullable=False),
    Column("texts", LargeBinary, nullable=False),
)
"""The records; `number` rises in the order of commits as far as two records share a recipient."""

ABOUT = Table(
    "consent_about",
    metadata,
    Column("recipient", Text, primary_key=True),
    Column("number", BigInteger, primary_key=True),
)
"""The people whom a record of the account's own chain is about (an undo)."""

HEAD = Table(
    "consent_head",
    metadata,
    Column("shard", Integer, primary_key=True),
    Column("records", BigInteger, nullable=False),
    Column("hash", LargeBinary, nullable=False),
)
"""The end of each hash chain; its row is the lock that who writes to a recipient holds."""

CLAIM = Table(
    "consent_claim",
    metadata,
    Column("event", Text, primary_key=True),
    Column("recipient", Text, nullable=False),
    Column("at", BigInteger, nullable=False),
)
"""The keys of all events that were applied; `at` is when, by the clock of who did it, for `retain` alone."""

OUTBOX = Table(
    "consent_outbox",
    metadata,
    Column("number", BigInteger),
    Column("recipient", Text, nullable=False),
    Column("event", Text, nullable=False),
    Column("effect", LargeBinary, nullable=False),
)
"""The effects that are not done yet. Numbers are never used again."""

REVIEW = Table(
    "consent_review",
    metadata,
    Column("event", Text, primary_key=True),
    Column("recipient", Text, nullable=False),
    Column("at", BigInteger, nullable=False),
    Column("open", Integer, nullable=False),
    Column("review", LargeBinary, nullable=False),
)
"""What waits for a person, or did."""

IMPORT = Table(
    "consent_import",
    metadata,
    Column("batch", Text, primary_key=True),
    Column("file", Text, nullable=False),
    Column("rows", BigInteger, nullable=False),
    Column("accepted", BigInteger, nullable=False),
    Column("rejected", BigInteger, nullable=False),
    Column("finished", Integer, nullable=False),
)
"""How far each import came: it commits with the rows."""
