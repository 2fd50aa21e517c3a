"""Countries with one filler of their own share what the base's phrases are written out to, and nothing else."""

from __future__ import annotations

import pytest

from tests.builders.rulesets import matcher

RULES = """
opt-out { phrases "x bye now" }
country US { filler "x" opt-out { phrases "go off" } }
country CA { filler "x" opt-out { phrases "be off" } }
"""


@pytest.mark.parametrize(
    ("text", "countries"),
    [
        ("so bye now then", {"US", "CA"}),
        ("so x bye now then", {"US", "CA", "GB"}),
        ("so go x off then", {"US"}),
        ("so be x off then", {"CA"}),
    ],
)
def test_a_phrase_is_read_with_its_countrys_filler_left_out(text: str, countries: set[str]) -> None:
    rules = matcher(RULES)
    assert {each for each in ("US", "CA", "GB") if rules.match(text, country=each)} == countries
