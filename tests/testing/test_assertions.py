"""The assertions hold exactly when a test case of the language does, and a failure tells the whole story."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st

import optoutlang
from optoutlang import Action, Matcher
from optoutlang.language.driver.compile import check_text
from optoutlang.language.driver.examples import run_examples
from optoutlang.testing import (
    GeneratedRuleset,
    assert_means,
    assert_means_nothing,
    assert_opts_out,
    assert_suggests,
    contexts,
    messages,
    rulesets,
)

ACME = optoutlang.compile(
    """
    ruleset acme
    filler "please"
    opt-out { phrases "stop texting" except "don't stop texting" }
    country MX { prefer es suggest phrases language es { opt-out { keywords BAJA reply "Adiós." } } }
    """,
    name="acme.optout",
)

HOLDING: tuple[Callable[[Matcher], None], ...] = (
    lambda rules: assert_opts_out(rules, "Stop, please!"),
    lambda rules: assert_opts_out(rules, "baja", country="mx", answered_in="ES", reply="Adiós."),
    lambda rules: assert_means(rules, "start", "opt-in", country="MX"),
    lambda rules: assert_means(rules, "help", Action.HELP, language="fr"),
    lambda rules: assert_suggests(rules, "stop texting", Action.OPT_OUT, country="MX"),
    lambda rules: assert_means_nothing(rules, "Baja"),
    lambda rules: assert_means_nothing(rules, "don't stop texting"),
)
FAILING: tuple[Callable[[Matcher], None], ...] = (
    lambda rules: assert_opts_out(rules, "Stop by"),
    lambda rules: assert_opts_out(rules, "baja", country="MX", answered_in="en"),
    lambda rules: assert_opts_out(rules, "baja", country="MX", reply=None),
    lambda rules: assert_opts_out(rules, "stop texting", country="MX"),
    lambda rules: assert_means(rules, "start", "help"),
    lambda rules: assert_suggests(rules, "stop texting", "opt-out"),
    lambda rules: assert_suggests(rules, "nothing", "opt-out"),
    lambda rules: assert_means_nothing(rules, "stop"),
)


@pytest.mark.parametrize("claim", HOLDING)
def test_what_holds_passes(claim: Callable[[Matcher], None]) -> None:
    claim(ACME)


@pytest.mark.parametrize("claim", FAILING)
def test_what_does_not_hold_fails(claim: Callable[[Matcher], None]) -> None:
    with pytest.raises(AssertionError, match="does not mean what it should"):
        claim(ACME)


@pytest.mark.parametrize(
    "claim",
    [
        lambda: assert_opts_out(ACME, "stop", country="UK"),
        lambda: assert_opts_out(ACME, "stop", language="a_"),
        lambda: assert_opts_out(ACME, "stop", answered_in="a_"),
        lambda: assert_means(ACME, "stop", "stop"),
    ],
)
def test_what_no_ruleset_can_mean_is_a_value_error(claim: Callable[[], None]) -> None:
    with pytest.raises(ValueError, match=r"not an? |valid Action"):
        claim()


def test_a_failure_tells_the_story_and_gives_the_test_case() -> None:
    with pytest.raises(AssertionError) as failed:
        assert_opts_out(ACME, 'please\u202e don\'t stop texting "now"', country="US", language="en")
    excepted = "excepted by `don't stop texting` at acme.optout:4"
    assert str(failed.value).splitlines() == [
        '"please\\u{202E} don\'t stop texting "now"" does not mean what it should',
        '  message   "please\\u{202E} don\'t stop texting "now""',
        "  context   from US, prefers en",
        f"  rules     acme {ACME.digest[:12]}",
        "  expected  opt-out",
        "  got       none",
        "  tokens    please · dont · stop · texting · now",
        "  unquoted  please · dont · stop · texting",
        "  no filler dont · stop · texting",
        f"  fired     opt-out by stop texting (phrase, en, acme.optout:4): {excepted}",
        "as a test case:",
        '  test "regression" {',
        '    "please\\u{202E} don\'t stop texting \\"now\\"" from US prefer en -> opt-out',
        "  }",
    ]


def test_a_message_that_no_string_can_hold_is_told_in_a_comment() -> None:
    with pytest.raises(AssertionError, match=r"# no string can hold this message: \\u\{D800\}"):
        assert_opts_out(ACME, "\ud800")


def test_the_traceback_ends_where_the_assertion_stands(pytester: pytest.Pytester) -> None:
    pytester.makepyfile(
        "import optoutlang; from optoutlang.testing import assert_opts_out\n"
        "def test_it(): assert_opts_out(optoutlang.load('rules.optout'), 'hi')\n"
    )
    pytester.makefile(".optout", rules="ruleset empty")
    shown = pytester.runpytest_inprocess().outlines
    assert [line for line in shown if line.startswith("> ")]
    assert not [line for line in shown if "assertions.py" in line]


@settings(max_examples=30)
@given(rulesets(), st.data())
def test_a_failures_test_case_can_be_read_and_fails_too(
    rules: GeneratedRuleset, data: st.DataObject
) -> None:
    matcher = rules.matcher()
    text, context = data.draw(messages(rules)), data.draw(contexts(rules))
    assume(not any("\ud800" <= each <= "\udfff" for each in text))
    decision = matcher.match(text, country=context.country, language=context.language)
    try:
        assert_means_nothing(matcher, text, country=context.country, language=context.language)
    except AssertionError as failed:
        _, _, block = str(failed).partition("as a test case:\n")
        checked = check_text(block)
        assert checked.ruleset is not None
        [outcome] = run_examples(checked.ruleset, matcher)
        assert outcome.decision == decision
        assert not outcome.passed
    else:
        assert decision is None
