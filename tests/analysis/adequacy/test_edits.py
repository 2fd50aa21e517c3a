"""Edits: what a change may be about, and what is left of a ruleset after one."""

from __future__ import annotations

import pytest

from optoutlang.analysis.adequacy.edits import Change, Edit, drop, edited, restricted
from optoutlang.language.driver.compile import check_text
from optoutlang.language.model.ruleset import Ruleset
from optoutlang.language.model.statement import Claim, Sentence
from optoutlang.language.model.statements import KINDS

RULES = """
opt-out { keywords QUIT  sentences "no more"  reply "out" }
country MX { opt-out { keywords BAJA } }
country CO { opt-out { keywords FUERA } }
"""


def ruleset() -> Ruleset:
    found = check_text(RULES).ruleset
    assert found is not None
    return found


def test_a_change_is_about_statements_of_one_kind() -> None:
    claim, sentence = ruleset().of(Claim)[0], ruleset().of(Sentence)[0]

    with pytest.raises(ValueError, match="one kind"):
        Change(claim, sentence)
    with pytest.raises(ValueError, match="one kind"):
        Change(None)


def test_dropping_a_statement_takes_it_out_and_no_other() -> None:
    rules = ruleset()
    for statement in rules.statements:
        without = edited(rules, drop(statement))

        assert list(without.statements) == [each for each in rules.statements if each != statement]


def test_a_replacement_stands_behind_the_others_of_its_kind() -> None:
    rules = ruleset()
    first = rules.of(Claim)[0]
    moved = edited(rules, Edit((Change(first, first.in_scope("CO")),)))

    assert moved.of(Claim)[-1] == first.in_scope("CO")
    assert all(moved.of(kind) == rules.of(kind) for kind in KINDS if kind is not Claim)


def test_a_restricted_ruleset_has_the_base_and_the_countries_that_are_named() -> None:
    few = restricted(ruleset(), ("MX", "FR"))

    assert few.countries == ("MX",)
    assert {each.scope for each in few.statements} == {None, "MX"}
