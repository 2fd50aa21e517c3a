"""`optout check`: the same findings in four forms, about files, folders and standard input."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from tests.interfaces.cli.runner import optout

BAD = 'opt-out {\n  remove STOP\n}\n\ntest "a" { "x" -> none "x" -> none }\n'


@pytest.fixture
def bad(folder: Path) -> str:
    (folder / "bad.optout").write_text(BAD, encoding="utf-8")
    return "bad.optout"


def test_text_shows_the_line_and_the_summary(bad: str) -> None:
    shown = optout("check", bad).stdout
    assert "error[O201]: `STOP` can never be removed\n --> bad.optout:2:10\n" in shown
    assert "warning[O601]" in shown


def test_json_has_each_finding_with_its_code(bad: str) -> None:
    report = json.loads(optout("check", "--format", "json", bad).stdout)
    assert [each["code"] for each in report["diagnostics"]] == ["O201", "O601"]


def test_sarif_has_each_finding_with_its_code_and_file(bad: str) -> None:
    report = json.loads(optout("check", "--format", "sarif", bad).stdout)
    results = report["runs"][0]["results"]
    assert [each["ruleId"] for each in results] == ["O201", "O601"]
    place = results[0]["locations"][0]["physicalLocation"]
    assert place["artifactLocation"]["uri"] == bad


def test_github_has_a_line_for_each_finding(bad: str) -> None:
    shown = optout("check", "--format", "github", bad).stdout.splitlines()
    assert [line.partition(" ")[0] for line in shown] == ["::error", "::warning"]
    assert all("file=bad.optout" in line for line in shown)


def test_a_folder_stands_for_every_file_below_it(bad: str, folder: Path) -> None:
    deep = folder / "a" / "b"
    deep.mkdir(parents=True)
    (deep / "c.optout").write_text("opt-out { remove HELP }", encoding="utf-8")
    shown = optout("check", ".").stdout
    assert bad in shown
    assert "a/b/c.optout:1" in shown


def test_a_finding_in_a_file_that_two_files_use_is_shown_once(bad: str, folder: Path) -> None:
    for name in ("one", "two"):
        (folder / f"{name}.optout").write_text(f'use "./{bad}"', encoding="utf-8")
    shown = optout("check", "one.optout", "two.optout", bad).stdout
    assert shown.count("O201]") == 1


def test_standard_input_uses_files_beside_the_current_folder(bad: str) -> None:
    result = optout("check", "-", given=f'use "./{bad}"')
    assert result.exit_code == 1
    assert "O201" in result.stdout


def test_an_unreadable_file_does_not_hide_the_findings_of_the_others(bad: str) -> None:
    result = optout("check", "absent.optout", bad)
    assert result.exit_code == 3
    assert "O201" in result.stdout
    assert result.stderr == "optout: cannot use `absent.optout`: no such file or directory\n"
