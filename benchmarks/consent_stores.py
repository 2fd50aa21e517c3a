"""The consent stores beside what people write today: one table `opted_out(number)`, on the same database.

    python -m benchmarks.consent_stores [--recipients 100000 1000000 10000000] [--databases sqlite postgresql] [--write]

Both sides use SQLAlchemy, the same server or the same kind of file, and the
same durability (SQLite: WAL and synchronous=FULL; PostgreSQL: its defaults).
They take turns, call by call, and a ratio is that of lower quartiles. The naive
side inserts one row; ours records a message with state, audit record, claim,
outbox and hash chain. Counts are checked: a fast wrong answer ends the run.
`--write` writes docs/consent-figures.md.
"""

from __future__ import annotations

import argparse
import sys
import tempfile
from collections.abc import Callable, Iterator
from contextlib import ExitStack
from dataclasses import dataclass
from pathlib import Path
from statistics import quantiles
from time import perf_counter, process_time

from sqlalchemy import create_engine
from sqlalchemy import event as sqlalchemy_event

import optoutlang
from benchmarks import consent
from benchmarks.consent_filling import (
    AT,
    Naive,
    copy,
    drained,
    number_of,
    people,
    settle,
    table_sizes,
)
from benchmarks.consent_page import Growth, Measured, Pair, page
from optoutlang.consent import (
    Account,
    Channel,
    InboundMessage,
    Ledger,
    Sender,
    SenderKind,
    Service,
)
from optoutlang.consent import (
    Engine as ConsentEngine,
)
from optoutlang.consent.permissions import Permissions
from optoutlang.consent.stores.create import create_store, open_store
from optoutlang.consent.stores.sql.store import SqlStore
from optoutlang.consent.transfer.importing import Target, import_list
from optoutlang.language.packs import pack_path
from tests.consent.stores.server import NoServerError, schema_url, server_url, with_schema

PAGE = Path(__file__).resolve().parents[1] / "docs" / "consent-figures.md"
BATCH = 10_000
EVENTS, QUESTIONS, BATCHES = 300, 2_000, 9
ROUNDS = 9


@dataclass(frozen=True, slots=True)
class Sides:
    """A filled store with its ledger, and a filled table of the naive side."""

    ledger: Ledger
    store: SqlStore
    naive: Naive
    recipients: int


def engine() -> ConsentEngine:
    """Return the engine of one service with one sender."""
    service = Service("X", (Sender("A", SenderKind.LONG_CODE),))
    return ConsentEngine(
        Account(services=(service,)), standard=optoutlang.load(pack_path("standard"))
    )


def measured(
    database: str, location: str, naive: Naive, recipients: int, *, imported: int
) -> Measured:
    """Fill both sides, and measure."""
    store = create_store(location)
    sides = Sides(Ledger(engine(), store), store, naive, recipients)
    imported = min(recipients, imported)
    began = perf_counter()
    target = Target(batch="load", service="X")
    done = import_list(store, sides.ledger.engine, target, people(imported), file="-")
    rate = imported / (perf_counter() - began)
    expect(done.accepted, imported)
    copy(store, imported, recipients)
    drained(store)
    naive.load(recipients)
    settle(store)
    pairs = (*inbound(sides), *questions(sides), *campaigns(sides))
    sizes = {name: size / recipients for name, size in table_sizes(store).items()}
    store.close()
    return Measured(database, recipients, imported, rate, sizes, pairs)


def inbound(sides: Sides) -> Iterator[Pair]:
    """Yield what an inbound message costs; on SQLite also in processor time, as nothing else works for it."""
    yield _inbound(sides, "inbound message", perf_counter, sides.recipients)
    if not sides.store.statements.postgresql:
        first = sides.recipients + EVENTS
        yield _inbound(sides, "inbound message, processor time", process_time, first)


def _inbound(sides: Sides, name: str, clock: Callable[[], float], first: int) -> Pair:
    record, insert = in_turns(
        EVENTS,
        lambda each: sides.ledger.record(message(first + each)),
        lambda each: sides.naive.opt_out(number_of(first + each)),
        clock,
    )
    repeated = sum(sides.ledger.record(message(first + each)) is None for each in range(EVENTS))
    expect(repeated, EVENTS)
    return Pair(name, record, insert, 3.0)


def questions(sides: Sides) -> Iterator[Pair]:
    """Yield what it costs to ask about one."""

    def whom(each: int) -> str:
        return asked(each, sides.recipients)

    ask, select_one = in_turns(
        QUESTIONS,
        lambda each: expect(sides.ledger.may_send(whom(each), "A", at=AT).allowed, each % 2 == 1),
        lambda each: expect(sides.naive.is_out(whom(each)), each % 2 == 0),
    )
    yield Pair("`may_send`", ask, select_one, 1.5)


def campaigns(sides: Sides) -> Iterator[Pair]:
    """Yield what it costs to ask about ten thousand."""
    ledger, naive = sides.ledger, sides.naive
    many = [asked(each, sides.recipients) for each in range(BATCH)]
    people, out = len(set(many)), len(set(many[::2]))
    listed = sides.store.statements.list(many)
    batch, select_many = in_turns(
        BATCHES,
        lambda _: expect(people - len(ledger.who_may_be_sent(many, "A", at=AT)), out),
        lambda _: expect(len(naive.which_are_out(listed)), out),
    )
    yield Pair("`who_may_be_sent`, 10,000", batch, select_many, 2.0)
    allowed, select_many = in_turns(
        BATCHES,
        lambda _: expect(people - len(ledger.may_send_many(many, "A", at=AT).allowed), out),
        lambda _: expect(len(naive.which_are_out(listed)), out),
    )
    yield Pair("`may_send_many`, 10,000", allowed, select_many, 2.0)
    reasons, select_many = in_turns(
        BATCHES,
        lambda _: expect(_causes(ledger.may_send_many(many, "A", at=AT)), out),
        lambda _: expect(len(naive.which_are_out(listed)), out),
    )
    yield Pair("`may_send_many`, and every cause read", reasons, select_many)


def _causes(answers: Permissions) -> int:
    """Return of how many people a cause can be named."""
    return sum(each.cause is not None for each in answers.values())


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
    times: int,
    ours: Callable[[int], object],
    theirs: Callable[[int], object],
    clock: Callable[[], float] = perf_counter,
) -> tuple[float, float]:
    """Return the lower quartiles, in microseconds, of two calls that take turns."""
    spent: tuple[list[float], list[float]] = ([], [])
    for each in range(times):
        for call, list_ in ((ours, spent[0]), (theirs, spent[1])):
            began = clock()
            call(each)
            list_.append((clock() - began) * 1e6)
    return quantiles(spent[0], n=4)[0], quantiles(spent[1], n=4)[0]


def expect(found: object, wanted: object) -> None:
    """End the run on a wrong answer."""
    if found != wanted:
        sys.exit(f"expected {wanted}, found {found}")


def run(
    database: str, recipients: int, url: str | None, folder: Path, *, imported: int
) -> Measured:
    """Measure one database at one size."""
    if database == "sqlite":
        naive = create_engine(f"sqlite:///{folder}/naive-{recipients}.db")

        @sqlalchemy_event.listens_for(naive, "connect")
        def _same(connection: object, _record: object) -> None:
            connection.execute("PRAGMA journal_mode = WAL")  # type: ignore[attr-defined]
            connection.execute("PRAGMA synchronous = FULL")  # type: ignore[attr-defined]

        location = str(folder / f"consent-{recipients}.db")
        return measured(database, location, Naive(naive), recipients, imported=imported)
    assert url is not None  # noqa: S101
    location = with_schema(url, f"bench_{recipients}")
    naive = create_engine(location.replace("postgresql://", "postgresql+psycopg://", 1))
    found = measured(database, location, Naive(naive), recipients, imported=imported)
    naive.dispose()
    return found


def growth(
    database: str, url: str | None, folder: Path, sizes: tuple[int, int], used: int
) -> Growth:
    """Compare two stores that were filled, call by call; `used` is how many messages they have at most."""
    ledgers = []
    for each in sizes:
        location = str(folder / f"consent-{each}.db")
        if database == "postgresql":
            location = schema_url(str(url), f"bench_{each}")
        ledgers.append(Ledger(engine(), open_store(location)))
    small, large = ledgers
    record_large, record_small = in_turns(
        EVENTS,
        lambda each: large.record(message(sizes[1] + used + each)),
        lambda each: small.record(message(sizes[0] + used + each)),
    )
    ask_large, ask_small = in_turns(
        QUESTIONS,
        lambda each: large.may_send(asked(each, sizes[1]), "A", at=AT),
        lambda each: small.may_send(asked(each, sizes[0]), "A", at=AT),
    )
    return Growth(database, *sizes, record_large / record_small, ask_large / ask_small)


def engine_alone() -> float:
    """Return the nanoseconds of processor time of one event without a store: the least of some rounds."""
    day = consent.events(20_000, 50_000)
    standard = consent.Remembered(optoutlang.load(pack_path("standard")))
    own = ConsentEngine(consent.account(), standard=standard)
    expect(consent.counted(own, consent.play(own, day), 20_000), consent.EXPECTED[20_000, 50_000])
    return min(consent.timed(lambda: consent.play(own, day), len(day)) for _ in range(ROUNDS))


def main() -> None:
    """Measure, and print the page."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--recipients", type=int, nargs="+", default=[100_000, 1_000_000])
    parser.add_argument("--databases", nargs="+", default=["sqlite", "postgresql"])
    parser.add_argument("--imported", type=int, default=10_000, help="how many rows to import")
    parser.add_argument("--write", action="store_true", help="write docs/consent-figures.md")
    options = parser.parse_args()
    results: list[Measured] = []
    growths: list[Growth] = []
    alone = engine_alone()
    with ExitStack() as stack:
        folder = stack.enter_context(tempfile.TemporaryDirectory())
        url = None
        if "postgresql" in options.databases:
            try:
                url = stack.enter_context(server_url())
            except NoServerError as error:
                sys.exit(str(error))
        for database in options.databases:
            for recipients in options.recipients:
                done = run(database, recipients, url, Path(folder), imported=options.imported)
                results.append(done)
                print(page(results, growths, alone), flush=True)
            least, *larger = sorted(options.recipients)
            for at, each in enumerate(larger, start=2):
                sizes = least, each
                growths.append(growth(database, url, Path(folder), sizes, at * EVENTS))
                print(page(results, growths, alone), flush=True)
    if options.write:
        PAGE.write_text(page(results, growths, alone), encoding="utf-8")


if __name__ == "__main__":
    main()
