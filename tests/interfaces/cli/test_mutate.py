"""`optout mutate`: what no test sees, and the cases that would."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from tests.interfaces.cli.runner import optout

RULES = """\
ruleset shop

opt-out { keywords "NO MORE" }

help { reply "Shop: reply STOP to end." }

test "some" {
  "no more" -> opt-out
}
"""


@pytest.fixture
def shop(folder: Path) -> str:
    (folder / "shop.optout").write_text(RULES, encoding="utf-8")
    return "shop.optout"


def test_text_shows_each_survivor_and_what_no_test_sees(shop: str) -> None:
    lines = optout("mutate", shop).stdout.splitlines()
    assert lines[0] == "shop"
    assert lines[1] == (
        "  survived  shop.optout:5: reply `Shop: reply STOP to end.` (help, en) in the base: dropped"
    )
    assert lines[2] == (
        "    `HELP`: reply `Shop: reply STOP to end.`; the mutant: reply "
        "`SMS: reply STOP to unsubscribe or START to resubscribe. Msg & data rates may apply.`"
    )
    assert lines[-2:] == ["6 mutants: 3 killed, 3 survived", "score 50.0 %"]


def test_json_has_every_mutant_with_its_killer_or_witness(shop: str) -> None:
    report = json.loads(optout("mutate", shop, "--format", "json", "--suggest").stdout)
    assert (report["score"], report["counts"]["killed"]) == (50.0, 3)
    first, *_, last = report["mutants"]
    assert first["killed_by"] == {"test": "some", "message": "no more", "rule": "shop.optout:8"}
    assert (last["fate"], last["witness"]["message"]) == ("survived", "HELP")
    assert '"HELP" -> help reply "Shop: reply STOP to end."' in report["suggested"]


def test_what_is_suggested_can_be_pasted(shop: str, folder: Path) -> None:
    suggested = optout("mutate", shop, "--suggest").stdout
    (folder / shop).write_text(f"{RULES}\n{suggested}", encoding="utf-8")
    assert optout("fmt", "--check", shop).exit_code == 0
    assert optout("test", shop).exit_code == 0
    assert optout("mutate", shop, "--fail-under", "100").exit_code == 0
    assert optout("mutate", shop, "--suggest").stdout == ""


@pytest.mark.parametrize(("percent", "code"), [("50", 0), ("50.1", 1), ("0", 0)])
def test_less_than_what_is_asked_for_fails(shop: str, percent: str, code: int) -> None:
    assert optout("mutate", shop, "--fail-under", percent).exit_code == code


def test_failing_tests_come_first(folder: Path) -> None:
    (folder / "bad.optout").write_text('test "bad" { "stop" -> none }', encoding="utf-8")
    found = optout("mutate", "bad.optout")
    assert found.exit_code == 1
    assert found.stderr == "optout: 1 test case fails; `optout test bad.optout` shows why\n"
