"""`cover` says exactly which statements the test cases reach: those without which some answer is another."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import given, settings

from optoutlang.analysis.adequacy.cover import Coverage, cover
from optoutlang.analysis.adequacy.edits import drop, edited
from optoutlang.analysis.adequacy.probes import probe
from optoutlang.analysis.adequacy.workbench import Bench
from optoutlang.language.driver.compile import check_path
from optoutlang.language.model.ruleset import Example, Ruleset
from optoutlang.language.model.statement import (
    Claim,
    ExceptionPhrase,
    FillerPhrase,
    Phrase,
    Removal,
    Sentence,
)
from optoutlang.language.reference import decide
from optoutlang.testing.rulesets import GeneratedRuleset, rulesets

CASES = Path(__file__).parent / "cover"


def covered(path: Path, *, every_file: bool = False) -> Coverage:
    ruleset = check_path(path).ruleset
    assert ruleset is not None
    return cover(Bench(ruleset), ruleset.examples, every_file=every_file)


def listed(coverage: Coverage) -> str:
    """Return a line for each statement: whether it is reached, its kind, scope and words."""
    return "".join(
        f"{len(each.reached_by)} {each.statement.label} {each.statement.scope or '-'} "
        f"{words(each.statement.place.source.text, each.statement.place.span.start)}"
        f"{f' {each.alternatives_reached}/{each.alternatives}' if each.alternatives else ''}\n"
        for each in coverage.points
    )


def words(text: str, start: int) -> str:
    return text[start:].partition("\n")[0].partition(",")[0].rstrip(" }")


@pytest.mark.parametrize("name", ["full", "gaps"])
def test_every_planted_gap_is_found_and_nothing_else(
    name: str, request: pytest.FixtureRequest
) -> None:
    found = listed(covered(CASES / f"{name}.optout"))
    expected = CASES / f"{name}.expected"
    if request.config.getoption("--rewrite"):
        expected.write_text(found, encoding="utf-8")
    assert found == expected.read_text(encoding="utf-8")


def test_a_file_whose_tests_reach_all_has_100_percent() -> None:
    assert covered(CASES / "full.optout").percent == 100


def test_every_file_can_be_covered() -> None:
    alone = covered(CASES / "gaps.optout")
    together = covered(CASES / "gaps.optout", every_file=True)
    names = {each.statement.place.source.name for each in together.points}
    assert names == {"gaps.optout", "weaker.optout", "pack:standard/standard.optout"}
    root = [each for each in together.points if each.statement.place.source.name == "gaps.optout"]
    assert root == list(alone.points)


def test_a_protected_word_that_cannot_be_taken_out_is_reached_by_what_names_it() -> None:
    found = covered(CASES / "gaps.optout", every_file=True)
    core = {
        each.statement.place.start.line: [case.message for case in each.reached_by]
        for each in found.points
        if each.statement.place.source.name.startswith("pack:standard")
        and words(each.statement.place.source.text, each.statement.place.span.start)
        in {"STOP", "HELP"}
    }
    assert list(core.values()) == [["STOP", "che, stop"], []]


@pytest.mark.thorough
@pytest.mark.slow
@settings(max_examples=settings().max_examples // 20)
@given(rulesets())
def test_reached_is_what_the_reference_answers_otherwise_without_the_statement(
    rules: GeneratedRuleset,
) -> None:
    cases = asked(rules.ruleset)
    for point in cover(Bench(rules.ruleset), cases).points:
        without = edited(rules.ruleset, drop(point.statement))
        changed = [each for each in cases if answer(without, each) != answer(rules.ruleset, each)]
        assert list(point.reached_by) == changed


def asked(ruleset: Ruleset) -> tuple[Example, ...]:
    """Return cases that ask for what the root file says, in its own places and with its own filler."""
    root = len(ruleset.files) - 1
    said = [each.word for each in ruleset.of(Claim) if each.file == root]
    said += [each.word for each in ruleset.of(Removal) if each.file == root]
    patterns = [
        each
        for part in (ruleset.of(Sentence), ruleset.of(Phrase), ruleset.of(ExceptionPhrase))
        for each in part
        if each.file == root
    ]
    said += [f"so {each.pattern.texts()[-1]} now" for each in patterns]
    said += [f"STOP {each.word}" for each in ruleset.of(FillerPhrase)]
    nearly = ("SOTP", "STOOOP", "ST0P", "STOP 12", *(near(each) for each in said[:9]))
    messages = dict.fromkeys(("STOP", "HELP", *said[:20], *said[:20:3], *nearly))
    places = (None, *ruleset.countries)
    return tuple(
        probe(message, places[number % len(places)], ("es", None)[number % 2])
        for number, message in enumerate(messages)
    )


def near(word: str) -> str:
    """Return a word with two letters in each other's place, or with letters held and a number behind it."""
    return f"{word[1]}{word[0]}{word[2:]}" if len(word) > 3 else f"{word}{word[-1:] * 3} 12"


def answer(ruleset: Ruleset, case: Example) -> object:
    found = decide(ruleset, case.message, country=case.country, language=case.prefer)
    return None if found is None else replace(found, digest="")
