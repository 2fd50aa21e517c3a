"""Empties a store: quicker than to make its tables again for every test."""

from __future__ import annotations

from optoutlang.consent.stores.chain import SHARDS
from optoutlang.consent.stores.sql.store import SqlStore

_TABLES = ("state", "audit", "about", "claim", "outbox", "review", "import")


def empty(store: SqlStore) -> None:
    """Take everything out of a store."""
    with store.database.engine.connect() as connection:
        connection.exec_driver_sql("BEGIN")
        for name in _TABLES:
            connection.exec_driver_sql(f"DELETE FROM consent_{name}")  # noqa: S608 - the names above
        nothing = "''::bytea" if store.statements.postgresql else "x''"
        connection.exec_driver_sql("DELETE FROM consent_head")
        rows = ", ".join(f"({shard}, 0, {nothing})" for shard in range(SHARDS + 1))
        connection.exec_driver_sql(f"INSERT INTO consent_head VALUES {rows}")  # noqa: S608 - numbers
        connection.exec_driver_sql("COMMIT")
