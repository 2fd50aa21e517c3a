"""The two sides of benchmarks/consent_stores.py, filled: our stores, and the one table that people write today."""

# ruff: noqa: S608, ISC004 - statements put together from numbers of our own

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, datetime

from sqlalchemy import Column, Engine, MetaData, Table, Text, any_, bindparam, func, literal, select
from sqlalchemy.dialects import postgresql, sqlite
from sqlalchemy.dialects.postgresql import ARRAY

from optoutlang.consent import Wish
from optoutlang.consent.stores.sql.store import SqlStore
from optoutlang.consent.transfer.reading import Person

AT = datetime(2026, 1, 1, tzinfo=UTC)
OPTED_OUT = Table("opted_out", MetaData(), Column("number", Text, primary_key=True))


class Naive:
    """What people write today."""

    def __init__(self, engine: Engine) -> None:
        self.engine = engine
        insert = postgresql.insert if engine.dialect.name == "postgresql" else sqlite.insert
        self._insert = insert(OPTED_OUT).on_conflict_do_nothing()
        self._select = select(literal(1)).where(OPTED_OUT.c.number == bindparam("number"))
        if engine.dialect.name == "postgresql":
            within = OPTED_OUT.c.number == any_(bindparam("numbers", type_=ARRAY(Text)))
        else:
            values = func.json_each(bindparam("numbers", type_=Text)).table_valued("value")
            within = OPTED_OUT.c.number.in_(select(values.c.value))
        self._batch = select(OPTED_OUT.c.number).where(within)
        OPTED_OUT.create(engine)

    def load(self, recipients: int) -> None:
        """Insert the first numbers, in the database itself."""
        with self.engine.begin() as connection:
            connection.exec_driver_sql(
                f"INSERT INTO opted_out SELECT number FROM ({_numbers(self.engine, 0, recipients)}) AS g"
            )

    def opt_out(self, number: str) -> None:
        """Insert one, and commit."""
        with self.engine.begin() as connection:
            connection.execute(self._insert, {"number": number})

    def is_out(self, number: str) -> bool:
        """Ask about one."""
        with self.engine.connect() as connection:
            return connection.execute(self._select, {"number": number}).first() is not None

    def which_are_out(self, numbers: object) -> set[str]:
        """Ask about many."""
        with self.engine.connect() as connection:
            return set(connection.execute(self._batch, {"numbers": numbers}).scalars())


def number_of(each: int) -> str:
    """Return a number."""
    return f"+1{2_000_000_000 + each * 7}"


def people(count: int) -> Iterator[Person]:
    """Yield who is in the store before anything is measured."""
    for each in range(count):
        yield Person(each, number_of(each), Wish.OPT_OUT, AT)


def _numbers(engine: Engine, start: int, stop: int) -> str:
    """Return a query of numbers, each with its place `n`."""
    if engine.dialect.name == "postgresql":
        return (
            "SELECT n, '+1' || CAST(2000000000 + n * 7 AS TEXT) AS number "
            f"FROM generate_series({start}::bigint, {stop - 1}) AS g(n)"
        )
    return (
        f"WITH RECURSIVE g(n) AS (SELECT {start} UNION ALL SELECT n + 1 FROM g WHERE n < {stop - 1}) "
        "SELECT n, '+1' || CAST(2000000000 + n * 7 AS TEXT) AS number FROM g"
    )


def copy(store: SqlStore, imported: int, recipients: int) -> None:
    """Fill up with copies of an imported row, each under a number of its own: an import of millions takes long."""
    if recipients == imported:
        return
    numbers = _numbers(store.database.engine, imported, recipients)
    one = f"recipient = '{number_of(0)}'"
    with store.database.engine.connect() as connection:
        connection.exec_driver_sql("BEGIN")
        for statement in (
            "INSERT INTO consent_state SELECT number, scope, channels, out, "
            "replace(facts, ':load:0', ':load:' || CAST(n AS TEXT)), texts "
            f"FROM ({numbers}) AS g, consent_state WHERE {one}",
            "INSERT INTO consent_claim SELECT 'consent:load:' || CAST(n AS TEXT), number, at "
            f"FROM ({numbers}) AS g, (SELECT at FROM consent_claim WHERE event = 'consent:load:0') AS c",
            "INSERT INTO consent_audit (recipient, shard, position, previous, event, at, source, outcome, "
            "batch, facts, texts) SELECT g.number, 1, n, previous, 'consent:load:' || CAST(n AS TEXT), at, source, "
            "outcome, batch, "
            "replace(facts, ':load:0', ':load:' || CAST(n AS TEXT)), texts "
            f"FROM ({numbers}) AS g, (SELECT * FROM consent_audit WHERE {one}) AS a",
        ):
            connection.exec_driver_sql(statement)
        connection.exec_driver_sql("COMMIT")


def drained(store: SqlStore) -> None:
    """Work off the outbox, so that sizes are of what stays."""
    while items := store.outbox(limit=10_000):
        store.done([each.number for each in items])


def settle(store: SqlStore) -> None:
    """Let the database do what it puts off, so that it does not do it while we measure."""
    with store.database.engine.connect() as connection:
        if store.statements.postgresql:
            connection.exec_driver_sql("VACUUM ANALYZE")
            connection.exec_driver_sql("CHECKPOINT")
        else:
            connection.exec_driver_sql("PRAGMA wal_checkpoint(TRUNCATE)")


def table_sizes(store: SqlStore) -> dict[str, float]:
    """Return the bytes of each table with its indexes."""
    with store.database.engine.connect() as connection:
        if store.statements.postgresql:
            query = (
                "SELECT regexp_replace(relname, '_[0-9]+$', ''), sum(pg_total_relation_size(oid)) "
                "FROM pg_class WHERE relkind = 'r' AND relnamespace = current_schema()::regnamespace "
                "AND relname LIKE 'consent_%%' GROUP BY 1"
            )
        else:
            query = (
                "SELECT m.tbl_name, sum(s.pgsize) FROM dbstat s JOIN sqlite_master m ON m.name = s.name "
                "WHERE m.tbl_name LIKE 'consent_%' GROUP BY 1"
            )
        try:
            rows = [tuple(row) for row in connection.exec_driver_sql(query)]
        except Exception:  # noqa: BLE001 - a build of SQLite without dbstat
            [size] = connection.exec_driver_sql("PRAGMA page_count").one()
            rows = [("all", size * 4096)]
    return {name.removeprefix("consent_"): float(size) for name, size in rows}
