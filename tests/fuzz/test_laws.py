"""The laws of the fuzzer hold for what it starts from, and for every finding that was kept."""

from __future__ import annotations

import pytest

from tests.fuzz.laws import LAWS
from tests.fuzz.seeds import findings, seeds

SAMPLE = 40
"""How many of the seeds, evenly spread, are enough here: their own tests read them all."""


@pytest.mark.slow
@pytest.mark.parametrize("target", LAWS)
def test_the_seeds_keep_the_law(target: str) -> None:
    found = seeds(target)
    assert found
    for data in found[:: max(1, len(found) // SAMPLE)]:
        LAWS[target](data)


@pytest.mark.parametrize("target", LAWS)
def test_what_once_broke_the_law_keeps_it_now(target: str) -> None:
    for data in findings(target):
        LAWS[target](data)
