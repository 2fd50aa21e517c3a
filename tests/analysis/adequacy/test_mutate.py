"""`mutate` gives every mutant one fate, and each fate can be checked: the killer, the proof, the witness."""

from __future__ import annotations

from pathlib import Path
from shutil import copytree

import pytest
from hypothesis import given, settings

from optoutlang.analysis.adequacy.edits import edited
from optoutlang.analysis.adequacy.mutants import mutants
from optoutlang.analysis.adequacy.mutate import Fate, Mutation, mutate
from optoutlang.analysis.adequacy.suggestions import pasteable, suggestions
from optoutlang.analysis.adequacy.workbench import Bench
from optoutlang.language.driver.compile import check_path
from optoutlang.language.driver.examples import holds
from optoutlang.language.model.ruleset import Example, Ruleset
from optoutlang.language.model.statement import Claim
from optoutlang.language.reference import decide
from optoutlang.runtime.program import PROTECTED_KEYS
from optoutlang.runtime.terms.decision import Decision
from optoutlang.testing.rulesets import GeneratedRuleset, rulesets
from tests.analysis.adequacy.test_cover import asked, words

CASES = Path(__file__).parent / "mutate"


def benched(path: Path) -> Bench:
    ruleset = check_path(path).ruleset
    assert ruleset is not None
    return Bench(ruleset)


def listed(mutation: Mutation) -> str:
    """Return a line for each mutant: its fate, and what was done to which statement."""
    return "".join(
        f"{each.fate.value}: {each.mutant.statement.label} {each.mutant.statement.scope or '-'} "
        f"{words(at.source.text, at.span.start)} {each.mutant.operator.value}\n"
        for each in mutation.verdicts
        for at in (each.mutant.statement.place,)
    )


@pytest.mark.parametrize("name", ["full", "gaps", "same"])
def test_every_mutant_meets_the_fate_that_is_known_of_it(
    name: str, request: pytest.FixtureRequest
) -> None:
    found = listed(mutate(benched(CASES / f"{name}.optout")))
    expected = CASES / f"{name}.expected"
    if request.config.getoption("--rewrite"):
        expected.write_text(found, encoding="utf-8")
    assert found == expected.read_text(encoding="utf-8")


def test_a_file_with_full_tests_has_no_survivor() -> None:
    found = mutate(benched(CASES / "full.optout"))
    assert (found.score, found.survivors) == (100, ())


@pytest.mark.parametrize("name", ["gaps", "same"])
def test_pasting_what_is_suggested_kills_every_survivor(name: str, tmp_path: Path) -> None:
    folder = copytree(CASES, tmp_path / "rules")
    path = folder / f"{name}.optout"
    bench = benched(path)
    before = mutate(bench)
    assert before.survivors
    pasted = pasteable("pasted", suggestions(bench, before.survivors))
    path.write_text(f"{path.read_text(encoding='utf-8')}\n{pasted}", encoding="utf-8")

    after = benched(path)
    assert not after.failures()
    found = mutate(after)
    assert not found.survivors
    assert found.count(Fate.EQUIVALENT) == before.count(Fate.EQUIVALENT)


def test_no_mutant_takes_a_protected_word_from_its_action() -> None:
    ruleset = benched(CASES / "same.optout").ruleset
    for mutant in mutants(ruleset, every_file=True):
        becomes = mutant.becomes
        if isinstance(becomes, Claim):
            assert PROTECTED_KEYS.get(becomes.key, becomes.action) is becomes.action


@pytest.mark.thorough
@pytest.mark.slow
@settings(max_examples=settings().max_examples // 50)
@given(rulesets())
def test_the_reference_confirms_every_fate(rules: GeneratedRuleset) -> None:
    ruleset = rules.ruleset
    bench = Bench(ruleset)
    some = asked(ruleset)
    for verdict in mutate(bench).verdicts:
        after = edited(ruleset, verdict.mutant.edit)
        assert verdict.killer is None  # the ruleset has no tests
        for seen in verdict.witnesses:
            asked_of = {"country": seen.country, "language": seen.prefer}
            text, payload = ("", seen.message) if seen.button else (seen.message, None)
            answers = [
                stated(decide(each, text, payload=payload, **asked_of)) for each in (ruleset, after)
            ]
            assert answers == [stated(seen.before), stated(seen.after)]
            assert answers[0] != answers[1]
        if verdict.fate is Fate.EQUIVALENT:
            assert [answer(after, each) for each in some] == [
                answer(ruleset, each) for each in some
            ]


def answer(ruleset: Ruleset, case: Example) -> object:
    return stated(
        decide(ruleset, case.text, country=case.country, language=case.prefer, payload=case.payload)
    )


def stated(decision: Decision | None) -> object:
    if decision is None:
        return None
    return decision.label, decision.language, decision.reply


def test_a_killer_holds_of_the_rules_and_not_of_the_mutant() -> None:
    bench = benched(CASES / "full.optout")
    for verdict in mutate(bench).verdicts:
        if verdict.killer is not None:
            after = edited(bench.ruleset, verdict.mutant.edit)
            case = verdict.killer
            asked_of = [
                decide(each, case.message, country=case.country, language=case.prefer)
                for each in (bench.ruleset, after)
            ]
            assert [holds(case, each) for each in asked_of] == [True, False]
