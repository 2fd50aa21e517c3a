"""docs/language.md: each clause of section 5 has an example, and it is as the clause says."""

from __future__ import annotations

import doctest
import re
from dataclasses import replace

import pytest

from optoutlang import Matcher
from optoutlang.language.diagnostics.diagnostic import Severity
from optoutlang.language.driver.compile import check_text, compile_checked
from optoutlang.language.driver.examples import run_examples
from optoutlang.language.reference.decide import decide
from optoutlang.language.syntax.format import format_file
from optoutlang.language.syntax.parse import parse
from optoutlang.language.syntax.read import decode
from tests.docs.blocks import ROOT, fenced, sections

PAGE = (ROOT / "docs" / "language.md").read_text(encoding="utf-8")
CLAUSES = {
    title: body for title, body in sections(PAGE, "###").items() if re.match(r"\d+\.\d+ ", title)
}
REPLIES = {title: body for title, body in sections(PAGE, "##").items() if title.startswith("6. ")}
RULES = [
    (title, rules)
    for title, body in {**CLAUSES, **REPLIES}.items()
    for rules in fenced(body, "optout")
]
SESSIONS = [
    (title, code)
    for title, body in {**CLAUSES, **REPLIES}.items()
    for code in fenced(body, "pycon")
]
CITED = re.compile(r"language\.md[ §#]+(\d+(?:\.\d+)?)")


def test_the_clauses_are_numbered_one_by_one() -> None:
    assert [title.split()[0] for title in CLAUSES] == [f"5.{n + 1}" for n in range(len(CLAUSES))]


@pytest.mark.parametrize("clause", CLAUSES)
def test_a_clause_has_an_example(clause: str) -> None:
    assert fenced(CLAUSES[clause], "optout") or fenced(CLAUSES[clause], "pycon")


@pytest.mark.parametrize(("clause", "rules"), RULES, ids=[title for title, _ in RULES])
def test_an_example_means_what_its_cases_say(clause: str, rules: str) -> None:
    checked = check_text(rules, name=clause)
    assert checked.ruleset is not None
    assert not [each for each in checked.diagnostics if each.code.severity is Severity.ERROR]
    outcomes = run_examples(checked.ruleset, Matcher(compile_checked(checked)))
    wrong = [f"{each.example.message}: {each.got}" for each in outcomes if not each.passed]
    assert outcomes
    assert not wrong


@pytest.mark.parametrize(("clause", "rules"), RULES, ids=[title for title, _ in RULES])
def test_an_example_has_a_message_that_means_something_else(clause: str, rules: str) -> None:
    checked = check_text(rules, name=clause)
    assert checked.ruleset is not None
    expected = {
        (each.action, each.suggested, each.language, each.reply)
        for each in checked.ruleset.examples
    }
    assert len(expected) > 1


@pytest.mark.parametrize(("clause", "rules"), RULES, ids=[title for title, _ in RULES])
def test_the_reference_interpreter_gives_the_same_answers(clause: str, rules: str) -> None:
    checked = check_text(rules, name=clause)
    assert checked.ruleset is not None
    matcher = Matcher(compile_checked(checked))
    for case in checked.ruleset.examples:
        answer = decide(checked.ruleset, case.message, country=case.country, language=case.prefer)
        decision = matcher.match(case.message, country=case.country, language=case.prefer)
        assert answer == (decision and replace(decision, digest=""))


@pytest.mark.parametrize(("clause", "rules"), RULES, ids=[title for title, _ in RULES])
def test_an_example_is_laid_out_as_the_formatter_would(clause: str, rules: str) -> None:
    source, _ = decode(rules.encode(), name=clause)
    assert source is not None
    assert format_file(parse(source)[0]) == rules


@pytest.mark.parametrize(("clause", "session"), SESSIONS, ids=[title for title, _ in SESSIONS])
def test_a_session_prints_what_the_page_shows(clause: str, session: str) -> None:
    runner = doctest.DocTestRunner(verbose=False)
    runner.run(doctest.DocTestParser().get_doctest(session, {}, clause, "language.md", 0))
    assert runner.tries > 0
    assert runner.failures == 0


def test_every_clause_that_a_module_cites_is_there() -> None:
    numbers = {title.split()[0] for title in CLAUSES}
    numbers |= {title.split(".")[0] for title in sections(PAGE, "##")}
    modules = [each for top in ("src", "tests") for each in (ROOT / top).rglob("*.py")]
    cited = {
        number for each in modules for number in CITED.findall(each.read_text(encoding="utf-8"))
    }
    assert cited
    assert cited <= numbers
