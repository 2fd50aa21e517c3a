"""Texts of replies: lengths, places for values, and values that fit."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from optoutlang.runtime.terms.reply_text import (
    ReplyValueError,
    ReplyVariable,
    filled,
    longest_text,
    reply_length,
    variables_in,
)

DECLARED = {"name": 20, "a-b": 3}


def test_a_reply_has_the_variables_that_stand_in_it_once_each_by_name() -> None:
    text = "{name}, {a-b} {name} {other} {Name} {na me} { name }"
    assert variables_in(text, DECLARED) == (ReplyVariable("a-b", 3), ReplyVariable("name", 20))
    assert variables_in(text, {}) == ()


def test_a_value_without_room_is_none() -> None:
    with pytest.raises(ValueError, match="without room"):
        ReplyVariable("name", 0)


def test_values_are_put_in_once_and_braces_of_others_stay() -> None:
    variables = variables_in("{name} {other} {a-b}", DECLARED)
    values = {"name": "{a-b}", "a-b": "", "other": "no"}
    assert filled("{name} {other} {a-b}", variables, values) == "{a-b} {other} "


@pytest.mark.parametrize(
    ("values", "message"),
    [
        ({}, "the reply needs a value for `a-b`"),
        ({"a-b": "1234"}, "the value for `a-b` has 4 characters; 3 is the most"),
        ({"a-b": "🛑🛑"}, "the value for `a-b` has 4 characters; 3 is the most"),
    ],
)
def test_a_value_that_is_missing_or_too_long_is_refused(
    values: dict[str, str], message: str
) -> None:
    with pytest.raises(ReplyValueError, match=message):
        filled("{a-b}", variables_in("{a-b}", DECLARED), values)


def test_a_value_that_is_no_text_is_refused() -> None:
    with pytest.raises(TypeError, match="the value for `a-b` is str, not int"):
        filled("{a-b}", variables_in("{a-b}", DECLARED), {"a-b": 1})  # type: ignore[dict-item]


@given(
    st.lists(st.sampled_from(["{name}", "{a-b}", "{", "}", "é🛑", "{x}"])).map("".join),
    st.text(max_size=20).filter(lambda text: reply_length(text) <= 20),
    st.text(max_size=3).filter(lambda text: reply_length(text) <= 3),
)
def test_no_values_that_fit_make_a_reply_longer_than_its_longest_text(
    text: str, name: str, other: str
) -> None:
    sent = filled(text, variables_in(text, DECLARED), {"name": name, "a-b": other})
    longest = longest_text(text, DECLARED)
    assert reply_length(sent) <= reply_length(longest)
    assert filled(text, variables_in(text, DECLARED), {"name": "x" * 20, "a-b": "xxx"}) == longest
