"""`prove`: every property holds for sound rules, and each is seen to fail for a bug planted for it."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from optoutlang.analysis.proofs.properties import code_points
from optoutlang.analysis.proofs.prove import prove
from optoutlang.analysis.proofs.subject import Subject
from tests.analysis.proofs.rules import subject


@pytest.fixture(autouse=True)
def few_code_points(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """Survey the first planes of letters only: the whole of Unicode is for tests/analysis/test_prove_unicode.py."""
    monkeypatch.setattr(code_points, "ALL", range(0x250))
    code_points.survey.cache_clear()
    yield
    code_points.survey.cache_clear()


RULES = """
    opt-out { keywords "NO MORE", QUIT phrases "stop (texting|calling) me" except "never stop texting me" reply "Bye." }
    help { keywords INFO phrases "stop texting me now" reply none }
    opt-in { keywords YES sentences "sign me up" reply "Hi." }
    filler "please"
    language es { opt-out { keywords ALTO reply "Adiós." } }
    country MX, CO { prefer es filler "me" opt-out { only keywords BAJA } }
    country US { opt-in { keywords JOIN } }
"""


@pytest.mark.slow
def test_every_property_holds_for_sound_rules() -> None:
    found = list(prove(subject(RULES)))

    assert [each.stated.name for each in found if not each.holds] == []
    assert all(each.verdict and each.verdict.grounds for each in found)


@pytest.mark.slow
def test_an_artefact_is_asked_all_that_needs_no_source() -> None:
    found = {each.stated.name: each for each in prove(Subject(subject(RULES).program))}

    asked = {name for name, each in found.items() if each.verdict is not None}
    assert asked == {name for name, each in found.items() if not each.stated.needs_source}
    assert all(each.holds for each in found.values())
