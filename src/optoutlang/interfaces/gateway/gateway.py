"""The gateway: store, engine, queue and worker of one process, and how they are started and ended."""

from __future__ import annotations

import asyncio
import os
from collections.abc import Callable, Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from datetime import UTC, datetime
from time import time
from typing import TypeVar

import httpx

from optoutlang import Matcher
from optoutlang.consent.engine.effect import SendReply
from optoutlang.consent.engine.engine import Engine
from optoutlang.consent.engine.event import Event
from optoutlang.consent.engine.identifier import require_identifier
from optoutlang.consent.engine.permission import Permission
from optoutlang.consent.engine.record import AuditRecord, Review
from optoutlang.consent.engine.state import ConsentState
from optoutlang.consent.engine.transition import Transition
from optoutlang.consent.stores.create import create_store
from optoutlang.consent.stores.keys import Keys
from optoutlang.consent.stores.sql.store import SqlStore
from optoutlang.interfaces.gateway.batcher import Batcher
from optoutlang.interfaces.gateway.deliveries.attempt import Attempts
from optoutlang.interfaces.gateway.deliveries.queue import DeadLetter, DeliveryQueue
from optoutlang.interfaces.gateway.deliveries.worker import Worker
from optoutlang.interfaces.gateway.metrics import Metrics
from optoutlang.interfaces.gateway.recorder import Asker, Question, Recorder
from optoutlang.interfaces.gateway.settings.model import Settings
from optoutlang.providers import Provider

T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class RuleSets:
    """The compiled rules that hold now: for services without their own, and for each service with."""

    standard: Matcher
    custom: Mapping[str, Matcher]


class Gateway:
    """What one process has of a gateway. It is used from one event loop; the store's work is done in threads."""

    def __init__(self, settings: Settings, rules: RuleSets, store: SqlStore) -> None:
        self.settings = settings
        self.store = store
        self.clock: Callable[[], datetime] = _now
        self.metrics = Metrics()
        self.rules = rules
        self.engine = make_engine(settings, rules)
        # SQLite has one writer: threads would only wait for each other, and in steps of milliseconds. On PostgreSQL
        # replies are taken beside the next batch; batches side by side were smaller, and cost a third more.
        writers = 4 if store.statements.postgresql else 1
        self._writers = ThreadPoolExecutor(writers, "optout-write")
        self._readers = ThreadPoolExecutor(2, "optout-read")
        self._providers = {each.name: each for each in settings.providers}
        self._asker = Asker(store, self._engine, self._readers)
        self._client = httpx.AsyncClient(follow_redirects=False)
        self._attempts = Attempts(self._client, settings.application, self.provider_of, time)
        self._recorder = Recorder(
            store, self._engine, self._writers, is_wanted=self._attempts.is_wanted
        )
        self.queue = DeliveryQueue(store, self._attempts.due, lease=self._attempts.lease)
        self._taker: Batcher[str, SendReply | None] = Batcher(self._take, self._writers)
        parallel = 16 if settings.application is None else settings.application.parallel
        self._worker = Worker(
            self.queue, self._attempts, self._writers, parallel=parallel, seen=self._delivered
        )
        self._working: asyncio.Task[None] | None = None

    def use(self, rules: RuleSets) -> None:
        """Let other rules hold from the next event on."""
        self.engine, self.rules = make_engine(self.settings, rules), rules

    def provider_of(self, sender: str) -> Provider | None:
        """Return the provider of a sender, or None where it is not ours any more."""
        return self._providers.get(self.settings.provider_of.get(sender, ""))

    async def record(self, event: Event) -> Transition | None:
        """Record an event, as `Ledger.record` does, and let the worker know if there is something to deliver.

        Who stops waiting takes nothing back: the event is recorded with its batch.
        """
        try:
            transition = await self._recorder.record(event)
        except asyncio.CancelledError:
            self._worker.wake()  # there may be something by then; else it looks by itself, a little later
            raise
        kind = type(event).__name__
        if transition is None:
            self.metrics.events.labels(kind, "duplicate").inc()
            return None
        outcome = "none" if transition.record is None else transition.record.outcome.value
        self.metrics.events.labels(kind, outcome).inc()
        if transition.effects and self.settings.application is not None:
            self._worker.wake()
        return transition

    async def ask(self, questions: Sequence[Question]) -> list[Permission]:
        """Return for each question whether the recipient may be texted, as `Ledger.may_send` does."""
        return await self._asker.ask(questions)

    async def take_reply(self, event: str) -> SendReply | None:
        """Return the reply to an event (its key) that nobody has sent, and see to it that nobody else does."""
        return await self._taker(event)

    async def known_of(
        self, recipient: str
    ) -> tuple[tuple[ConsentState, ...], tuple[AuditRecord, ...]]:
        """Return the rows of a recipient, and the history."""
        return await self._read(
            lambda: (self.store.states(recipient), self.store.history(recipient))
        )

    async def reviews(self, limit: int, after: str | None) -> tuple[Review, ...]:
        """Return what waits for a person.

        Raises:
            IdentifierError: `after` is no key of an event.
        """
        require_identifier(after or "", "`after`")
        return await self._read(lambda: self.store.reviews(limit=limit, after=after))

    async def dead_letters(self, limit: int, after: int) -> list[DeadLetter]:
        """Return what nobody tries to deliver any more, from behind a number."""
        return await self._read(lambda: self.queue.dead_letters(limit=limit, after=after))

    async def replay(self, numbers: Sequence[int]) -> None:
        """Deliver dead letters again.

        Raises:
            StoreError: the store cannot do it; nothing has changed.
        """
        loop = asyncio.get_running_loop()
        await loop.run_in_executor(self._writers, self.queue.replay, numbers)
        self._worker.wake()

    async def count(self) -> tuple[int, int]:
        """Return how many effects are in the outbox, and how many are dead letters; bring the counters up to date.

        It shows whether the store can be used.

        Raises:
            StoreError: it cannot.
        """
        waiting, dead = await self._read(self.queue.counts)
        self.metrics.waiting.set(waiting)
        self.metrics.dead.set(dead)
        return waiting, dead

    async def _read(self, work: Callable[[], T]) -> T:
        return await asyncio.get_running_loop().run_in_executor(self._readers, work)

    def start(self) -> None:
        """Begin to deliver."""
        self._working = asyncio.get_running_loop().create_task(self._worker.run())

    async def close(self) -> None:
        """Finish what is under way, and close the store."""
        await self._recorder.drain()
        self._worker.stop()
        if self._working is not None:
            await self._working
        await self._client.aclose()
        self._writers.shutdown()
        self._readers.shutdown()
        self.store.close()

    def _engine(self) -> Engine:
        return self.engine

    def _take(self, events: Sequence[str]) -> list[SendReply | Exception | None]:
        found = self.queue.take_replies(list(dict.fromkeys(events)))
        return [found.pop(each, None) for each in events]

    def _delivered(self, result: str) -> None:
        self.metrics.deliveries.labels(result).inc()


def _now() -> datetime:
    return datetime.now(UTC)


def make_engine(settings: Settings, rules: RuleSets) -> Engine:
    """Return the engine of an account under rules."""
    return Engine(settings.account, standard=rules.standard, rulesets=rules.custom)


def open_gateway(settings: Settings, rules: RuleSets) -> Gateway:
    """Make or open the store, and return the gateway on it.

    Raises:
        StoreError: the store cannot be used.
    """
    store = create_store(settings.store, privacy=Keys.from_environment(os.environ))
    gateway = Gateway(settings, rules, store)
    gateway.queue.create()
    return gateway
