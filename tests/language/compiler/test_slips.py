"""Slips are what the language says they are, found again by comparing texts instead of making them."""

from __future__ import annotations

from itertools import product

import pytest

from optoutlang.language.compiler.slips import slips
from optoutlang.language.reference.tolerances import is_slip

WORDS = ("stop", "quit", "alto", "baja", "стоп", "отпис", "abab", "aaaa", "ρoda", "बंदकर")


@pytest.mark.parametrize(
    ("text", "keyword"),
    [
        ("unsubscibe", "unsubscribe"),
        ("unsuscribe", "unsubscribe"),
        ("stpo", "stop"),
        ("stol", "stop"),
        ("sttop", "stop"),
        ("sto", "stop"),
        ("стрп", "стоп"),
        ("отпищись", "отпишись"),
        ("отпцшись", "отпишись"),
    ],
)
def test_slips_that_people_make(text: str, keyword: str) -> None:
    assert text in slips(keyword)


@pytest.mark.parametrize("text", ["unsubscrible", "unsubscrib3", "unsubcrbe", "unsubscribed"])
def test_other_mistakes_are_no_slips(text: str) -> None:
    assert text not in slips("unsubscribe")


@pytest.mark.parametrize("keyword", ["end", "stop2", "取消订阅", "ยกเลิก", "🛑🛑🛑🛑", ""])
def test_short_keywords_and_those_that_are_not_all_letters_have_none(keyword: str) -> None:
    assert not slips(keyword)
    assert not any(is_slip(text, keyword) for text in (keyword[1:], keyword + keyword[-1:]))


@pytest.mark.parametrize("keyword", WORDS)
def test_every_slip_is_one_and_the_keyword_is_none(keyword: str) -> None:
    made = slips(keyword)
    assert all(is_slip(text, keyword) for text in made)
    assert keyword not in made


@pytest.mark.parametrize(
    ("keyword", "letters"), [("stop", "spotdlq"), ("aaab", "abs"), ("абва", "авыб")]
)
def test_nothing_else_of_the_same_letters_is_a_slip(keyword: str, letters: str) -> None:
    texts = {"".join(each) for length in (3, 4, 5) for each in product(letters, repeat=length)}
    assert {text for text in texts if is_slip(text, keyword)} == texts & slips(keyword)
