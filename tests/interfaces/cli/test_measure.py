"""`optout measure`: figures and lists as text, JSON and Markdown, and two rulesets compared."""

from __future__ import annotations

import json
import re
from pathlib import Path

import pytest

from tests.interfaces.cli.runner import optout

OLD = 'ruleset old language en\n\nopt-out { phrases "remove" }\n'
NEW = 'ruleset new language en\n\nopt-out {\n  keywords GENUG\n  phrases "stop it"\n}\n'
ROWS = """\
{"text": "Stop.", "expect": "opt-out", "language": "en", "kind": "real"}
{"text": "GENUG", "expect": "opt-out", "language": "de", "kind": "real"}
{"text": "remove|me", "expect": "opt-out", "language": "en", "kind": "made"}
{"text": "don't stop it", "expect": "none", "country": "US", "kind": "made"}
{"text": "help", "expect": "help", "acceptable": ["none"]}
"""


@pytest.fixture(autouse=True)
def files(folder: Path) -> None:
    for name, text in (("old.optout", OLD), ("new.optout", NEW), ("rows.jsonl", ROWS)):
        (folder / name).write_text(text, encoding="utf-8")


def tables(text: str) -> dict[str, list[str]]:
    """Return the lines of each table of a text report, by the first word of its heading."""
    found = {}
    for block in text.split("\n\n"):
        lines = block.splitlines()
        found[lines[0].split()[0].rstrip(":")] = lines[1:]
    return found


def test_the_figures_stand_in_tables_and_every_wrong_row_below_with_why() -> None:
    result = optout("measure", "new.optout", "rows.jsonl", "--by", "kind")
    assert result.exit_code == 0
    assert result.stdout.startswith("new ")
    found = tables(result.stdout)
    assert list(found) == [
        "new",
        "rules",
        "action",
        "matched_by",
        "language",
        "kind",
        "misses",
        "false",
    ]
    assert re.split(" {2,}", found["rules"][0]) == [
        "new.optout",
        "5",
        "75.0 % (30.1-95.4; 3 of 4)",
        "75.0 % (30.1-95.4; 3 of 4)",
        "10,000.0 (2,065.5-10,000.0; 1 of 1)",
    ]
    assert [line.split()[:2] for line in found["kind"]] == [
        ["made", "2"],
        ["real", "2"],
        ["(none)", "1"],
    ]
    assert found["misses"] == [
        "  line 3: opt-out, got none: “remove|me” (en)",
        "      nothing fired; read as: remove me",
    ]
    assert found["false"] == [
        "  line 4: none, got opt-out: “don't stop it” (US)",
        "      opt-out by stop it (phrase, en, new.optout:5): decides",
    ]


def test_some_of_the_rows_can_be_measured() -> None:
    shown = optout("measure", "new.optout", "rows.jsonl", "--where", "language=en").stdout
    assert ": 2 rows\n" in shown
    many = ("--where", "language=en", "--where", "language=de", "--where", "kind=real")
    assert ": 2 rows\n" in optout("measure", "new.optout", "rows.jsonl", *many).stdout


def test_against_other_rules_it_lists_rows_fixed_and_broken_and_fails_if_any_is_broken() -> None:
    result = optout("measure", "new.optout", "rows.jsonl", "--against", "old.optout")
    found = tables(result.stdout)
    assert result.exit_code == 1
    assert found["fixed"][0] == "  line 2: opt-out, got none -> opt-out: “GENUG” (de)"
    assert found["broken"][0] == "  line 3: opt-out, got opt-out -> none: “remove|me” (en)"
    assert found["broken"][2] == "  line 4: none, got none -> opt-out: “don't stop it” (US)"
    assert [line.split()[0] for line in found["rules"]] == ["new.optout", "old.optout"]
    same = optout("measure", "new.optout", "rows.jsonl", "--against", "new.optout")
    assert same.exit_code == 0


def test_json_holds_the_same_figures_and_lists() -> None:
    options = ("--against", "old.optout", "--by", "kind", "--format", "json")
    report = json.loads(optout("measure", "new.optout", "rows.jsonl", *options).stdout)
    assert (report["version"], report["ruleset"]) == (1, "new")
    assert list(report["figures"]) == ["rules", "action", "matched_by", "language", "kind"]
    recall = report["figures"]["rules"][0]["recall"]
    assert (recall["part"], recall["whole"], recall["share"]) == (3, 4, 0.75)
    assert recall["interval"] == pytest.approx([0.3006, 0.9544], abs=1e-4)
    assert [each["line"] for each in report["misses"]] == [3]
    assert [each["line"] for each in report["false_alarms"]] == [4]
    assert [(each["line"], each["was"], each["got"]) for each in report["broken"]] == [
        (3, "opt-out", "none"),
        (4, "none", "opt-out"),
    ]
    assert report["against"]["ruleset"] == "old"


def test_markdown_shows_messages_as_they_are() -> None:
    shown = optout("measure", "new.optout", "rows.jsonl", "--format", "markdown").stdout
    assert shown.startswith("# new ")
    assert "| action | rows | recall | precision | false alarms in 10,000 |\n| --- |" in shown
    assert "## misses: 1\n\n- line 3: opt-out, got none: “remove\\|me” (en)\n  - nothing" in shown


def test_suggestions_are_counted_apart(folder: Path) -> None:
    rules = NEW.replace("opt-out {", "suggest phrases\n\nopt-out {")
    (folder / "new.optout").write_text(rules, encoding="utf-8")
    row = '{"text": "stop it", "expect": "opt-out"}\n'
    (folder / "rows.jsonl").write_text(row + ROWS, encoding="utf-8")
    shown = optout("measure", "new.optout", "rows.jsonl").stdout
    found = tables(shown)
    assert found["rules"][0].endswith(
        "20.0 % (3.6-62.4; 1 of 5)  10,000.0 (2,065.5-10,000.0; 1 of 1)"
    )
    assert found["misses"][0] == "  line 1: opt-out, got none, suggests opt-out: “stop it”"
    assert found["false"] == []
    report = json.loads(optout("measure", "new.optout", "rows.jsonl", "--format", "json").stdout)
    assert report["misses"][0]["suggested"] == "opt-out"


def test_an_artefact_a_pack_and_standard_input_do_as_well(artefact: Path) -> None:
    for rules in (artefact, "us"):
        result = optout("measure", rules, "-", given=ROWS)
        assert result.exit_code == 0
        assert "5 rows" in result.stdout


def test_a_file_without_rows_has_no_figures() -> None:
    result = optout("measure", "new.optout", "-", given="\n")
    assert result.exit_code == 0
    assert tables(result.stdout)["rules"][0].split() == ["new.optout", "0", "-", "-", "-"]


def test_bad_rows_are_all_told_and_nothing_is_measured() -> None:
    result = optout("measure", "new.optout", "-", given='{"text": "a"}\nx\n')
    assert result.exit_code == 3
    assert result.stdout == ""
    assert result.stderr == (
        "optout: `-` has rows without a label\n"
        "  line 1: `expect` is missing\n"
        "  line 2: not JSON: expecting value: line 1 column 1 (char 0)\n"
    )


@pytest.mark.parametrize(
    ("arguments", "code", "said"),
    [
        (("nothing.jsonl",), 3, "cannot use `nothing.jsonl`"),
        (("rows.jsonl", "--against", "nothing"), 3, "`nothing` is neither a file nor a pack"),
        (("rows.jsonl", "--where", "language"), 2, "--where takes FIELD=VALUE"),
    ],
)
def test_what_cannot_be_measured(arguments: tuple[str, ...], code: int, said: str) -> None:
    result = optout("measure", "new.optout", *arguments)
    assert result.exit_code == code
    assert said in result.stderr


def test_a_field_that_no_row_has_is_refused_with_those_that_there_are(folder: Path) -> None:
    (folder / "in.jsonl").write_text('{"text": "stop", "expect": "opt-out", "kind": "a"}\n')

    found = optout("measure", "us", "in.jsonl", "--by", "knid")
    assert found.exit_code == 2
    assert "no row has a field `knid`; the rows have `expect`, `kind`, `text`" in found.stderr
    assert optout("measure", "us", "in.jsonl", "--by", "kind").exit_code == 0
