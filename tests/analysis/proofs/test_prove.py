"""`prove`: every property holds for sound rules, and each is seen to fail for a bug planted for it."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from optoutlang.analysis.proofs.properties import code_points
from optoutlang.analysis.proofs.properties.registry import ALL
from optoutlang.analysis.proofs.prove import prove
from optoutlang.analysis.proofs.subject import Subject
from tests.analysis.proofs.rules import everyday_subject, subject


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
def test_every_property_holds_beside_named_answers_and_replies_to_keywords() -> None:
    more = """
        help { reply to INFO "Acme alerts." }
        answer hours { keywords HOURS, DAYS sentences "when are you open" reply "9 to 5." }
        language es { answer hours { keywords HORAS reply "De 9 a 5." } }
        country MX { answer deals { keywords HOURS reply none } opt-out { keywords DAYS } }
    """
    found = list(prove(subject(f"{RULES} {more}")))

    assert [each.stated.name for each in found if not each.holds] == []


@pytest.mark.slow
def test_every_property_holds_beside_topics() -> None:
    more = """
        topic offers {
            names OFFERS, 3
            opt-out { keywords "QUITTING <name>" sentences "no offers any longer" reply "Offers end." }
            opt-in { keywords "START <name>" reply "Offers are on." }
        }
        country MX { topic news { opt-out { keywords "QUITTING NEWS" reply none } } }
    """
    found = list(prove(subject(f"{RULES} {more}")))

    assert [each.stated.name for each in found if not each.holds] == []


def test_every_property_holds_beside_buttons() -> None:
    more = """
        opt-out { buttons "Out", "Leave" }
        help { buttons "Help" }
        country MX { opt-out { buttons "Out" reply "Adiós." } answer hours { buttons "Hours" reply "9." } }
    """
    found = list(prove(subject(f"{RULES} {more}")))

    assert [each.stated.name for each in found if not each.holds] == []


@pytest.mark.slow
def test_every_property_holds_beside_frames_and_what_countries_take_back() -> None:
    more = """
        filler "thanks"
        class halt is halt, cease
        class writing is texting, messages
        opt-out { tolerate typos frames "{halt} .. {writing}", "{halt} this" reply to QUIT "You quit." }
        country CA { opt-out { frames "{halt} it", "{halt} your .. {writing}" } }
        country MX {
            remove filler "please"
            opt-out {
                frames "{halt} that .. {writing}"
                remove frames "{halt} .. {writing}"
                remove tolerate typos
                remove reply "Bye.", "You quit."
            }
        }
    """
    found = list(prove(subject(f"{RULES} {more}")))

    assert [(each.stated.name, each.verdict) for each in found if not each.holds] == []


@pytest.mark.slow
def test_everyday_words_are_no_witness_against_precedence_reach_or_isolation() -> None:
    wanted = {"precedence-total", "reachable", "country-isolation"}
    chosen = tuple(each for each in ALL if each.name in wanted)
    found = list(prove(everyday_subject(), chosen))

    assert len(found) == len(wanted)
    assert [each.verdict for each in found if not each.holds] == []


def test_a_keyword_that_is_everyday_words_somewhere_is_named_with_the_reason() -> None:
    [found] = prove(everyday_subject(), tuple(each for each in ALL if each.name == "reachable"))

    assert found.verdict is not None
    told = [each for each in found.verdict.details if "is none in ES as" in each]
    assert any("`SEIS`" in each and "`seis`, everyday in es" in each for each in told)
    assert not any("`GIÚP`" in each for each in told)


@pytest.mark.slow
def test_an_artefact_is_asked_all_that_needs_no_source() -> None:
    found = {each.stated.name: each for each in prove(Subject(subject(RULES).program))}

    asked = {name for name, each in found.items() if each.verdict is not None}
    assert asked == {name for name, each in found.items() if not each.stated.needs_source}
    assert all(each.holds for each in found.values())
