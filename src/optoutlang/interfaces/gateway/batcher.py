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
        self._tasks: set[asyncio.Task[None]] = set()
        self._is_active = False

    async def __call__(self, item: T) -> R:
        """Return what the work makes of an item.

        Raises:
            Exception: what the work raised, or returned for this item.
        """
        future: asyncio.Future[R] = asyncio.get_running_loop().create_future()
        self._waiting.append((item, future))
        if not self._is_active:
            self._is_active = True
            task = asyncio.get_running_loop().create_task(self._run())
            self._tasks.add(task)
            task.add_done_callback(self._tasks.discard)
        return await future

    async def drain(self) -> None:
        """Wait until nothing waits."""
        while self._tasks:
            await asyncio.wait(self._tasks)

    async def _run(self) -> None:
        try:
            while self._waiting:
                await self._gather()
                await self._trip()
        finally:
            # At once, and not when the task is seen to be done: what comes in between would wait for nobody.
            self._is_active = False

    async def _gather(self) -> None:
        """Let requests that have come already reach the batch, so that it is not of the first of them alone."""
        size = 0
        while size < len(self._waiting) < self._most:
            size = len(self._waiting)
            await asyncio.sleep(0)

    async def _trip(self) -> None:
        batch, self._waiting = self._waiting[: self._most], self._waiting[self._most :]
        items = [item for item, _ in batch]
        try:
            results = await asyncio.get_running_loop().run_in_executor(
                self._executor, self._work, items
            )
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
