"""`optout test`: the outcomes as text, JSON and JUnit; no tests at all is a failure."""

from __future__ import annotations

import json
from pathlib import Path
from xml.etree import ElementTree as ET

import pytest

from tests.interfaces.cli.runner import optout

MIXED = """\
ruleset mixed

test "good" { "stop" -> opt-out in en }

test "bad <&>" {
  "hi"          from US -> opt-out
  "STOP"                -> none
  "help" prefer es      -> help in en reply none
  "hello 1"             -> none
}
"""

HELP_REPLY = "SMS: reply STOP to unsubscribe or START to resubscribe. Msg & data rates may apply."


@pytest.fixture
def mixed(folder: Path) -> str:
    (folder / "mixed.optout").write_text(MIXED, encoding="utf-8")
    return "mixed.optout"


def test_text_says_expected_got_and_why_of_each_failure(mixed: str) -> None:
    assert optout("test", mixed).stdout.splitlines() == [
        "mixed.optout",
        "  ok    good (1 of 1)",
        "  FAIL  bad <&> (1 of 4)",
        '        mixed.optout:6: "hi" from US',
        "          expected  opt-out",
        "          got       none",
        "          why       nothing fired; read as: hi",
        '        mixed.optout:7: "STOP"',
        "          expected  none",
        "          got       opt-out",
        "          why       opt-out by STOP (exact, en, pack:standard/standard.optout:11): decides",
        '        mixed.optout:8: "help" prefer es',
        "          expected  help in en reply none",
        f'          got       help in en reply "{HELP_REPLY}"',
        "          why       help by HELP (exact, en, pack:standard/standard.optout:23): decides",
        "2 passed, 3 failed",
    ]


def test_json_has_every_case_and_the_counts(mixed: str, folder: Path) -> None:
    (folder / "none.optout").write_text("ruleset none", encoding="utf-8")
    report = json.loads(optout("test", mixed, "none.optout", "--format", "json").stdout)
    assert report["summary"] == {"passed": 2, "failed": 3, "files_without_tests": 1}
    first, empty = report["files"]
    assert (first["path"], first["ruleset"], first["passed"]) == (mixed, "mixed", False)
    assert [each["passed"] for each in first["cases"]] == [True, False, False, False, True]
    assert [bool(each["why"]) for each in first["cases"]] == [False, True, True, True, False]
    assert (empty["cases"], empty["passed"]) == ([], False)


def test_junit_has_a_suite_for_each_file_and_a_case_for_each_case(mixed: str, folder: Path) -> None:
    (folder / "none.optout").write_text("ruleset none", encoding="utf-8")
    assert optout("test", mixed, "none.optout", "--junit", "report.xml").exit_code == 1
    first, empty = ET.parse(folder / "report.xml").getroot()  # noqa: S314 - written just now
    assert dict(first.attrib) == {"name": mixed, "tests": "5", "failures": "3"}
    assert [case.find("failure") is None for case in first] == [True, False, False, False, True]
    assert first[1].attrib["classname"] == "mixed.bad <&>"
    assert dict(empty.attrib) == {"name": "none.optout", "tests": "1", "failures": "1"}


def test_what_xml_cannot_hold_is_shown_escaped(folder: Path) -> None:
    source = 'test "a" { "\\u{1}\\u{FFFF}" -> help }'
    (folder / "odd.optout").write_text(source, encoding="utf-8")
    optout("test", "odd.optout", "--junit", "report.xml")
    case = ET.parse(folder / "report.xml").getroot()[0][0]  # noqa: S314 - written just now
    assert case.attrib["name"] == '"\\x01\\uffff"'


def test_a_closing_line_counts_the_files_without_tests(folder: Path) -> None:
    (folder / "none.optout").write_text("ruleset none", encoding="utf-8")
    shown = optout("test", "none.optout").stdout
    assert "no `test` block has a case" in shown
    assert shown.endswith("0 passed, 0 failed, 1 without tests\n")


def test_with_packs_runs_the_cases_of_used_files_under_the_file(folder: Path) -> None:
    (folder / "used.optout").write_text(
        'test "theirs" { "the end" -> none "stop" -> opt-out }', encoding="utf-8"
    )
    (folder / "mine.optout").write_text(
        'use "./used.optout" opt-out { keywords "THE END" } test "mine" { "stop it" -> none }',
        encoding="utf-8",
    )
    assert optout("test", "mine.optout").exit_code == 0
    ran = optout("test", "mine.optout", "--with-packs")
    assert ran.exit_code == 1
    lines = ran.stdout.splitlines()
    assert lines[2].startswith("mine.optout with pack:standard/")
    theirs = lines.index("mine.optout with used.optout")
    assert lines[theirs + 1 : theirs + 5] == [
        "  FAIL  theirs (1 of 2)",
        '        used.optout:1: "the end"',
        "          expected  none",
        "          got       opt-out",
    ]
