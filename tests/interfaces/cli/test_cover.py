"""`optout cover`: what no test reaches, for people and for programs."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from tests.interfaces.cli.runner import optout

RULES = """\
ruleset shop

opt-out {
  keywords "NO MORE"
  phrases "(leave|let) me alone", "go away"
  except "never go away"
}

country MX {
  opt-out { remove END }
}

test "some" {
  "no more"            -> opt-out
  "leave me alone now" -> opt-out
  "end" from MX        -> none
}
"""


@pytest.fixture
def shop(folder: Path) -> str:
    (folder / "shop.optout").write_text(RULES, encoding="utf-8")
    return "shop.optout"


def test_text_counts_each_kind_and_names_what_is_not_reached(shop: str) -> None:
    assert optout("cover", shop).stdout.splitlines() == [
        "shop",
        "  keyword        1 of 1",
        "  remove         1 of 1",
        "  phrase         1 of 2, written out 1 of 3",
        "  except         0 of 1, written out 0 of 1",
        "  not reached  shop.optout:5: phrase `go away` (opt-out, en) in the base",
        "  not reached  shop.optout:6: except `never go away` (opt-out, en) in the base",
        "3 of 5 statements reached by 3 cases: 60.0 %",
    ]


def test_json_names_the_cases_that_reach_each_statement(shop: str) -> None:
    report = json.loads(optout("cover", shop, "--format", "json").stdout)
    assert (report["percent"], report["reached"]) == (60.0, 3)
    first = report["statements"][0]
    assert first["statement"] == "keyword `NO MORE` (opt-out, en) in the base"
    assert first["reached_by"] == [{"test": "some", "message": "no more", "rule": "shop.optout:14"}]
    phrase = report["statements"][2]
    assert (phrase["alternatives"], phrase["alternatives_reached"]) == (2, 1)


@pytest.mark.parametrize(("percent", "code"), [("60", 0), ("60.1", 1), ("0", 0)])
def test_less_than_what_is_asked_for_fails(shop: str, percent: str, code: int) -> None:
    assert optout("cover", shop, "--fail-under", percent).exit_code == code


def test_every_file_is_covered_if_asked_for(shop: str) -> None:
    assert "pack:standard/standard.optout" in optout("cover", shop, "--all").stdout


def test_failing_tests_come_first(folder: Path) -> None:
    (folder / "bad.optout").write_text('test "bad" { "stop" -> none }', encoding="utf-8")
    found = optout("cover", "bad.optout")
    assert found.exit_code == 1
    assert found.stderr == "optout: 1 test case fails; `optout test bad.optout` shows why\n"


def test_a_smallest_suite_says_what_it_reaches_and_can_be_pasted(shop: str, folder: Path) -> None:
    suite = optout("cover", shop, "--minimal").stdout
    assert suite.startswith("# 5 of 5 statements reached by 5 of ")
    assert 'test "what the rules say" {' in suite
    rules = RULES.partition("test ")[0]
    (folder / shop).write_text(f"{rules}{suite}", encoding="utf-8")
    assert optout("test", shop).exit_code == 0
    assert optout("cover", shop, "--fail-under", "100").exit_code == 0


def test_json_has_the_smallest_suite_if_asked_for(shop: str) -> None:
    report = json.loads(optout("cover", shop, "--format", "json", "--minimal").stdout)
    assert report["minimal"].startswith("# 5 of 5 statements")


def test_what_nothing_reaches_is_said_above_the_suite(folder: Path) -> None:
    (folder / "same.optout").write_text("prefer en", encoding="utf-8")
    assert optout("cover", "same.optout", "--minimal").stdout.splitlines()[1:] == [
        "# Not reached: same.optout:1: prefer en in the base"
    ]


def test_every_kind_of_statement_is_named_as_it_is_written(folder: Path) -> None:
    (folder / "kinds.optout").write_text(
        """\
prefer en, fr
suggest phrases, sentences
filler "pls"
opt-out {
  only keywords STOP
  sentences "go"
  tolerate numbers
  reply none
}
opt-in { remove YES }
country MX { suggest none }
""",
        encoding="utf-8",
    )
    named = [
        each.partition(": ")[2].removesuffix(" in the base")
        for each in optout("cover", "kinds.optout").stdout.splitlines()
        if "not reached" in each
    ]
    assert named == [
        "keyword `STOP` (opt-out, en)",
        "remove `YES` (opt-in)",
        "only keywords (opt-out)",
        "sentence `go` (opt-out, en)",
        "filler `pls`",
        "reply none (opt-out, en)",
        "prefer en, fr",
        "suggest sentences, phrases",
        "suggest none in MX",
        "tolerate numbers",
    ]
