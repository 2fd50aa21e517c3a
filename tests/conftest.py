"""Settings of all tests: the profiles of Hypothesis, the cache, and rewriting of expected files."""

from __future__ import annotations

import os
from collections.abc import Iterator
from pathlib import Path

import pytest
from hypothesis import HealthCheck, settings

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
