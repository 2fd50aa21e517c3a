"""Functions of SQL for DuckDB (docs/batch.md); needs the extra `duckdb`.

import duckdb
import optoutlang.duckdb

connection = duckdb.connect()
optoutlang.duckdb.register(connection, "rules.optoutc")
connection.sql("SELECT optout_action(body, country), count(*) FROM 'inbound.parquet' GROUP BY ALL")
"""

from __future__ import annotations

from optoutlang.runtime.terms.extra import needs_extra

with needs_extra("duckdb", "DuckDB"):
    from optoutlang.runtime.batch.duckdb import register

__all__ = [
    "register",
]
