"""Buttons by every provider's webhook: a payload that the rules list opts out, and is recorded with its rule."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from optoutlang.interfaces.gateway.rules.build import RefusedError, build
from optoutlang.runtime.terms import MatchedBy
from tests.interfaces.gateway.running import (
    KEYS,
    MAIN,
    OURS,
    PERSON,
    SERVICE,
    Running,
    running,
    settings_of,
)

RULES = """\
ruleset acme
let brand = "Acme"
opt-out { buttons "OptOut_All" }
help { buttons "Help" }
topic offers {
  opt-out { buttons "OptOut_Offers" reply "{brand}: no more offers. STOP ends all messages." }
  opt-in { buttons "Offers" reply "{brand}: offers are on. STOP ends all messages." }
}
topic news { opt-out { keywords "STOP NEWS" reply none } }
"""


@pytest.fixture
def place(tmp_path: Path) -> Iterator[Running]:
    (tmp_path / "acme.optout").write_text(RULES)
    service = SERVICE.replace('name = "alerts"', 'name = "alerts"\nrules = "acme.optout"')
    with running(settings_of(MAIN + KEYS + service, tmp_path)) as found:
        yield found


def test_a_button_opts_out_and_is_recorded_with_its_payload(place: Running) -> None:
    answer = place.text("Stop promotions", ButtonText="Stop promotions", ButtonPayload="OptOut_All")
    assert "Acme: you are unsubscribed" in answer.text
    assert not place.may_send()
    [record] = [each for each in place.gateway.store.history(PERSON) if each.decision is not None]
    decision = record.decision
    assert decision is not None
    assert (record.text, decision.keyword) == ("Stop promotions", "OptOut_All")
    assert (decision.matched_by, decision.rule) == (MatchedBy.BUTTON, "acme.optout:3")


def test_a_button_of_a_topic_holds_back_that_topic_alone_until_its_other_button(
    place: Running,
) -> None:
    answer = place.text("Stop promotions", ButtonPayload="OptOut_Offers")
    assert "Acme: no more offers." in answer.text
    assert [place.may_send(topic=each) for each in ("offers", "news", None)] == [False, True, True]
    place.text("Offers, please", ButtonPayload="Offers")
    assert place.may_send(topic="offers")


def test_stop_with_a_button_of_a_topic_ends_everything(place: Running) -> None:
    place.text("STOP", ButtonPayload="OptOut_Offers")
    assert [place.may_send(topic=each) for each in ("offers", "news", None)] == [False] * 3


def test_the_same_text_without_the_button_and_another_payload_change_nothing(
    place: Running,
) -> None:
    place.text("OptOut_All")
    place.text("Stop promotions", ButtonPayload="optout_all")
    place.text("Help", ButtonPayload="")
    assert place.may_send()


def test_stop_with_another_button_is_stop(place: Running) -> None:
    place.text("STOP", ButtonPayload="Help")
    assert not place.may_send()


def test_decide_takes_a_payload(place: Running) -> None:
    asked = {"text": "Stop promotions", "payload": "OptOut_All", "sender": OURS}
    found = place.ask("/v1/decide", asked).json()
    assert found["decision"]["matched_by"] == "button"
    assert found["decision"]["keyword"] == "OptOut_All"
    assert place.ask("/v1/decide", {**asked, "payload": 1}).status_code in {400, 422}


def test_rules_whose_replies_wait_for_values_are_refused(tmp_path: Path) -> None:
    rules = tmp_path / "acme.optout"
    rules.write_text('runtime name up to 20 help { reply "{{name}}: 555-0100" }')
    with pytest.raises(RefusedError, match="replies have places for `name`"):
        build(str(rules))
    rules.write_text('let name = "Ann" help { reply "{name}: 555-0100" }')
    build(str(rules))
