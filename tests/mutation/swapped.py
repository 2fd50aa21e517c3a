"""Mutants tried by giving functions new code, in forks of a process where the tests are collected."""

from __future__ import annotations

import gc
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import islice
from pathlib import Path
from types import CodeType

import pytest

from tests.mutation.collected import Test, Watch, run, watched, with_collected
from tests.mutation.forks import Say, forked
from tests.mutation.mutants import mutants
from tests.mutation.plan import Part
from tests.mutation.swap import Living, Place, Swap
from tests.mutation.verdict import Verdict


@dataclass(frozen=True, slots=True)
class Task:
    """How to make a mutant of a module; what it changes is empty if it changes nothing, to see that all passes then."""

    path: Path
    change: str
    swap: Swap


@dataclass(frozen=True, slots=True)
class ToImport:
    """A mutant of a module, by its number, that must be imported."""

    path: Path
    number: int


class Order:
    """In which order tests are tried: first those that run what is changed, are cheap, and have killed before."""

    def __init__(self, tests: Sequence[Test]) -> None:
        self._tests = tests
        self._kills: Counter[str] = Counter()
        self._kills_near: Counter[tuple[frozenset[Place], str]] = Counter()

    def tests(self, changed: Swap) -> list[Test]:
        """Return the tests to which a change may matter."""
        places = changed.places
        found = [test for test in self._tests if test.near & places]
        return sorted(found, key=lambda test: (not test.own & places, self._price(test, places)))

    def _price(self, test: Test, near: frozenset[Place]) -> float:
        name = test.item.nodeid
        return (0.001 + test.seconds) / (1 + self._kills[name] + 20 * self._kills_near[near, name])

    def killed(self, changed: Swap, name: str) -> None:
        """Note that a test has killed a mutant."""
        self._kills[name] += 1
        self._kills_near[changed.places, name] += 1


def try_swapped(part: Part, every: int, jobs: int, say: Say[Verdict | ToImport]) -> None:
    """Say what becomes of each N-th mutant of a part, or that it must be imported."""
    filenames = frozenset(map(str, part.modules))
    watch = Watch(filenames)

    def work(items: Sequence[pytest.Item]) -> None:
        watch.off()
        items[0].config._tmp_path_factory.getbasetemp()  # type: ignore[attr-defined]  # noqa: SLF001  # one for all forks
        order = Order(watched(items, filenames, jobs))
        living = Living(filenames, watch.places())
        gc.collect()
        gc.freeze()  # so that forks copy no memory for the collector's sake
        tasks = _tasks(part, every, living, say)
        for verdict in _verdicts(tasks, order, jobs):
            say(verdict)

    watch.on()
    with_collected(part.test_files(), work)


def _verdicts(tasks: Iterable[Task], order: Order, jobs: int) -> Iterator[Verdict]:
    def try_one(task: Task, say: Say[str]) -> None:
        task.swap.apply()
        run(order.tests(task.swap), say)

    for task, is_alive, names in forked(tasks, try_one, jobs):
        if not is_alive:
            if not task.change or not names:
                raise SystemExit(f"{task.path}: fails without a mutant: {names[-1:]}")
            order.killed(task.swap, names[-1])
        if task.change:
            yield Verdict(task.path, task.change, is_alive, is_imported=False)


def _tasks(part: Part, every: int, living: Living, say: Say[Verdict | ToImport]) -> Iterator[Task]:
    for path in part.modules:
        source = path.read_text(encoding="utf-8")
        before = _compiled(source, path)
        yield Task(path, "", living.same(before))
        for number, mutant in islice(enumerate(mutants(path)), every // 2, None, every):
            changed = living.swap(before, _compiled(mutant.source, path))
            if changed is None:
                say(ToImport(path, number))
            elif changed.codes:
                yield Task(path, mutant.change, changed)


def _compiled(source: str, path: Path) -> CodeType:
    return compile(source, str(path), "exec", dont_inherit=True)
