"""Text for people: carets that line up whatever the characters, several files, colours."""

from __future__ import annotations

import re
from dataclasses import replace

import pytest
from wcwidth import wcswidth

from optoutlang.language.diagnostics import codes, text
from optoutlang.language.diagnostics.diagnostic import CompileError, Diagnostic
from optoutlang.language.diagnostics.pages import page
from optoutlang.language.diagnostics.summary import count, summary
from optoutlang.language.source.text import SourceText
from tests.language.diagnostics.findings import GOLDEN, finding, golden, label

ESCAPE = re.compile(r"\x1b\[[0-9;]*m")


def _carets(rendered: str) -> tuple[str, str]:
    """Return what stands before and above the carets of a rendered finding with one label."""
    line, marks = rendered.split("\n")[3:5]
    line, marks = line.partition(" | ")[2], marks.partition(" | ")[2]
    before = wcswidth(marks[: marks.index("^")])
    width = marks.count("^")
    columns = "".join(each * max(0, wcswidth(each)) for each in line)
    return columns[:before], columns[before : before + width]


@pytest.mark.parametrize(
    ("line", "marked"),
    [
        ("remove STOP", "STOP"),
        ("\tremove\tSTOP", "STOP"),
        ('remove "CANCELAR SUSCRIPCIO\u0301N", STOP', "STOP"),
        ('remove "配信停止", "그만", STOP', "STOP"),
        ('remove "🛑", STOP', "STOP"),
        ('remove "ＳＴＯＰ", STOP', "STOP"),
        ('remove "\u202eкон\u202c", STOP', "STOP"),
        ('remove "\u05e2\u05b6צור", STOP', "STOP"),
    ],
)
def test_carets_stand_under_what_they_mark(line: str, marked: str) -> None:
    source = SourceText("a.optout", line)
    rendered = text.render((finding(label(source, marked)),))
    assert _carets(rendered)[1] == marked


@pytest.mark.parametrize("word", ["停止", "🛑", "ＳＴＯＰ", "그만"])
def test_carets_are_as_wide_as_wide_characters(word: str) -> None:
    rendered = text.render((finding(label(SourceText("a.optout", f"remove {word}, x"), word)),))
    assert rendered.split("\n")[4].count("^") == wcswidth(word)


def test_an_accent_takes_no_caret() -> None:
    word = '"CANCELAR SUSCRIPCIO\u0301N"'
    rendered = text.render((finding(label(SourceText("a.optout", f"remove {word}"), word)),))
    assert rendered.split("\n")[4].count("^") == len(word) - 1


def test_an_empty_place_has_one_caret() -> None:
    source = SourceText("a.optout", "use")
    place = replace(label(source, "use").place, span=source.end)
    rendered = text.render((finding(replace(label(source, "use"), place=place)),))
    assert "\n1 | use\n  |    ^\n" in rendered


def test_a_place_over_several_lines_is_marked_where_it_begins_and_ends() -> None:
    source = SourceText("a.optout", 'keywords a,\n  b,\n  c\nreply ""')
    rendered = text.render((finding(label(source, "keywords a,\n  b,\n  c", "this list")),))
    assert rendered.split("\n")[3:8] == [
        "1 | keywords a,",
        "  | ^^^^^^^^^^^",
        "...",
        "3 |   c",
        "  |   ^ this list",
    ]


def test_the_primary_label_stands_above_the_others_of_its_line() -> None:
    source = SourceText("a.optout", "one two")
    found = replace(finding(label(source, "two", "here")), related=(label(source, "one", "there"),))
    assert "\n  |     ^^^ here\n  | --- there\n" in text.render((found,))


def test_other_files_follow_with_their_own_paths() -> None:
    one, two = SourceText("one.optout", "one"), SourceText("two.optout", "\n" * 9 + "two")
    found = replace(finding(label(one, "one")), related=(label(two, "two", "there"),))
    rendered = text.render((found,))
    assert "\n  --> one.optout:1:1\n" in rendered
    assert "\n  ::: two.optout:10:1\n" in rendered
    assert "\n 1 | one\n" in rendered
    assert "\n10 | two\n" in rendered


def test_no_findings_are_said_to_be_none() -> None:
    assert text.render(()) == "no findings\n"


def test_the_end_counts_findings_and_names_the_first_page() -> None:
    found = golden("O201-hidden-spellings")
    closing = "5 errors, 1 warning; `optout explain O201` says more about the first\n"
    assert text.render(found).endswith(f"\n\n{closing}")
    assert count(found, codes.PROTECTED_REMOVED.severity) == 5
    assert summary(found[:1]) == "1 error"


@pytest.mark.parametrize("name", sorted(each.stem for each in GOLDEN.glob("*.optout")))
def test_colours_change_nothing_but_colour(name: str) -> None:
    found = golden(name)
    colored = text.render(found, color=True)
    assert ESCAPE.sub("", colored) == text.render(found)
    assert "\x1b[1;3" in colored


@pytest.mark.parametrize("name", sorted(each.stem for each in GOLDEN.glob("*.optout")))
def test_nothing_hidden_reaches_the_terminal(name: str) -> None:
    rendered = text.render(golden(name))
    assert not re.search(
        "[\x00-\x09\x0b-\x1f\x7f-\x9f\u200b-\u200f\u202a-\u202e\u2066-\u2069]", rendered
    )


def test_hidden_characters_in_messages_and_paths_are_shown() -> None:
    source = SourceText("a.optout", "x", "a\u202e.optout")
    found = replace(
        finding(label(source, "x", "l\u200b"), "m\x1b"), notes=("n\x07",), help="h\u2066"
    )
    rendered = text.render((found,))
    for shown in ("a\\u{202E}.optout:1:1", "^ l\\u{200B}", ": m\\u{1B}", "n\\u{7}", "h\\u{2066}"):
        assert shown in rendered


def test_a_compile_error_lists_the_errors_alone() -> None:
    source = SourceText("a.optout", "one\ntwo")
    found: tuple[Diagnostic, ...] = (
        finding(label(source, "one"), "a warning", codes.UNUSED_VARIABLE),
        finding(label(source, "two"), "an error"),
    )
    error = CompileError(found)
    assert str(error) == "a.optout:2: O001 an error"
    assert error.diagnostics == found


def test_a_code_without_a_page_is_an_error_of_ours() -> None:
    with pytest.raises(FileNotFoundError):
        page(replace(codes.SYNTAX_ERROR, slug="unheard-of"))


@pytest.mark.parametrize("width", [40, 60, 100])
@pytest.mark.parametrize("filling", ["x", "配"])
def test_source_lines_and_carets_are_cut_to_the_width_that_is_given(
    width: int, filling: str
) -> None:
    source = SourceText("a.optout", f'reply "{filling * 376}"')
    rendered = text.render((finding(label(source, filling * 376)),), width=width)

    shown = [each for each in rendered.split("\n") if " | " in each]
    assert all(wcswidth(each) <= width for each in shown)
    assert "…" in shown[0]
    assert "^" in shown[1]


def test_a_line_that_fits_the_width_is_shown_whole() -> None:
    source = SourceText("a.optout", "remove STOP")
    rendered = text.render((finding(label(source, "STOP")),), width=40)

    assert "1 | remove STOP\n" in rendered
