"""A decision acts or suggests, and says how certain it is."""

from __future__ import annotations

import json
from dataclasses import fields, replace

import pytest

from optoutlang.runtime.terms.action import Action, MatchedBy
from optoutlang.runtime.terms.decision import Decision, decision_object
from optoutlang.runtime.terms.note import Note, NoteCode


def decision(
    action: Action | None, suggested: Action | None, matched_by: MatchedBy = MatchedBy.PHRASE
) -> Decision:
    return Decision(action, "x", matched_by, "en", None, None, "a.optout:1", "", suggested)


def test_a_decision_acts_or_suggests() -> None:
    acting, suggesting = decision(Action.HELP, None), decision(None, Action.OPT_OUT)

    assert (acting.intent, acting.label) == (Action.HELP, "help")
    assert (suggesting.intent, suggesting.label) == (Action.OPT_OUT, "suggest opt-out")


@pytest.mark.parametrize("action", [None, Action.HELP])
def test_a_decision_that_does_both_or_neither_cannot_be_made(action: Action | None) -> None:
    with pytest.raises(ValueError, match="acts or suggests"):
        decision(action, action)


def test_only_a_button_or_a_keyword_spelt_as_in_the_rules_is_certain() -> None:
    certain = {each for each in MatchedBy if decision(None, Action.HELP, each).certain}
    assert certain == {MatchedBy.BUTTON, MatchedBy.EXACT, MatchedBy.FILLER}


def test_what_is_only_similar_to_a_request_is_never_acted_upon() -> None:
    with pytest.raises(ValueError, match="never acted upon"):
        decision(Action.OPT_OUT, None, MatchedBy.SIMILAR)


def test_a_decision_suggests_nothing_unless_it_says_so() -> None:
    made = Decision(Action.HELP, "x", MatchedBy.EXACT, "en", None, None, "a.optout:1", "")
    assert made.suggested is None
    assert made == decision(Action.HELP, None, MatchedBy.EXACT)


def test_a_decision_turns_into_json_with_everything_in_it() -> None:
    made = Decision(
        action=None,
        keyword="PARÁ",
        matched_by=MatchedBy.PHRASE,
        language="es",
        country_scope="AR",
        reply=None,
        rule="a.optout:1",
        digest="d" * 64,
        suggested=Action.OPT_OUT,
        notes=(Note(NoteCode.UNKNOWN_LANGUAGE, "spanish"),),
    )
    assert json.loads(made.to_json()) == made.to_dict()
    assert {*made.to_dict()} == {each.name for each in fields(Decision)} - {
        "answer",
        "topic",
        "variables",
    } | {"certain"}
    assert made.to_dict() == {
        "action": None,
        "suggested": "opt-out",
        "keyword": "PARÁ",
        "matched_by": "phrase",
        "certain": False,
        "language": "es",
        "country_scope": "AR",
        "notes": [{"code": "unknown-language", "given": "spanish"}],
        "reply": None,
        "rule": "a.optout:1",
        "digest": "d" * 64,
    }


def test_an_answer_has_a_name_and_nothing_else_has() -> None:
    made = Decision(
        Action.ANSWER, "x", MatchedBy.EXACT, "en", None, "hi", "a.optout:1", "", answer="hours"
    )

    assert (made.intent, made.label) == (Action.ANSWER, "answer hours")
    assert (decision_object(made) or {})["answer"] == "hours"
    assert "answer" not in (decision_object(decision(Action.HELP, None)) or {})
    with pytest.raises(ValueError, match="has a name"):
        replace(made, answer=None)
    with pytest.raises(ValueError, match="has a name"):
        replace(decision(Action.HELP, None), answer="hours")


def test_a_decision_about_a_topic_names_it_and_no_answer_does() -> None:
    made = replace(decision(Action.OPT_OUT, None), topic="offers")

    assert made.label == "opt-out topic offers"
    assert (decision_object(made) or {})["topic"] == "offers"
    assert (
        replace(made, action=None, suggested=Action.OPT_OUT).label == "suggest opt-out topic offers"
    )
    assert "topic" not in (decision_object(decision(Action.OPT_OUT, None)) or {})
    for wrong in (replace(made, topic=None), decision(Action.HELP, None)):
        with pytest.raises(ValueError, match="a topic has a name"):
            replace(wrong, topic="")
    with pytest.raises(ValueError, match="concerns no topic"):
        replace(made, action=Action.ANSWER, answer="hours")
