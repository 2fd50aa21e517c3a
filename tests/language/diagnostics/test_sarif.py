"""SARIF: every golden case's log is valid against the official schema and says what the finding says."""

from __future__ import annotations

import json
from pathlib import Path
from typing import cast

import pytest
from jsonschema import Draft4Validator

from optoutlang.language.diagnostics import codes, sarif
from optoutlang.language.diagnostics.diagnostic import Diagnostic
from optoutlang.language.diagnostics.json import Json
from optoutlang.language.source.text import SourceText
from tests.language.diagnostics.findings import GOLDEN, finding, golden, label

SCHEMA = json.loads(
    (Path(__file__).parent / "sarif" / "sarif-2.1.0-rtm.4.json").read_text(encoding="utf-8")
)
Object = dict[str, Json]


def _run(found: tuple[Diagnostic, ...]) -> Object:
    log = json.loads(sarif.render(found))
    return cast("Object", log["runs"][0])


def _results(found: tuple[Diagnostic, ...]) -> list[Object]:
    return cast("list[Object]", _run(found)["results"])


@pytest.mark.parametrize("name", sorted(each.stem for each in GOLDEN.glob("*.optout")))
def test_a_log_is_valid_against_the_schema(name: str) -> None:
    log = json.loads(sarif.render(golden(name)))
    assert [each.message for each in Draft4Validator(SCHEMA).iter_errors(log)] == []


def test_a_log_without_findings_is_valid_against_the_schema() -> None:
    log = json.loads(sarif.render(()))
    assert [each.message for each in Draft4Validator(SCHEMA).iter_errors(log)] == []
    assert log["runs"][0]["results"] == []


def test_the_schema_refuses_what_is_no_log() -> None:
    log = json.loads(sarif.render(golden("O201-protected-removed")))
    log["runs"][0]["results"][0]["level"] = "fatal"
    assert not Draft4Validator(SCHEMA).is_valid(log)


def test_the_rules_are_the_codes_that_occur_with_their_pages() -> None:
    found = golden("O201-hidden-spellings")
    driver = json.loads(sarif.render(found))["runs"][0]["tool"]["driver"]
    assert [each["id"] for each in driver["rules"]] == ["O008", "O201", "O202"]
    assert driver["rules"][1]["name"] == "protected-removed"
    assert driver["rules"][1]["help"]["markdown"].startswith("# O201: ")


def test_a_result_points_to_its_rule() -> None:
    run = json.loads(sarif.render(golden("O201-hidden-spellings")))["runs"][0]
    for result in run["results"]:
        assert run["tool"]["driver"]["rules"][result["ruleIndex"]]["id"] == result["ruleId"]


@pytest.mark.parametrize(
    ("name", "level"),
    [
        ("O201-protected-removed", "error"),
        ("O211-useless-keyword", "warning"),
        ("O208-rebound-keyword", "note"),
        ("O407-url-in-opt-out-reply", "note"),
    ],
)
def test_a_severity_has_its_level(name: str, level: str) -> None:
    assert [each["level"] for each in _results(golden(name))] == [level]


def test_a_result_counts_columns_in_code_points() -> None:
    run = _run(golden("O205-decomposed-accents"))
    assert run["columnKind"] == "unicodeCodePoints"
    second = cast("list[Object]", run["results"])[1]
    location = cast("list[dict[str, Object]]", second["locations"])[0]
    region = cast("Object", location["physicalLocation"]["region"])
    assert (region["startLine"], region["startColumn"], region["endColumn"]) == (5, 37, 46)


def test_a_result_holds_notes_help_other_places_and_fixes() -> None:
    (result,) = _results(golden("O211-useless-keyword"))
    assert [each["id"] for each in cast("list[Object]", result["relatedLocations"])] == [0]
    fix = cast("list[Object]", result["fixes"])[0]
    assert fix["description"] == {"text": "take `CANCEL` out"}

    (result,) = _results(golden("O407-url-in-opt-out-reply"))
    message = cast("Object", result["message"])
    assert str(message["text"]).count("\n") == 2
    assert "\nhelp: confirm" in str(message["text"])
    assert "fixes" not in result
    assert "relatedLocations" not in result


def test_a_path_becomes_a_uri() -> None:
    source = SourceText("a.optout", "text", "my rules/aß%:.optout")
    log = sarif.render((finding(label(source, "text")),))
    assert '"uri": "my%20rules/a%C3%9F%25%3A.optout"' in log


def test_lone_surrogates_do_not_break_the_log() -> None:
    source = SourceText("a.optout", "\ud800", "a\udcff.optout")
    log = sarif.render((finding(label(source, "\ud800"), "`\ud800`", codes.UNREADABLE_CHARACTER),))
    assert log.isascii()
    assert '"uri": "a%FF.optout"' in log
