"""The worker: takes what is ready off the queue, delivers it, and writes down how it went."""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from concurrent.futures import Executor
from contextlib import suppress

import structlog

from optoutlang.consent.stores.port import StoreError
from optoutlang.interfaces.gateway.deliveries.attempt import Attempts
from optoutlang.interfaces.gateway.deliveries.delivery import (
    Again,
    Dead,
    Delivery,
    Done,
    Result,
    lane_of,
)
from optoutlang.interfaces.gateway.deliveries.queue import DeliveryQueue

IDLE_SECONDS = 0.5
"""How often the queue is looked at when nothing wakes the worker: for other processes' work, and what comes due."""

_LOG = structlog.get_logger("optoutlang.deliveries")


class Worker:
    """Delivers effects, so many at a time. Several workers, in processes of their own, share one queue."""

    def __init__(
        self,
        queue: DeliveryQueue,
        attempts: Attempts,
        executor: Executor,
        *,
        parallel: int = 16,
        seen: Callable[[str], None] = lambda _: None,
    ) -> None:
        """Make a worker; `seen` is told the outcome of each attempt: `done`, `again` or `dead`."""
        self._queue = queue
        self._attempts = attempts
        self._executor = executor
        self._parallel = parallel
        self._seen = seen
        self._wake = asyncio.Event()
        self._results: list[Result] = []
        self._running: set[asyncio.Task[None]] = set()
        self._stops = False

    def wake(self) -> None:
        """Look at the queue now."""
        self._wake.set()

    async def run(self) -> None:
        """Work until `stop`; then finish what is under way."""
        while not (self._stops and not self._running):
            self._wake.clear()
            found = await self._cycle()
            for each in found:
                task = asyncio.create_task(self._deliver(each))
                self._running.add(task)
                task.add_done_callback(self._running.discard)
            if not self._results and (not found or len(self._running) >= self._parallel):
                await self._sleep()
        await self._cycle()

    def stop(self) -> None:
        """Take no more work."""
        self._stops = True
        self.wake()

    async def _cycle(self) -> list[Delivery]:
        results, self._results = self._results, []
        most = 0 if self._stops else self._parallel - len(self._running)
        if not results and not most:
            return []
        now = int(self._attempts.clock() * 1_000_000)
        loop = asyncio.get_running_loop()
        try:
            return await loop.run_in_executor(self._executor, self._queue.cycle, results, now, most)
        except StoreError as error:
            # What was delivered is written down at the next cycle, or delivered again with the same key.
            self._results = results + self._results
            _LOG.error("the queue cannot be used", error=str(error))
            await asyncio.sleep(IDLE_SECONDS)
            return []

    async def _deliver(self, delivery: Delivery) -> None:
        try:
            result = await self._attempts.make(delivery)
        except Exception as error:  # noqa: BLE001 - one poisoned effect must not stop the others
            _LOG.exception("an effect cannot be delivered", number=delivery.number)
            result = Dead(delivery.number, f"{type(error).__name__}: {error}"[:200])
        self._note(delivery, result)
        self._results.append(result)
        self._wake.set()

    def _note(self, delivery: Delivery, result: Result) -> None:
        lane = lane_of(delivery.effect).name.lower()
        match result:
            case Done():
                self._seen("done")
                _LOG.debug("delivered", number=result.number, lane=lane, attempts=delivery.attempts)
            case Again():
                self._seen("again")
                _LOG.warning("not delivered", number=result.number, lane=lane, error=result.error)
            case Dead():
                self._seen("dead")
                _LOG.error("dead letter", number=result.number, lane=lane, error=result.error)

    async def _sleep(self) -> None:
        with suppress(TimeoutError):
            async with asyncio.timeout(IDLE_SECONDS):
                await self._wake.wait()
