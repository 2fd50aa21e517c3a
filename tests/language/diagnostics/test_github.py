"""GitHub's workflow commands: one line each, with everything escaped that would end a field or a line."""

from __future__ import annotations

from dataclasses import replace

import pytest

from optoutlang.language.diagnostics import codes, github
from optoutlang.language.diagnostics.diagnostic import Code
from optoutlang.language.source.text import SourceText
from tests.language.diagnostics.findings import finding, golden, label

SOURCE = SourceText("a.optout", "one\ntwo three\nfour", "rules/a.optout")


def test_nothing_is_said_without_findings() -> None:
    assert github.render(()) == ""


def test_a_finding_on_one_line_has_its_columns() -> None:
    line = github.render((finding(label(SOURCE, "three")),))
    assert line == (
        "::error file=rules/a.optout,line=2,endLine=2,col=5,endColumn=10,"
        "title=O001 syntax-error::wrong\n"
    )


def test_a_finding_over_several_lines_has_no_columns() -> None:
    line = github.render((finding(label(SOURCE, "three\nfour")),))
    assert line.startswith("::error file=rules/a.optout,line=2,endLine=3,title=O001")


@pytest.mark.parametrize(
    ("code", "command"),
    [
        (codes.PROTECTED_REMOVED, "error"),
        (codes.USELESS_KEYWORD, "warning"),
        (codes.REBOUND_KEYWORD, "notice"),
        (codes.URL_IN_OPT_OUT_REPLY, "notice"),
    ],
)
def test_a_severity_has_its_command(code: Code, command: str) -> None:
    line = github.render((finding(label(SOURCE, "one"), code=code),))
    assert line.startswith(f"::{command} ")


def test_fields_and_messages_are_escaped() -> None:
    source = SourceText("a.optout", "text", "50%,a:b.optout")
    found = replace(
        finding(label(source, "text"), "100% `::set-output`, \r"), notes=("a note",), help="help it"
    )
    assert github.render((found,)) == (
        "::error file=50%25%2Ca%3Ab.optout,line=1,endLine=1,col=1,endColumn=5,"
        "title=O001 syntax-error::100%25 `::set-output`, \\u{D}%0Aa note%0Ahelp: help it\n"
    )


def test_each_finding_is_one_line_and_hidden_characters_are_shown() -> None:
    found = golden("O201-hidden-spellings")
    lines = github.render(found).splitlines()
    assert len(lines) == len(found)
    assert all(line.startswith("::") for line in lines)
    assert "\u200b" not in github.render(found)
