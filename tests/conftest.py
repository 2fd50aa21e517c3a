"""What all tests share: the profiles of Hypothesis, and the switch that rewrites expected files."""

from __future__ import annotations

import os

import pytest
from hypothesis import settings

settings.register_profile("ci", derandomize=True, deadline=None)
settings.register_profile(
    "deep", deadline=None, max_examples=int(os.environ.get("HYPOTHESIS_MAX_EXAMPLES", "10000"))
)
settings.load_profile(os.environ.get("HYPOTHESIS_PROFILE", "ci"))


def pytest_addoption(parser: pytest.Parser) -> None:
    parser.addoption(
        "--rewrite",
        action="store_true",
        help="write expected files anew instead of comparing with them; then read the difference",
    )
