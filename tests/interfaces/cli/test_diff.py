"""`optout diff`: what it says of two rulesets, in which form, and how it exits."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from tests.interfaces.cli.runner import optout


@pytest.fixture
def edited(acme: Path) -> Path:
    path = acme.with_name("edited.optout")
    text = acme.read_text(encoding="utf-8").replace('keywords "NO MORE"', "keywords ENOUGH")
    path.write_text(text, encoding="utf-8")
    return path


@pytest.fixture
def bolder(acme: Path) -> Path:
    path = acme.with_name("bolder.optout")
    text = acme.read_text(encoding="utf-8").replace('"NO MORE"', '"NO MORE", ENOUGH')
    path.write_text(text, encoding="utf-8")
    return path


def test_a_lost_keyword_is_shown_first_with_where_before_and_after(
    acme: Path, edited: Path
) -> None:
    shown = optout("diff", acme, edited)
    assert shown.exit_code == 1
    assert shown.stdout.splitlines()[:4] == [
        "opt-out lost (2)",
        '  "NO MORE"  from US and in the base',
        "    before  opt-out in en, by NO MORE (exact, acme.optout:7)",
        "    after   none",
    ]
    assert "4 changes, 2 of them lose an opt-out" in shown.stdout


def test_a_file_and_its_artefact_are_equal(acme: Path, artefact: Path) -> None:
    shown = optout("diff", acme, artefact)
    assert shown.exit_code == 0
    assert "equal: every message means the same" in shown.stdout


@pytest.mark.parametrize(("fail_on", "code"), [("any", 1), ("weaker", 0)])
def test_a_gained_keyword_fails_only_on_any_change(
    acme: Path, bolder: Path, fail_on: str, code: int
) -> None:
    assert optout("diff", acme, bolder, "--fail-on", fail_on).exit_code == code
    assert optout("diff", bolder, acme, "--fail-on", fail_on).exit_code == 1


def test_json_has_every_change_with_both_decisions(acme: Path, edited: Path) -> None:
    report = json.loads(optout("diff", acme, edited, "--format", "json").stdout)
    assert (report["version"], report["equal"], report["weaker"]) == (1, False, True)
    lost = report["changes"][0]
    assert (lost["kind"], lost["witness"], lost["after"]) == ("opt-out lost", "NO MORE", None)
    assert lost["before"]["action"] == "opt-out"
    assert None in lost["countries"]
    assert report["searched"]["contexts"] == 251


def test_markdown_is_a_table_for_each_kind(acme: Path, edited: Path) -> None:
    shown = optout("diff", acme, edited, "--format", "markdown").stdout
    assert shown.startswith("### What changes for messages")
    assert "**Opt-out lost** (2)\n\n| message | where | before | after |\n| --- |" in shown


def test_an_equal_pair_says_so_in_every_form(acme: Path) -> None:
    assert "✅ equal" in optout("diff", acme, acme, "--format", "markdown").stdout
    report = json.loads(optout("diff", acme, acme, "--format", "json").stdout)
    assert (report["equal"], report["changes"], report["searched"]["states"]) == (True, [], 0)


def test_a_side_that_is_missing_is_unreadable(acme: Path) -> None:
    assert optout("diff", acme, "gone.optout").exit_code == 3
