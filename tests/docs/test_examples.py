"""The example files of docs/ are clean, laid out, tested, and what `make demo` shows."""

from __future__ import annotations

import re
import runpy
from pathlib import Path

import pytest

from optoutlang import Matcher
from optoutlang.language.diagnostics.diagnostic import Severity
from optoutlang.language.driver.compile import check_path, compile_checked
from optoutlang.language.driver.examples import run_examples
from optoutlang.language.reference.decide import decide
from optoutlang.language.syntax.format import format_file
from optoutlang.language.syntax.parse import parse
from optoutlang.language.syntax.read import decode

EXAMPLES = Path(__file__).resolve().parents[2] / "docs" / "examples"
CONFIGURATIONS = sorted((EXAMPLES / "configurations").glob("*.optout"))
FILES = [*sorted(EXAMPLES.glob("*.optout")), *CONFIGURATIONS]
FEW_RULES = (
    *(
        EXAMPLES / f"{name}.optout"
        for name in (
            "canada",
            "run-time-variables",
            "buttons",
            "answers",
            "start-and-end",
            "topics",
        )
    ),
    *CONFIGURATIONS,
)
"""Those that use no pack of whole sentences: the reference reads these in seconds."""
IGNORED = ("don't stop texting me", "Stop by the office tomorrow", "nonstop", "cancel")


@pytest.mark.parametrize("path", FILES, ids=lambda path: path.name)
def test_an_example_has_nothing_worse_than_a_note(path: Path) -> None:
    found = check_path(path).diagnostics
    bad = {Severity.ERROR, Severity.WARNING}
    assert not [each for each in found if each.code.severity in bad]


@pytest.mark.parametrize("path", FILES, ids=lambda path: path.name)
def test_an_examples_own_tests_hold(path: Path) -> None:
    checked = check_path(path)
    assert checked.ruleset is not None
    outcomes = run_examples(checked.ruleset, Matcher(compile_checked(checked)))
    assert outcomes
    assert not [each.example.message for each in outcomes if not each.passed]


@pytest.mark.parametrize("path", FILES, ids=lambda path: path.name)
def test_an_example_is_laid_out_as_the_formatter_would(path: Path) -> None:
    source, found = decode(path.read_bytes(), name=path.name, path=str(path))
    assert source is not None
    assert not found
    assert format_file(parse(source)[0]) == source.text


@pytest.mark.parametrize("path", FEW_RULES, ids=lambda path: path.name)
def test_an_example_means_the_same_to_the_reference(path: Path) -> None:
    ruleset = check_path(path).ruleset
    assert ruleset is not None
    for each in ruleset.examples:
        expected = decide(
            ruleset, each.text, country=each.country, language=each.prefer, payload=each.payload
        )
        assert (None if expected is None else expected.action) is each.action


@pytest.mark.parametrize("path", CONFIGURATIONS, ids=lambda path: path.name)
def test_a_configuration_names_its_source_and_has_a_near_miss_beside_its_matches(
    path: Path,
) -> None:
    head = path.read_text(encoding="utf-8").partition("ruleset ")[0]
    assert "# Source: " in head
    ruleset = check_path(path).ruleset
    assert ruleset is not None
    assert any(each.action is None for each in ruleset.examples)
    assert sum(each.action is not None for each in ruleset.examples) > 1


def test_the_list_of_configurations_has_every_file_and_no_other() -> None:
    page = (EXAMPLES / "configurations" / "README.md").read_text(encoding="utf-8")
    listed = set(re.findall(r"\]\(([a-z-]+)\.optout\)", page))
    assert listed == {each.stem for each in CONFIGURATIONS}
    assert len(listed) >= 24


def test_the_replies_of_run_time_variables_are_filled_by_the_application() -> None:
    checked = check_path(EXAMPLES / "run-time-variables.optout")
    decision = Matcher(compile_checked(checked)).match("points")
    assert decision is not None
    values = {"name": "Ann", "link": "https://acme.example/a1"}
    assert decision.fill(values).reply == "Acme: Ann, your points are at https://acme.example/a1"
    with pytest.raises(ValueError, match="the value for `name` has 31 characters; 30 is the most"):
        decision.fill(values, name="A" * 31)


def test_the_demo_shows_decisions_and_near_misses(capsys: pytest.CaptureFixture[str]) -> None:
    runpy.run_path(str(EXAMPLES / "demo.py"), run_name="__main__")
    rows = capsys.readouterr().out.splitlines()
    decided = [row for row in rows if "acme.optout:" in row or "pack:" in row]
    ignored = [row.split("  ")[0] for row in rows if row.endswith("-")]
    assert len(decided) >= 10
    assert set(IGNORED) <= set(ignored)
