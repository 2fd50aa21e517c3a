"""The outcome of a test case: what it states is held against what is decided, and nothing else is."""

from __future__ import annotations

import pytest

from optoutlang import Matcher
from optoutlang.language.driver.compile import check_text, compile_checked
from optoutlang.language.driver.examples import Outcome, run_examples

RULES = """
opt-out {
  keywords ALTO
  reply "gone"
}
help { reply none }
language es {
  opt-out { keywords ALTO }
}
country MX { prefer es }
test "t" { %s }
"""


def outcome(case: str) -> Outcome:
    checked = check_text(RULES % case)
    assert checked.ruleset is not None, checked.diagnostics
    [found] = run_examples(checked.ruleset, Matcher(compile_checked(checked)))
    return found


@pytest.mark.parametrize(
    "case",
    [
        '"alto" -> opt-out',
        '"alto" -> opt-out in en',
        '"alto" from MX -> opt-out in es',
        '"alto" prefer es -> opt-out in es',
        '"alto" -> opt-out reply "gone"',
        '"help" -> help reply none',
        '"alto ahead" -> none',
    ],
)
def test_a_case_that_holds_passes(case: str) -> None:
    assert outcome(case).passed


@pytest.mark.parametrize(
    ("case", "expected", "got"),
    [
        ('"alto" -> opt-in', "opt-in", "opt-out"),
        ('"alto" -> none', "none", "opt-out"),
        ('"alto ahead" -> opt-out in es', "opt-out in es", "none"),
        ('"alto" -> opt-out in es', "opt-out in es", "opt-out in en"),
        ('"alto" -> opt-out reply "bye"', 'opt-out reply "bye"', 'opt-out reply "gone"'),
        ('"alto" -> opt-out reply none', "opt-out reply none", 'opt-out reply "gone"'),
        ('"help" -> help in en reply "me"', 'help in en reply "me"', "help in en reply none"),
    ],
)
def test_a_case_that_does_not_hold_says_what_it_states_and_what_it_gets(
    case: str, expected: str, got: str
) -> None:
    found = outcome(case)
    assert not found.passed
    assert (found.expected, found.got) == (expected, got)


def test_an_outcome_says_what_fired() -> None:
    [fired] = outcome('"alto" -> none').explanation.fired
    assert (fired.keyword, fired.lost) == ("ALTO", None)
