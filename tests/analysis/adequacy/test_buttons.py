"""Buttons, limits and run-time variables in `cover`, `mutate` and `diff`."""

from __future__ import annotations

from optoutlang.analysis.adequacy.cover import cover
from optoutlang.analysis.adequacy.mutate import Fate, mutate
from optoutlang.analysis.adequacy.suggestions import pasteable, suggestions
from optoutlang.analysis.adequacy.workbench import Bench
from optoutlang.analysis.differences import diff, statement_changes
from optoutlang.analysis.differences.change import Kind
from optoutlang.language.driver.compile import check_text
from optoutlang.language.model.button import Button
from optoutlang.language.model.reply_settings import RuntimeVariable
from optoutlang.language.model.ruleset import Ruleset
from optoutlang.language.model.statement import ReplyText
from tests.builders.rulesets import program

RULES = """\
ruleset acme
let brand = "Acme"
limit replies to 120
runtime name up to 20
opt-out {
  buttons "leave", "leave/es"
  reply "{brand}: {{name}}, no more messages."
}
answer hours {
  buttons "hours"
  reply "9 to 5"
}
country CA {
  limit replies to 60
  opt-out { reply "{brand}: no more messages." }
  opt-in { reply "{brand}: welcome back. HELP for help." }
  help { reply "{brand}: 1-800-555-0100" }
}
"""
TESTS = """
test "some" {
  button "leave" -> opt-out
  "stop" from CA -> opt-out reply "{brand}: no more messages."
}
"""


def ruleset(text: str) -> Ruleset:
    checked = check_text(text, name="acme.optout")
    assert checked.ruleset is not None, checked.diagnostics
    return checked.ruleset


def test_cover_counts_the_buttons_that_cases_press_and_no_limit() -> None:
    rules = ruleset(RULES + TESTS)
    points = cover(Bench(rules), rules.examples).points
    buttons = {
        each.statement.payload: bool(each.reached_by)
        for each in points
        if isinstance(each.statement, Button)
    }
    assert buttons == {"leave": True, "leave/es": False, "hours": False}
    kinds = {type(each.statement) for each in points}
    assert kinds == {Button, ReplyText, RuntimeVariable}


def test_mutants_of_buttons_survive_where_no_case_presses_them_and_suggestions_kill_them() -> None:
    bench = Bench(ruleset(RULES + TESTS))
    found = mutate(bench)
    alive = {
        each.mutant.statement.payload
        for each in found.survivors
        if isinstance(each.mutant.statement, Button)
    }
    assert alive == {"leave/es", "hours"}
    pasted = pasteable("pasted", suggestions(bench, found.survivors))
    assert 'button "hours"' in pasted
    again = mutate(Bench(ruleset(RULES + TESTS + pasted)))
    assert not [each for each in again.survivors if isinstance(each.mutant.statement, Button)]
    assert again.count(Fate.KILLED) > found.count(Fate.KILLED)


def test_a_button_that_goes_comes_or_asks_for_something_else_is_a_change() -> None:
    old = program('opt-out { buttons "a", "b" } country MX { help { buttons "c" } }')
    new = program(
        'opt-out { buttons "a" } help { buttons "b" } country MX { opt-in { buttons "c" } }'
    )
    found = diff(old, new)
    assert not found.unsettled
    assert {(each.kind, each.witness, each.button, each.countries) for each in found.changes} == {
        (Kind.OPT_OUT_LOST, "b", True, (None, "MX")),
        (Kind.OPT_IN_GAINED, "c", True, ("MX",)),
    }
    assert diff(old, old).equal
    stated = {(each.turn.value, each.text, each.weaker) for each in statement_changes(old, new)}
    assert stated == {("changed", "b", True), ("changed", "c", True)}


def test_limits_and_lengths_change_no_message_and_are_named() -> None:
    old = program("limit replies to 200")
    new = program("limit replies to 300 country CA { limit replies to 160 }")
    found = diff(old, new)
    assert found.equal
    assert [(each.statement, each.before, each.after) for each in statement_changes(old, new)] == [
        ("reply_limit", "200", "300"),
        ("reply_limit", "200", "160"),
    ]
    rules = 'runtime name up to {} opt-in {{ reply "Hi {{{{name}}}}" }}'
    shorter, longer = program(rules.format(20)), program(rules.format(30))
    assert diff(shorter, longer).equal
    assert [each.after for each in statement_changes(shorter, longer)] == ["name up to 30"]
