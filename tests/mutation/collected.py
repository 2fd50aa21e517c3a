"""Tests that pytest has collected and not run, and what each of them runs of some source files."""

from __future__ import annotations

import sys
import threading
import time
from collections import defaultdict
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from itertools import zip_longest
from pathlib import Path
from types import CodeType, FrameType

import pytest
from hypothesis import HealthCheck, Phase, settings

from tests.mutation.forks import Say, forked, limit
from tests.mutation.swap import Place, place

OPTIONS = ("-qq", "-s", "-p", "no:cacheprovider", "-p", "no:xdist")
LONGEST = 600
"""Seconds for a test without a mutant."""


Seen = tuple[float, frozenset[Place]]
"""The seconds that a test took, and the functions that it ran."""


class FailedError(Exception):
    """A test has failed."""


@dataclass(frozen=True, slots=True, eq=False)
class Test:
    """A test, the seconds that it took, the functions that it ran, and those that its file's tests run.

    What one test of a file runs may matter to the others: they share caches.
    """

    item: pytest.Item
    seconds: float
    own: frozenset[Place]
    near: frozenset[Place]


class Profile:
    """A plugin that lets Hypothesis stop at the first failure, for nobody reads a shrunk one."""

    @staticmethod
    def pytest_configure() -> None:
        settings.register_profile(
            "mutants",
            settings.get_profile("ci"),
            phases=(Phase.explicit, Phase.generate),
            suppress_health_check=(HealthCheck.too_slow,),
        )
        settings.load_profile("mutants")


class Watch:
    """Notes what runs of some source files, while it is on."""

    def __init__(self, filenames: frozenset[str]) -> None:
        self._filenames = filenames
        self._seen: dict[int, CodeType] = {}

    def on(self) -> None:
        """Watch this thread, and those that begin from now on."""
        sys.setprofile(self._note)
        threading.setprofile(self._note)

    @staticmethod
    def off() -> None:
        """Watch no more."""
        sys.setprofile(None)
        threading.setprofile(None)

    def _note(self, frame: FrameType, event: str, _: object) -> None:
        if event == "call" and frame.f_code.co_filename in self._filenames:
            self._seen[id(frame.f_code)] = frame.f_code

    def places(self) -> frozenset[Place]:
        """Return where the code stands that has run."""
        return frozenset(map(place, self._seen.values()))


class _InsteadOfRunning:
    def __init__(self, work: Callable[[Sequence[pytest.Item]], None]) -> None:
        self._work = work

    @pytest.hookimpl(tryfirst=True)
    def pytest_runtestloop(self, session: pytest.Session) -> bool:
        if session.testsfailed:
            raise session.Interrupted("the tests cannot be collected")
        self._work(session.items)
        return True


def with_collected(tests: Iterable[str], work: Callable[[Sequence[pytest.Item]], None]) -> None:
    """Let pytest collect tests, and do the work with them instead of running them."""
    plugins = [Profile(), _InsteadOfRunning(work)]
    if pytest.main([*OPTIONS, *tests], plugins=plugins):
        raise SystemExit("pytest stops without a mutant")


def watched(items: Sequence[pytest.Item], filenames: frozenset[str], jobs: int) -> list[Test]:
    """Run the tests of each file in a process of its own, and note what they run."""
    files: dict[Path, list[pytest.Item]] = defaultdict(list)
    for item in items:
        files[item.path].append(item)

    def watch(path: Path, say: Say[Seen]) -> None:
        for item, following in zip_longest(files[path], files[path][1:]):
            say(_watch(item, following, filenames))

    found = []
    for path, is_good, said in forked(files, watch, jobs):
        if not is_good:
            raise SystemExit(f"{files[path][len(said)].nodeid} fails without a mutant")
        near = frozenset[Place]().union(*(places for _, places in said))
        found += [Test(item, *own, near) for item, own in zip(files[path], said, strict=True)]
    return found


def _watch(item: pytest.Item, following: pytest.Item | None, filenames: frozenset[str]) -> Seen:
    watch = Watch(filenames)
    began = time.process_time()
    watch.on()
    _run_one(item, following, LONGEST)
    watch.off()
    return time.process_time() - began, watch.places()


def run(tests: Sequence[Test], say: Say[str]) -> None:
    """Run tests in this process, each said first; raise FailedError with the first that fails."""
    for test, following in zip_longest(tests, tests[1:]):
        say(test.item.nodeid)
        _run_one(test.item, following.item if following else None, 2 + 4 * test.seconds)


def _run_one(item: pytest.Item, following: pytest.Item | None, seconds: float) -> None:
    limit(seconds)
    item.ihook.pytest_runtest_protocol(item=item, nextitem=following)
    if item.session.testsfailed:
        raise FailedError(item.nodeid)
