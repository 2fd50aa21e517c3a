"""Spans, texts and places: offsets become lines and columns in one place only."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from optoutlang.language.source.place import Place
from optoutlang.language.source.span import Span
from optoutlang.language.source.text import Position, SourceText


@given(st.text(alphabet="ab\n🛑é", max_size=30), st.data())
def test_a_position_is_the_line_ends_before_it_and_the_characters_since(
    text: str, data: st.DataObject
) -> None:
    offset = data.draw(st.integers(0, len(text)))
    before = text[:offset]
    line = before.count("\n") + 1
    column = offset - (before.rfind("\n") + 1) + 1
    assert SourceText("t", text).position(offset) == Position(line, column)


@given(st.text(alphabet="ab\n🛑é", max_size=30))
def test_the_lines_are_the_text_split_at_line_ends(text: str) -> None:
    source = SourceText("t", text)
    lines = text.split("\n")
    assert [source.line(number) for number in range(1, len(lines) + 1)] == lines


def test_the_end_is_behind_the_last_character() -> None:
    source = SourceText("t", "ab\n")
    assert source.end == Span(3, 3)
    assert Place(source, source.end).start == Position(2, 1)


def test_a_place_names_the_file_as_all_machines_do_and_its_first_line() -> None:
    source = SourceText("acme.optout", "a\nbc\n", "rules/acme.optout")
    place = Place(source, Span(2, 5))
    assert place.rule == "acme.optout:2"
    assert (place.start, place.end) == (Position(2, 1), Position(3, 1))
    assert place.sort_key == ("acme.optout", 2, 5)


def test_the_path_is_the_name_unless_said_otherwise() -> None:
    assert SourceText("acme.optout", "").path == "acme.optout"


@pytest.mark.parametrize(("start", "end"), [(-1, 0), (2, 1)])
def test_a_span_that_ends_before_it_starts_cannot_be_made(start: int, end: int) -> None:
    with pytest.raises(ValueError, match="not a span"):
        Span(start, end)


def test_a_cover_holds_both_spans_and_what_lies_between() -> None:
    assert Span(1, 2).cover(Span(5, 7)) == Span(5, 7).cover(Span(1, 2)) == Span(1, 7)
