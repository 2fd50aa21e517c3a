"""The example files of docs/ are clean, laid out, tested, and what `make demo` shows."""

from __future__ import annotations

import runpy
from pathlib import Path

import pytest

from optoutlang import Matcher
from optoutlang.language.diagnostics.diagnostic import Severity
from optoutlang.language.driver.compile import check_path, compile_checked
from optoutlang.language.driver.examples import run_examples
from optoutlang.language.syntax.format import format_file
from optoutlang.language.syntax.parse import parse
from optoutlang.language.syntax.read import decode

EXAMPLES = Path(__file__).resolve().parents[2] / "docs" / "examples"
FILES = sorted(EXAMPLES.glob("*.optout"))
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


def test_the_demo_shows_decisions_and_near_misses(capsys: pytest.CaptureFixture[str]) -> None:
    runpy.run_path(str(EXAMPLES / "demo.py"), run_name="__main__")
    rows = capsys.readouterr().out.splitlines()
    decided = [row for row in rows if "acme.optout:" in row or "pack:" in row]
    ignored = [row.split("  ")[0] for row in rows if row.endswith("-")]
    assert len(decided) >= 10
    assert set(IGNORED) <= set(ignored)
