"""Work that waits together is done together: one trip to the database for all of it.

While a trip is under way, whatever comes waits for the next one. A single
caller waits for nobody, and a hundred share one commit.
"""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Sequence
from concurrent.futures import Executor
from typing import Generic, TypeVar

T = TypeVar("T")
R = TypeVar("R")


class Batcher(Generic[T, R]):
    """Collects items of an event loop, and hands them to a function that runs in a thread.

    `work` takes items and returns as many results in their order; a result
    that is an exception is raised where its item came from.
    """

    def __init__(
        self,
        work: Callable[[Sequence[T]], Sequence[R | Exception]],
        executor: Executor,
        *,
        most: int = 64,
    ) -> None:
        self._work = work
        self._executor = executor
        self._most = most
        self._waiting: list[tuple[T, asyncio.Future[R]]] = []
        self._running: asyncio.Task[None] | None = None

    async def __call__(self, item: T) -> R:
        """Return what the work makes of an item.

        Raises:
            Exception: what the work raised, or returned for this item.
        """
        future: asyncio.Future[R] = asyncio.get_running_loop().create_future()
        self._waiting.append((item, future))
        if self._running is None or self._running.done():
            self._running = asyncio.get_running_loop().create_task(self._run())
        return await future

    async def drain(self) -> None:
        """Wait until nothing waits."""
        while self._running is not None and not self._running.done():
            await asyncio.wait([self._running])

    async def _run(self) -> None:
        loop = asyncio.get_running_loop()
        while self._waiting:
            batch, self._waiting = self._waiting[: self._most], self._waiting[self._most :]
            items = [item for item, _ in batch]
            try:
                results = await loop.run_in_executor(self._executor, self._work, items)
            except Exception as error:  # noqa: BLE001 - each who waits gets it
                results = [error] * len(batch)
            for (_, future), result in zip(batch, results, strict=True):
                _settle(future, result)


def _settle(future: asyncio.Future[R], result: R | Exception) -> None:
    if future.done():  # whoever waited went away
        return
    if isinstance(result, Exception):
        future.set_exception(result)
    else:
        future.set_result(result)
