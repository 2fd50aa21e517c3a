"""JSON: the shape that docs/diagnostics/README.md describes."""

from __future__ import annotations

import json as standard

from optoutlang.language.diagnostics import codes, json
from optoutlang.language.diagnostics.diagnostic import Severity
from optoutlang.language.diagnostics.pages import pages_folder
from optoutlang.language.source.text import SourceText
from tests.language.diagnostics.findings import GOLDEN, finding, golden, label

FIELDS = [
    "code",
    "slug",
    "severity",
    "title",
    "message",
    "primary",
    "related",
    "notes",
    "help",
    "fix",
]
PLACE = ["path", "start", "end"]
POSITION = ["line", "column", "offset"]


def test_a_report_without_findings_counts_nothing() -> None:
    assert standard.loads(json.render(())) == {
        "version": 1,
        "diagnostics": [],
        "summary": {"error": 0, "warning": 0, "note": 0, "hint": 0},
    }


def test_every_finding_of_every_golden_case_has_all_fields() -> None:
    for path in sorted(GOLDEN.glob("*.optout")):
        report = standard.loads(json.render(golden(path.stem)))
        for found in report["diagnostics"]:
            assert list(found) == FIELDS
            for place in (found["primary"], *found["related"]):
                assert list(place) == [*PLACE, "message"]
                assert list(place["start"]) == list(place["end"]) == POSITION
            for edit in found["fix"]["edits"] if found["fix"] else ():
                assert list(edit) == [*PLACE, "replacement"]


def test_the_json_golden_files_have_every_field_with_and_without_a_value() -> None:
    reports = [standard.loads(path.read_text(encoding="utf-8")) for path in GOLDEN.glob("*.json")]
    findings = [found for report in reports for found in report["diagnostics"]]

    for name in ("related", "notes", "help", "fix"):
        assert {bool(found[name]) for found in findings} == {True, False}, name
    assert {found["severity"] for found in findings} == {each.value for each in Severity}
    assert any(len(found["related"]) > 1 for found in findings)
    assert any(found["fix"] and len(found["fix"]["edits"]) > 1 for found in findings)


def test_the_documentation_names_every_field() -> None:
    text = (pages_folder() / "README.md").read_text(encoding="utf-8")
    for name in (*FIELDS, *PLACE, *POSITION, "message", "edits", "replacement", "summary"):
        assert f"`{name}`" in text


def test_the_summary_counts_by_severity() -> None:
    report = standard.loads(json.render(golden("O201-hidden-spellings")))
    assert report["summary"] == {"error": 5, "warning": 1, "note": 0, "hint": 0}


def test_offsets_give_back_the_text_of_a_place() -> None:
    case = GOLDEN / "O210-chinese-japanese-korean.optout"
    text = case.read_text(encoding="utf-8")
    report = standard.loads(case.with_suffix(".json").read_text(encoding="utf-8"))
    places = [each["primary"] for each in report["diagnostics"] if each["code"] == "O210"]
    words = [text[each["start"]["offset"] : each["end"]["offset"]] for each in places]
    assert words == ['"配信 停止"', '"テイシ"', '"그만"']


def test_a_report_is_plain_ascii_whatever_the_source_holds() -> None:
    source = SourceText("a.optout", "\ud800🛑")
    report = json.render((finding(label(source, "\ud800"), "`\ud800🛑`"),))
    assert report.isascii()
    assert standard.loads(report)["diagnostics"][0]["message"] == "`\ud800🛑`"


def test_every_severity_has_a_name_and_a_count() -> None:
    assert {each.severity for each in codes.ALL} == set(Severity)
