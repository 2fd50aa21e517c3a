"""The pack `crisis-safe` never acts on what people in danger write; a person may look at it."""

from __future__ import annotations

from pathlib import Path

import pytest

from optoutlang.runtime.terms.action import Action
from tests.builders.packs import matcher

MESSAGES = (Path(__file__).parent / "crisis.txt").read_text("utf-8").splitlines()


def test_there_are_messages_and_each_stands_once() -> None:
    assert len(MESSAGES) > 50
    assert len(set(MESSAGES)) == len(MESSAGES)


@pytest.mark.parametrize("text", MESSAGES)
@pytest.mark.parametrize("country", [None, "US", "GB", "MX"])
def test_no_message_of_a_person_in_danger_changes_consent(text: str, country: str | None) -> None:
    decision = matcher("crisis-safe").match(text, country=country)

    assert decision is None or decision.action in {None, Action.HELP}


@pytest.mark.parametrize("text", ["STOP", "“Stop.”", "STOPALL", "unsubscribe", "opt out"])
def test_words_about_messages_alone_still_opt_out(text: str) -> None:
    decision = matcher("crisis-safe").match(text)

    assert decision is not None
    assert decision.action is Action.OPT_OUT
