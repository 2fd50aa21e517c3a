"""Rulesets and messages with the whole decision that each must get, from the reference and from the matcher."""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import asdict
from pathlib import Path

import pytest

from optoutlang.language.driver.compile import check_path, compile_checked
from optoutlang.runtime.matcher import Matcher
from optoutlang.runtime.terms.decision import Decision
from optoutlang.testing.messages import Context
from tests.strategies.outcomes import compiled_decision, reference_decision

CASES = sorted(each.parent for each in (Path(__file__).parent / "cases").glob("*/decisions.jsonl"))


def lines(case: Path) -> Iterator[dict[str, object]]:
    for line in (case / "decisions.jsonl").read_text(encoding="utf-8").splitlines():
        yield json.loads(line)


def as_json(decision: Decision | None) -> dict[str, object] | None:
    if decision is None:
        return None
    fields = asdict(decision) | {
        "action": decision.label,
        "matched_by": decision.matched_by.value,
    }
    assert fields.pop("notes") == ()
    assert fields.pop("variables") == ()
    del fields["digest"], fields["suggested"], fields["answer"]  # `action` says these
    if decision.topic is None:
        del fields["topic"]
    if decision.rule.startswith("pack:"):  # on which line, is the pack's own business
        fields["rule"] = decision.rule.rpartition(":")[0]
    return fields


def test_there_are_cases() -> None:
    assert len(CASES) >= 7


@pytest.mark.parametrize("case", CASES, ids=lambda case: str(case.name))
def test_a_message_gets_its_decision_from_both_interpreters(case: Path) -> None:
    checked = check_path(case / "root.optout")
    matcher = Matcher(compile_checked(checked))
    assert checked.ruleset is not None
    for line in lines(case):
        text, expected = str(line["text"]), line["decision"]
        country, language = line.get("country"), line.get("language")
        assert country is None or isinstance(country, str)
        assert language is None or isinstance(language, str)
        context = Context(country, language)

        assert as_json(reference_decision(checked.ruleset, text, context)) == expected, line
        assert as_json(compiled_decision(matcher, text, context)) == expected, line
