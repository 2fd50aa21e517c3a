"""Offsets become lines and columns in one place."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from optoutlang.language.source.place import Place
from optoutlang.language.source.span import Span
from optoutlang.language.source.text import Position, SourceText

texts = st.text(st.sampled_from("ab\n\t🛑é"), max_size=30)


@given(texts)
def test_every_offset_has_the_line_and_column_that_counting_gives(text: str) -> None:
    source = SourceText("a.optout", text)
    for offset in range(len(text) + 1):
        before = text[:offset]
        line, column = before.count("\n") + 1, offset - (before.rfind("\n") + 1) + 1
        assert source.position(offset) == Position(line, column)


@given(texts)
def test_the_lines_joined_are_the_text(text: str) -> None:
    source = SourceText("a.optout", text)
    count = source.position(len(text)).line
    assert "\n".join(source.line(number) for number in range(1, count + 1)) == text


def test_a_span_does_not_run_backwards() -> None:
    for start, end in ((-1, 0), (2, 1)):
        with pytest.raises(ValueError, match="not a span"):
            Span(start, end)


def test_a_span_covers_the_other_one_and_what_lies_between() -> None:
    assert Span(1, 2).cover(Span(4, 6)) == Span(4, 6).cover(Span(1, 2)) == Span(1, 6)


def test_the_end_of_a_text_is_an_empty_span_behind_it() -> None:
    assert SourceText("a.optout", "ab").end == Span(2, 2)


def test_a_place_names_file_and_line_the_same_on_every_machine() -> None:
    source = SourceText("a.optout", "x\nSTOP\n", path="/somewhere/else/a.optout")
    place = Place(source, Span(2, 6))

    assert place.rule == "a.optout:2"
    assert (place.start, place.end) == (Position(2, 1), Position(2, 5))
    assert source.path == "/somewhere/else/a.optout"
    assert place.sort_key == ("a.optout", 2, 6)


def test_a_text_is_shown_by_its_name_unless_it_has_a_path() -> None:
    assert SourceText("a.optout", "").path == "a.optout"
