"""The first schema.

On PostgreSQL the tables that grow with the recipients are partitioned by the
hash of the recipient, claims by that of the event, so that partitions can go
to tablespaces or foreign servers of their own. The outbox and the reviews
hold only what waits, and stay whole.
"""

from __future__ import annotations

from alembic import op

revision = "0001"
down_revision = None
branch_labels = None
depends_on = None

PARTITIONS = 16
SHARDS = 256

SQLITE = """
CREATE TABLE consent_meta (name TEXT PRIMARY KEY, value TEXT NOT NULL) WITHOUT ROWID;
CREATE TABLE consent_state (
    recipient TEXT NOT NULL, scope TEXT NOT NULL, channels TEXT NOT NULL,
    out INTEGER NOT NULL, facts TEXT NOT NULL, texts BLOB NOT NULL,
    PRIMARY KEY (recipient, scope, channels)
) WITHOUT ROWID;
CREATE TABLE consent_audit (
    number INTEGER PRIMARY KEY AUTOINCREMENT, recipient TEXT NOT NULL,
    shard INTEGER NOT NULL, position INTEGER NOT NULL, previous BLOB NOT NULL,
    event TEXT NOT NULL, at INTEGER NOT NULL, source TEXT NOT NULL, outcome TEXT NOT NULL,
    batch TEXT, facts TEXT NOT NULL, texts BLOB NOT NULL
);
CREATE INDEX consent_audit_recipient ON consent_audit (recipient);
CREATE TABLE consent_about (
    recipient TEXT NOT NULL, number INTEGER NOT NULL, PRIMARY KEY (recipient, number)
) WITHOUT ROWID;
CREATE TABLE consent_head (shard INTEGER PRIMARY KEY, records INTEGER NOT NULL, hash BLOB NOT NULL);
CREATE TABLE consent_claim (
    event TEXT PRIMARY KEY, recipient TEXT NOT NULL, at INTEGER NOT NULL
) WITHOUT ROWID;
CREATE TABLE consent_outbox (
    number INTEGER PRIMARY KEY AUTOINCREMENT, recipient TEXT NOT NULL,
    event TEXT NOT NULL, effect BLOB NOT NULL
);
CREATE TABLE consent_review (
    event TEXT PRIMARY KEY, recipient TEXT NOT NULL, at INTEGER NOT NULL,
    open INTEGER NOT NULL, review BLOB NOT NULL
) WITHOUT ROWID;
CREATE TABLE consent_import (
    batch TEXT PRIMARY KEY, file TEXT NOT NULL, rows INTEGER NOT NULL,
    accepted INTEGER NOT NULL, rejected INTEGER NOT NULL, finished INTEGER NOT NULL
) WITHOUT ROWID;
"""

POSTGRESQL = """
CREATE TABLE consent_meta (name TEXT PRIMARY KEY, value TEXT NOT NULL);
CREATE TABLE consent_state (
    recipient TEXT NOT NULL, scope TEXT NOT NULL, channels TEXT NOT NULL,
    out INTEGER NOT NULL, facts TEXT NOT NULL, texts BYTEA NOT NULL,
    PRIMARY KEY (recipient, scope, channels)
) PARTITION BY HASH (recipient);
CREATE SEQUENCE consent_audit_number AS BIGINT;
CREATE TABLE consent_audit (
    number BIGINT NOT NULL DEFAULT nextval('consent_audit_number'), recipient TEXT NOT NULL,
    shard INTEGER NOT NULL, position BIGINT NOT NULL, previous BYTEA NOT NULL,
    event TEXT NOT NULL, at BIGINT NOT NULL, source TEXT NOT NULL, outcome TEXT NOT NULL,
    batch TEXT, facts TEXT NOT NULL, texts BYTEA NOT NULL,
    PRIMARY KEY (recipient, number)
) PARTITION BY HASH (recipient);
CREATE TABLE consent_about (
    recipient TEXT NOT NULL, number BIGINT NOT NULL, PRIMARY KEY (recipient, number)
);
CREATE TABLE consent_head (
    shard INTEGER PRIMARY KEY, records BIGINT NOT NULL, hash BYTEA NOT NULL
) WITH (fillfactor = 50);
CREATE TABLE consent_claim (
    event TEXT PRIMARY KEY, recipient TEXT NOT NULL, at BIGINT NOT NULL
) PARTITION BY HASH (event);
CREATE TABLE consent_outbox (
    number BIGINT GENERATED ALWAYS AS IDENTITY PRIMARY KEY, recipient TEXT NOT NULL,
    event TEXT NOT NULL, effect BYTEA NOT NULL
);
CREATE TABLE consent_review (
    event TEXT COLLATE "C" PRIMARY KEY, recipient TEXT NOT NULL, at BIGINT NOT NULL,
    open INTEGER NOT NULL, review BYTEA NOT NULL
);
CREATE TABLE consent_import (
    batch TEXT PRIMARY KEY, file TEXT NOT NULL, rows BIGINT NOT NULL,
    accepted BIGINT NOT NULL, rejected BIGINT NOT NULL, finished INTEGER NOT NULL
);
"""

BOTH = """
CREATE INDEX consent_audit_batch ON consent_audit (batch) WHERE batch IS NOT NULL;
CREATE INDEX consent_audit_provider ON consent_audit (at) WHERE source = 'provider' AND outcome = 'changed';
CREATE INDEX consent_review_open ON consent_review (event) WHERE open = 1;
"""


def upgrade() -> None:
    """Make the tables, and the heads of empty chains."""
    is_postgresql = op.get_bind().dialect.name == "postgresql"
    for statement in ((POSTGRESQL if is_postgresql else SQLITE) + BOTH).split(";"):
        if statement.strip():
            op.execute(statement)
    if is_postgresql:
        for name in ("state", "audit", "claim"):
            for part in range(PARTITIONS):
                op.execute(
                    f"CREATE TABLE consent_{name}_{part:02} PARTITION OF consent_{name} "
                    f"FOR VALUES WITH (MODULUS {PARTITIONS}, REMAINDER {part})"
                )
    empty = "''::bytea" if is_postgresql else "x''"
    rows = ", ".join(f"({shard}, 0, {empty})" for shard in range(SHARDS + 1))
    op.execute(f"INSERT INTO consent_head (shard, records, hash) VALUES {rows}")  # noqa: S608 - numbers


def downgrade() -> None:
    """Refuse: a store is not thrown away by a migration."""
    raise NotImplementedError("the first schema has none before it")
