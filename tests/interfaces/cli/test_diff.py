"""`optout diff`: what it says of two rulesets, in which form, and how it exits."""

from __future__ import annotations

import json
import subprocess
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
    lines = shown.stdout.splitlines()
    assert lines[0] == "statements: 1 went, 1 came; 1 may lose an opt-out or gain an opt-in"
    begin = lines.index("opt-out lost (2)")
    assert lines[begin : begin + 4] == [
        "opt-out lost (2)",
        '  "NO MORE"  from US and in the base',
        "    before  opt-out in en, by NO MORE (exact, acme.optout:7)",
        "    after   none",
    ]
    assert "4 kinds of change, 2 of them lose an opt-out" in shown.stdout


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


SIX = """\
ruleset s
opt-out { keywords AAA, BBB, CCC, "DDD EEE"
 phrases "remove me from the list", "take me off" }
"""


@pytest.fixture
def emptied(folder: Path) -> tuple[Path, Path]:
    old, new = folder / "s1.optout", folder / "s2.optout"
    old.write_text(SIX, encoding="utf-8")
    new.write_text("ruleset s\n", encoding="utf-8")
    return old, new


LOST = ["AAA", "BBB", "CCC", "DDD EEE", "remove me from the list", "take me off"]


def test_every_statement_that_went_is_named_in_every_form(emptied: tuple[Path, Path]) -> None:
    shown = optout("diff", *emptied).stdout.splitlines()
    assert shown[0] == "statements: 6 went; 6 may lose an opt-out or gain an opt-in"
    assert all(text in line for text, line in zip(LOST, shown[1:7], strict=True))
    report = json.loads(optout("diff", *emptied, "--format", "json").stdout)
    assert [each["text"] for each in report["statements"]] == LOST
    assert all(each["weaker"] and each["change"] == "went" for each in report["statements"])
    table = optout("diff", *emptied, "--format", "markdown").stdout
    assert all(
        f"| ⛔ went | {'phrase' if 'me' in each else 'keyword'} | {each} |" in table
        for each in LOST
    )


@pytest.mark.parametrize("words", ["OKAY", 'SURE, YEP, "GO AHEAD"'])
def test_a_gained_opt_in_counts_as_weaker(acme: Path, folder: Path, words: str) -> None:
    more = folder / "more.optout"
    more.write_text(f"{acme.read_text(encoding='utf-8')}\nopt-in {{ keywords {words} }}\n")
    shown = optout("diff", acme, more, "--fail-on", "weaker")
    assert shown.exit_code == 1
    assert "\nopt-in gained (" in shown.stdout
    assert all(
        f"keyword  {word.strip()}" in shown.stdout for word in words.replace('"', "").split(",")
    )


def test_what_is_not_settled_stands_first(folder: Path) -> None:
    old, new = folder / "old.optout", folder / "new.optout"
    old.write_text('class end is cease opt-out { frames "{end} .. now" }', encoding="utf-8")
    new.write_text('class end is desist opt-out { frames "{end} .. now" }', encoding="utf-8")
    assert optout("diff", old, new).stdout.startswith("not settled: ")
    markdown = optout("diff", old, new, "--format", "markdown").stdout
    assert markdown.splitlines()[2].startswith("⛔ **not settled: ")


def git(folder: Path, *arguments: str) -> None:
    settings = ("-c", "user.name=a", "-c", "user.email=a@b", "-c", "commit.gpgsign=false")
    subprocess.run(["git", *settings, *arguments], cwd=folder, check=True, capture_output=True)  # noqa: S607


def test_a_revision_of_the_repository_is_the_old_side(folder: Path) -> None:
    git(folder, "init", "-q")
    (folder / "rules").mkdir()
    shared, file = folder / "rules" / "shared.optout", folder / "rules" / "acme.optout"
    shared.write_text("opt-out { keywords LEAVE }", encoding="utf-8")
    file.write_text('use "./shared.optout"', encoding="utf-8")
    git(folder, "add", "-A")
    git(folder, "commit", "-qm", "first")
    assert optout("diff", "--git", "HEAD", "rules/acme.optout").exit_code == 0
    shared.write_text("opt-out { keywords DEPART }", encoding="utf-8")
    shown = optout("diff", "--git", "HEAD", "rules/acme.optout")
    assert shown.exit_code == 1
    assert shown.stdout.startswith("statements: 1 went, 1 came")
    assert "went     keyword  LEAVE" in shown.stdout


@pytest.mark.parametrize(
    ("arguments", "code", "message"),
    [
        (("--git", "HEAD", "acme.optout"), 3, "not a git repository"),
        (("--git", "HEAD", "acme.optout", "us"), 2, "--git takes one file"),
        (("acme.optout",), 2, "give OLD and NEW, or one file and --git REV"),
    ],
)
def test_a_wrong_use_of_revisions_is_named(
    acme: Path, arguments: tuple[str, ...], code: int, message: str
) -> None:
    shown = optout("diff", *arguments)
    assert acme.name == "acme.optout"
    assert shown.exit_code == code
    assert message in " ".join(shown.stderr.split())


def test_a_revision_that_is_not_there_is_named(folder: Path, acme: Path) -> None:
    git(folder, "init", "-q")
    assert optout("diff", "--git", "no-such", acme.name).exit_code == 3
