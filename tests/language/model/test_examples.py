"""The cases of test blocks, as the model has them."""

from __future__ import annotations

from optoutlang.runtime.terms.action import Action
from tests.language.compiler.rulesets import ruleset_of

RULES = """ruleset cases
let brand = "Acme"
test "first" {
  "STOP" from MX prefer es-MX -> opt-out in es reply "Bye, {brand}"
  "hello" -> none
}
test "second" {
  "no more" -> suggest opt-out
  "HELP" -> help reply none
}
"""


def test_a_case_says_what_its_line_says() -> None:
    found = [
        (each.test, each.message, each.country, each.prefer, each.action, each.language)
        for each in ruleset_of(("cases.optout", RULES)).examples
    ]
    assert found == [
        ("first", "STOP", "MX", "es-MX", Action.OPT_OUT, "es"),
        ("first", "hello", None, None, None, None),
        ("second", "no more", None, None, Action.OPT_OUT, None),
        ("second", "HELP", None, None, Action.HELP, None),
    ]


def test_a_case_tells_a_reply_of_nothing_from_none_stated_and_what_is_suggested() -> None:
    found = [
        (each.states_reply, each.reply, each.suggested, each.place.rule)
        for each in ruleset_of(("cases.optout", RULES)).examples
    ]
    assert found == [
        (True, "Bye, Acme", False, "cases.optout:4"),
        (False, None, False, "cases.optout:5"),
        (False, None, True, "cases.optout:8"),
        (True, None, False, "cases.optout:9"),
    ]
