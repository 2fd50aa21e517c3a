"""A mistake made ten thousand times is shown a hundred times and counted: no renderer loses a finding silently."""

from __future__ import annotations

import json
from pathlib import Path

from jsonschema import Draft4Validator

from optoutlang.language.diagnostics import codes, github, sarif, text
from optoutlang.language.diagnostics import json as json_report
from optoutlang.language.diagnostics.diagnostic import Diagnostic, Edit, Fix
from optoutlang.language.diagnostics.excerpt import LONGEST_LINE
from optoutlang.language.diagnostics.limit import MOST_OF_ONE_KIND, limit
from optoutlang.language.source.place import Place
from optoutlang.language.source.span import Span
from optoutlang.language.source.text import SourceText
from tests.language.diagnostics.findings import finding, label

SCHEMA = Path(__file__).parent / "sarif" / "sarif-2.1.0-rtm.4.json"
SOURCE = SourceText("a.optout", "remove STOP\n")
LABEL = label(SOURCE, "STOP")


def findings(count: int) -> tuple[Diagnostic, ...]:
    """Return one warning and, around it, a number of errors of one code."""
    errors = tuple(finding(LABEL, f"wrong {number}") for number in range(count))
    warning = finding(LABEL, "odd", codes.USELESS_KEYWORD)
    return (*errors[: count // 2], warning, *errors[count // 2 :])


def test_a_hundred_findings_of_one_code_are_all_shown() -> None:
    limited = limit(findings(MOST_OF_ONE_KIND))

    assert limited.shown == findings(MOST_OF_ONE_KIND)
    assert not limited.omitted
    assert "more like this" not in text.render(limited.shown)
    assert "omitted" not in json.loads(json_report.render(limited.shown))
    assert "invocations" not in json.loads(sarif.render(limited.shown))["runs"][0]


def test_of_more_the_first_are_shown_and_the_others_counted_by_code() -> None:
    found = findings(1_000)
    limited = limit(found)

    assert len(limited.shown) == MOST_OF_ONE_KIND + 1
    assert limited.shown == tuple(each for each in found if each in limited.shown)
    assert limited.omitted == {codes.SYNTAX_ERROR: 1_000 - MOST_OF_ONE_KIND}


def test_text_tells_how_many_are_omitted_and_counts_them_all() -> None:
    rendered = text.render(findings(1_000))

    assert rendered.count("error[O001]: wrong") == MOST_OF_ONE_KIND
    assert "\nerror[O001]: 900 more like this are not shown\n" in rendered
    assert "1000 errors, 1 warning" in rendered.splitlines()[-1]
    assert "1 more like this is not shown" in text.render(findings(MOST_OF_ONE_KIND + 1))


def test_json_tells_how_many_are_omitted_and_counts_them_all() -> None:
    report = json.loads(json_report.render(findings(1_000)))

    assert len(report["diagnostics"]) == MOST_OF_ONE_KIND + 1
    assert report["omitted"] == {"O001": 900}
    assert report["summary"]["error"] == 1_000


def test_sarif_tells_how_many_are_omitted_as_a_notification_of_the_run() -> None:
    log = json.loads(sarif.render(findings(1_000)))
    Draft4Validator(json.loads(SCHEMA.read_text(encoding="utf-8"))).validate(log)
    (notification,) = log["runs"][0]["invocations"][0]["toolExecutionNotifications"]

    assert len(log["runs"][0]["results"]) == MOST_OF_ONE_KIND + 1
    assert notification["message"]["text"] == "O001: 900 more like this are not shown"
    assert notification["associatedRule"] == {"id": "O001"}


def test_github_tells_how_many_are_omitted() -> None:
    lines = github.render(findings(1_000)).splitlines()

    assert len(lines) == MOST_OF_ONE_KIND + 2
    assert lines[-1] == "::error title=O001 syntax-error::900 more like this are not shown"


def test_of_a_long_line_a_piece_around_each_mark_is_shown_with_its_carets_below() -> None:
    line = "a" * 3_000 + "FIRST" + "b" * 3_000 + "SECOND" + "c" * 3_000
    source = SourceText("a.optout", line)
    primary, other = label(source, "FIRST", "here"), label(source, "SECOND", "and here")
    rendered = text.render((Diagnostic(codes.SYNTAX_ERROR, "wrong", primary, (other,)),))
    rows = rendered.splitlines()

    assert max(map(len, rows)) <= LONGEST_LINE + 10
    for word, sign, message in (("FIRST", "^", "here"), ("SECOND", "-", "and here")):
        (place,) = (index for index, row in enumerate(rows) if word in row)
        assert rows[place].startswith("1 | …")
        assert rows[place].endswith("…")
        carets = f"{sign * len(word)} {message}"
        assert rows[place + 1].index(carets) == rows[place].index(word)


def test_of_a_long_line_that_a_fix_changes_the_place_of_the_change_is_shown() -> None:
    source = SourceText("a.optout", "x\n" + "a" * 3_000 + "BAD" + "b" * 3_000 + "\ny")
    place = label(source, "BAD")
    fix = Fix("mend", (Edit(place.place, "GOOD"),))
    rendered = text.render((Diagnostic(codes.SYNTAX_ERROR, "wrong", place, fix=fix),))
    before, after = (row for row in rendered.splitlines() if row.lstrip().startswith(("- ", "+ ")))

    assert "aBADb" in before
    assert "aGOODb" in after
    assert max(len(before), len(after)) <= LONGEST_LINE + 10


def test_a_fix_over_several_lines_shows_the_lines_between_the_first_and_the_last_edit() -> None:
    source = SourceText("a.optout", "one\ntwo\nthree\nfour\nfive\n")
    edits = (
        Edit(Place(source, Span(4, 7)), "2\n2"),
        Edit(Place(source, Span(14, 18)), "4"),
    )
    fix = Fix("write figures", edits)
    rendered = text.render(
        (Diagnostic(codes.SYNTAX_ERROR, "wrong", label(source, "two"), fix=fix),)
    )
    shown = [row.strip() for row in rendered.splitlines() if row.lstrip().startswith(("- ", "+ "))]

    assert shown == ["- two", "- three", "- four", "+ 2", "+ 2", "+ three", "+ 4"]
