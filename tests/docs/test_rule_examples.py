"""The rule files of docs/examples: without findings, laid out as `optout fmt` does, and their cases hold."""

from __future__ import annotations

from pathlib import Path

import pytest

from optoutlang import Matcher
from optoutlang.language.diagnostics.diagnostic import Severity
from optoutlang.language.driver.compile import check_path, compile_checked
from optoutlang.language.driver.examples import run_examples
from optoutlang.language.reference.decide import decide
from optoutlang.language.syntax.format import format_source
from tests.docs.blocks import ROOT

EXAMPLES = [
    ROOT / "docs" / "examples" / f"{name}.optout"
    for name in ("canada", "run-time-variables", "buttons", "answers", "start-and-end", "topics")
]

each_example = pytest.mark.parametrize("path", EXAMPLES, ids=lambda path: str(path.stem))


@each_example
def test_an_example_has_no_error_or_warning_and_its_cases_hold(path: Path) -> None:
    checked = check_path(path)
    weighty = [each for each in checked.diagnostics if each.code.severity is not Severity.HINT]
    assert not [each for each in weighty if each.code.severity is not Severity.NOTE]
    assert checked.ruleset is not None
    matcher = Matcher(compile_checked(checked))
    outcomes = run_examples(checked.ruleset, matcher)
    assert len(outcomes) >= 4
    assert not [(each.example.message, each.got) for each in outcomes if not each.passed]


@each_example
def test_an_example_is_laid_out_as_the_formatter_does(path: Path) -> None:
    checked = check_path(path)
    assert checked.ruleset is not None
    assert format_source(checked.ruleset.root.text) == path.read_text(encoding="utf-8")


@each_example
def test_an_example_means_the_same_to_the_reference(path: Path) -> None:
    checked = check_path(path)
    assert checked.ruleset is not None
    for each in checked.ruleset.examples:
        expected = decide(
            checked.ruleset,
            each.text,
            country=each.country,
            language=each.prefer,
            payload=each.payload,
        )
        assert (None if expected is None else expected.action) is each.action


def test_the_replies_of_run_time_variables_are_filled_by_the_application() -> None:
    checked = check_path(EXAMPLES[1])
    matcher = Matcher(compile_checked(checked))
    decision = matcher.match("points")
    assert decision is not None
    values = {"name": "Ann", "link": "https://acme.example/a1"}
    assert decision.fill(values).reply == "Acme: Ann, your points are at https://acme.example/a1"
    with pytest.raises(ValueError, match="the value for `name` has 31 characters; 30 is the most"):
        decision.fill(values, name="A" * 31)
