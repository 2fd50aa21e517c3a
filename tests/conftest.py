"""Settings of all tests: the profiles of Hypothesis, rewriting of expected files, and what coverage leaves out."""

from __future__ import annotations

import os
import sys
from collections.abc import Generator, Iterator
from pathlib import Path

import pytest
from coverage import Coverage
from hypothesis import HealthCheck, settings

GATED = (
    "optoutlang.runtime",
    "optoutlang.language.compiler",
    "optoutlang.language.model",
    "optoutlang.language.reference",
)
"""The packages of which every line must be covered (Makefile)."""

# Never by the clock: a busy machine is no failure.
UNTIMED = settings(deadline=None, suppress_health_check=[HealthCheck.too_slow])
settings.register_profile("ci", UNTIMED, derandomize=True)
settings.register_profile(
    "deep", UNTIMED, max_examples=int(os.environ.get("HYPOTHESIS_MAX_EXAMPLES", "10000"))
)
settings.load_profile(os.environ.get("HYPOTHESIS_PROFILE", "ci"))


@pytest.fixture(scope="session", autouse=True)
def cache_folder(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Path]:
    """Keep the cache of tests, and of the commands that they start, apart from the user's; have no width of lines."""
    folder = tmp_path_factory.mktemp("cache")
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("OPTOUT_CACHE_DIR", str(folder))
        patch.delenv("COLUMNS", raising=False)  # pytest-xdist sets it; tables obey it
        yield folder


def pytest_addoption(parser: pytest.Parser) -> None:
    parser.addoption(
        "--rewrite",
        action="store_true",
        help="write expected files anew instead of comparing with them; then read the difference",
    )


@pytest.hookimpl(wrapper=True)
def pytest_runtest_protocol(item: pytest.Item) -> Generator[None, object, object]:
    """Run a test that is marked slow outside coverage, which would double its time; the gates pass without it.

    The commands that such a test starts are not measured either.
    """
    measured = Coverage.current() if item.get_closest_marker("slow") else None
    if measured is None:
        return (yield)
    settings_of_commands = {
        name: os.environ.pop(name)
        for name in list(os.environ)
        if name.startswith("COVERAGE_PROCESS")
    }
    measured.stop()
    try:
        return (yield)
    finally:
        _forget_cached()
        measured.start()
        os.environ.update(settings_of_commands)


def _forget_cached() -> None:
    """Empty the caches of what the gates ask about: a function that is not called again counts as never called."""
    for name, module in list(sys.modules.items()):
        if name.startswith(GATED):
            for value in list(vars(module).values()):
                clear = getattr(value, "cache_clear", None)
                if callable(clear):
                    clear()
