"""Messages and what they mean, by hand: each case states what it is about, and the reference must agree on all."""

from __future__ import annotations

import json
from dataclasses import replace
from functools import cache
from pathlib import Path
from typing import Any

import pytest

from optoutlang.language.compiler.from_model import from_model
from optoutlang.language.model.ruleset import Ruleset
from optoutlang.language.reference import decide
from optoutlang.runtime.matcher import Matcher
from optoutlang.runtime.terms import MatchedBy
from tests.builders.rulesets import ruleset_of

HERE = Path(__file__).parent / "cases"
FOLDERS = sorted(each for each in HERE.iterdir() if each.is_dir())
CASES = [
    pytest.param(folder.name, json.loads(line), id=f"{folder.name}-{number}")
    for folder in FOLDERS
    for number, line in enumerate((folder / "cases.jsonl").read_text("utf-8").splitlines(), 1)
]


@cache
def ruleset(name: str) -> Ruleset:
    text = (HERE / name / "rules.optout").read_text("utf-8")
    return ruleset_of((f"{name}.optout", text))


@cache
def matcher(name: str) -> Matcher:
    return Matcher(from_model(ruleset(name)))


def test_there_are_cases() -> None:
    assert len(CASES) > 100


def _options(case: dict[str, Any]) -> dict[str, Any]:
    return {each: case.get(each) for each in ("country", "language", "payload")}


@pytest.mark.parametrize(("name", "case"), CASES)
def test_a_message_means_what_the_case_says(name: str, case: dict[str, Any]) -> None:
    decision = matcher(name).match(case["text"], **_options(case))

    if case["action"] is None:
        assert decision is None
        return
    assert decision is not None
    assert decision.digest == matcher(name).digest
    found = {
        "action": decision.label,
        "matched_by": decision.matched_by.value,
        "keyword": decision.keyword,
        "answers_in": decision.language,
        "country_scope": decision.country_scope,
        "reply": decision.reply,
        "rule": decision.rule,
    }
    stated = {name: case[name] for name in found if name in case}
    assert {name: found[name] for name in stated} == stated


@pytest.mark.parametrize(("name", "case"), CASES)
def test_the_reference_gives_the_same_decision(name: str, case: dict[str, Any]) -> None:
    options = _options(case)

    decision = matcher(name).match(case["text"], **options)
    expected = decide(ruleset(name), case["text"], **options)

    assert (decision and replace(decision, digest="")) == expected


@pytest.mark.parametrize(("name", "case"), CASES)
def test_an_explanation_names_one_winner_and_why_the_others_lost(
    name: str, case: dict[str, Any]
) -> None:
    options = _options(case)

    decision = matcher(name).match(case["text"], **options)
    explanation = matcher(name).explain(case["text"], **options)
    winners = [each for each in explanation.fired if each.lost is None]

    assert explanation.decision == decision
    is_pressed = decision is not None and decision.matched_by is MatchedBy.BUTTON
    assert len(winners) == (decision is not None and not is_pressed)
    for each in winners:
        assert decision is not None
        assert (each.keyword, each.rule) == (decision.keyword, decision.rule)
