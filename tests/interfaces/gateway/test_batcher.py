"""Work that waits together is done together, and nobody is forgotten."""

from __future__ import annotations

import asyncio
from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor

from optoutlang.interfaces.gateway.batcher import Batcher


class Work:
    """Doubles numbers; odd hundreds are refused, and a batch with -1 fails as a whole."""

    def __init__(self) -> None:
        self.batches: list[int] = []

    def __call__(self, items: Sequence[int]) -> list[int | Exception]:
        self.batches.append(len(items))
        if -1 in items:
            raise OSError("all of it")
        return [ValueError(str(each)) if each % 100 == 99 else 2 * each for each in items]


def test_each_gets_its_own_result_one_after_the_other_and_all_at_once() -> None:
    work = Work()

    async def ask() -> None:
        with ThreadPoolExecutor(1) as executor:
            batcher: Batcher[int, int] = Batcher(work, executor, most=16)
            for each in range(50):
                assert await asyncio.wait_for(batcher(each), 20) == 2 * each
            found = await asyncio.wait_for(
                asyncio.gather(*[batcher(each) for each in range(500)], return_exceptions=True), 60
            )
            for number, result in enumerate(found):
                if number % 100 == 99:
                    assert isinstance(result, ValueError)
                    assert str(result) == str(number)
                else:
                    assert result == 2 * number
            await batcher.drain()

    asyncio.run(ask())
    assert work.batches[:50] == [1] * 50  # a single caller waits for nobody
    assert max(work.batches) == 16
    assert sum(work.batches) == 550


def test_whoever_comes_in_the_same_turns_of_the_event_loop_shares_the_first_trip() -> None:
    work = Work()

    async def come(batcher: Batcher[int, int], number: int) -> int:
        await asyncio.sleep(0)
        if number > 3:
            await asyncio.sleep(0)
        return await batcher(number)

    async def ask() -> None:
        with ThreadPoolExecutor(1) as executor:
            batcher: Batcher[int, int] = Batcher(work, executor)
            await asyncio.gather(*[come(batcher, each) for each in range(7)])

    asyncio.run(ask())
    assert work.batches == [7]


def test_a_batch_that_fails_fails_for_each_and_the_next_one_goes_on() -> None:
    work = Work()

    async def ask() -> None:
        with ThreadPoolExecutor(1) as executor:
            batcher: Batcher[int, int] = Batcher(work, executor)
            found = await asyncio.gather(batcher(-1), batcher(1), return_exceptions=True)
            assert [type(each) for each in found] == [OSError, OSError]
            assert await batcher(2) == 4

    asyncio.run(ask())


def test_who_goes_away_is_no_fault() -> None:
    work = Work()

    async def ask() -> None:
        with ThreadPoolExecutor(1) as executor:
            batcher: Batcher[int, int] = Batcher(work, executor)
            gone = asyncio.ensure_future(batcher(1))
            await asyncio.sleep(0)
            gone.cancel()
            assert await batcher(2) == 4

    asyncio.run(ask())
