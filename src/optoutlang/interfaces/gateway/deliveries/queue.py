"""The delivery queue: which effects of the outbox may be delivered now, and how the attempts went.

An effect stays in the outbox until it is delivered. Beside it stands how
often it was tried, when it is due, and who is at it until when. Who is at an
effect has it for a lease; if that process dies, another takes over after
that. Several processes share the work: one at a time looks for some.

Effects of one recipient in one lane go one after the other, in the order of
their commits: the next one is ready when the one before is delivered or dead.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from datetime import timedelta
from typing import Any, TypeVar

from optoutlang.consent.engine.effect import Effect, SendReply
from optoutlang.consent.stores.port import OutboxItem
from optoutlang.consent.stores.sql.session import Call, Parameters, Rows, Session
from optoutlang.consent.stores.sql.store import SqlStore, with_retries
from optoutlang.interfaces.gateway.deliveries.delivery import (
    Again,
    Dead,
    Delivery,
    Done,
    Result,
    lane_of,
)
from optoutlang.interfaces.gateway.deliveries.statements import queue_statements

T = TypeVar("T")
Row = tuple[Any, ...]  # as a driver gives it
LEASE = timedelta(seconds=75)
"""Longer than any attempt may take (settings: 60 seconds)."""
_AT_ONCE = 500
_RESCAN = 60_000_000
"""After how many microseconds everything is looked at again: a commit may come later than its number."""


@dataclass(frozen=True, slots=True)
class DeadLetter:
    """An effect that nobody tries to deliver any more, and the last error."""

    number: int
    event: str
    effect: Effect
    attempts: int
    error: str


class DeliveryQueue:
    """The queue of one store. Its methods wait for the database: call them in a thread.

    `due` says from when on an effect may be delivered, in microseconds since
    1970, given the present time; None: nobody wants it.
    """

    def __init__(
        self,
        store: SqlStore,
        due: Callable[[Effect, int], int | None] = lambda _, now: now,
        *,
        lease: timedelta = LEASE,
    ) -> None:
        self._store = store
        self._due = due
        self._lease = int(lease.total_seconds() * 1_000_000)
        self._sql = queue_statements(postgresql=store.statements.postgresql)
        self._items: dict[int, OutboxItem] = {}  # those that this process has just read
        self._seen = self._mark = self._after = 0
        self._scanned = 0

    def create(self) -> None:
        """Make the table of the queue, if it is not there.

        Raises:
            StoreError: the database cannot do it.
        """
        self._write(lambda session: session.run(*[(each, {}) for each in self._sql.create]))

    def cycle(self, results: Iterable[Result], now: int, most: int) -> list[Delivery]:
        """Write how attempts went, and return at most so many effects to deliver; one commit for all.

        Raises:
            StoreError: the database cannot do it; nothing has changed.
        """
        settled = tuple(results)
        return self._write(lambda session: self._cycle(session, settled, now, most))

    def take_replies(self, events: Sequence[str]) -> dict[str, SendReply]:
        """Take the replies of some events (their keys) out of the outbox; each comes to one caller only.

        Raises:
            StoreError: the database cannot do it; nothing has changed.
        """
        return with_retries(self._store.database, lambda session: self._take(session, events))

    def dead_letters(self, *, limit: int = 100, after: int = 0) -> list[DeadLetter]:
        """Return the dead letters in the order of their numbers, from behind `after`."""
        call: Call = (self._sql.letters, {"after": after, "most": limit})
        [rows] = with_retries(self._store.database, lambda session: session.run(call))
        return [self._letter(each) for each in rows]

    def replay(self, numbers: Sequence[int]) -> None:
        """Try dead letters again, as if they were new."""
        call: Call = (self._sql.replay, {"values": self._store.statements.list(list(numbers))})
        self._write(lambda session: session.run(call))

    def drop(self, numbers: Sequence[int]) -> None:
        """Take effects out of the outbox without delivering them."""
        self._write(lambda session: session.run(*self._forget(list(numbers))))

    def counts(self) -> tuple[int, int]:
        """Return how many effects are in the outbox, and how many of them are dead letters."""
        call: Call = (self._sql.counts, {})
        [[row]] = with_retries(self._store.database, lambda session: session.run(call))
        return int(row[0]), int(row[1])

    def _write(self, work: Callable[[Session], T]) -> T:
        def transaction(session: Session) -> T:
            session.run(*self._begin())
            found = work(session)
            session.run((self._store.statements.commit, {}))
            return found

        return with_retries(self._store.database, transaction)

    def _cycle(
        self, session: Session, results: Sequence[Result], now: int, most: int
    ) -> list[Delivery]:
        self._settle(session, results)
        if not most:
            return []
        self._items.clear()
        self._admit(session, now)
        [rows] = session.run((self._sql.ready, {"now": now, "most": most}))
        found = [self._delivery(each) for each in rows]
        if found:
            numbers = self._store.statements.list([each.number for each in found])
            session.run((self._sql.lease, {"until": now + self._lease, "values": numbers}))
        return found

    def _settle(self, session: Session, results: Sequence[Result]) -> None:
        done = [each.number for each in results if isinstance(each, Done)]
        calls: list[Call] = self._forget(done) if done else []
        for each in results:
            if isinstance(each, Again):
                again = {"number": each.number, "due": each.due, "error": each.error}
                calls.append((self._sql.again, again))
            elif isinstance(each, Dead):
                calls.append((self._sql.dead, {"number": each.number, "error": each.error}))
        if calls:
            session.run(*calls)

    def _admit(self, session: Session, now: int) -> None:
        """Give every effect that is new its place in the queue, and drop what nobody wants.

        Numbers rise, but on PostgreSQL a commit may come later than one with a
        higher number: what lies behind is looked at again after a minute.
        """
        if now - self._scanned >= _RESCAN:
            self._after, self._mark, self._scanned = self._mark, self._seen, now
        after = self._after if self._store.statements.postgresql else self._seen
        rows: Rows = []
        while not rows or len(rows) == _AT_ONCE:
            [rows] = session.run((self._sql.new, {"after": after, "most": _AT_ONCE}))
            if not rows:
                return
            self._place(session, rows, now)
            after = max(after, rows[-1][0])
            self._seen = max(self._seen, after)

    def _place(self, session: Session, rows: Rows, now: int) -> None:
        unwanted: list[int] = []
        places: list[Parameters] = []
        for row in rows:
            number, recipient, _, _ = row
            item = self._store.codec.item(row)
            due = self._due(item.effect, now)
            if due is None:
                unwanted.append(number)
                continue
            self._items[number] = item
            lane = int(lane_of(item.effect))
            places.append({"number": number, "recipient": recipient, "lane": lane, "due": due})
        calls: list[Call] = self._forget(unwanted) if unwanted else []
        if places:
            calls.append((self._sql.admit, places))
        session.run(*calls)

    def _take(self, session: Session, events: Sequence[str]) -> dict[str, SendReply]:
        """Take replies in two round trips: a person waits."""
        listed = {"values": self._store.statements.list(list(events))}
        *_, rows = session.run(*self._begin(), (self._sql.of_events, listed))
        items = [self._store.codec.item(each) for each in rows]
        replies = {each.event: each for each in items if isinstance(each.effect, SendReply)}
        gone = self._forget([each.number for each in replies.values()]) if replies else []
        session.run(*gone, (self._store.statements.commit, {}))
        return {
            event: item.effect
            for event, item in replies.items()
            if isinstance(item.effect, SendReply)
        }

    def _begin(self) -> list[Call]:
        locks: list[Call] = [] if self._sql.lock is None else [(self._sql.lock, {})]
        return [(self._store.statements.begin, {}), *locks]

    def _forget(self, numbers: list[int]) -> list[Call]:
        listed = {"values": self._store.statements.list(numbers)}
        return [(self._sql.forget_outbox, listed), (self._sql.forget_delivery, listed)]

    def _delivery(self, row: Row) -> Delivery:
        item = self._items.pop(row[0], None) or self._store.codec.item(row[:4])
        return Delivery(item.number, item.event, item.effect, row[4] + 1, is_unclear=row[5] > 0)

    def _letter(self, row: Row) -> DeadLetter:
        item = self._store.codec.item(row[:4])
        return DeadLetter(item.number, item.event, item.effect, row[4], row[5])
