"""Everyday answers and marks of menus are told from words that people send to end messages."""

from __future__ import annotations

import pytest

from optoutlang.language.words.answers import everyday, is_answer, is_mark
from optoutlang.runtime.canonical import key


@pytest.mark.parametrize(
    "text", ["No", "OK", "ok!", "Sí", "Jó", "не", "好的", "👍", "ไม่", "네", "لا"]
)
def test_answers_of_many_languages_are_answers(text: str) -> None:
    assert is_answer(key(text))


@pytest.mark.parametrize("text", ["STOP", "CANCEL", "ENOUGH", "BAJA", "Dừng", "no more", "退订"])
def test_requests_are_no_answers(text: str) -> None:
    assert not is_answer(key(text))


@pytest.mark.parametrize("text", ["6", "12", "N", "я", "٣"])
def test_a_short_number_or_a_letter_is_a_mark(text: str) -> None:
    assert is_mark(key(text))


@pytest.mark.parametrize("text", ["100", "TD", "6a", "停", "も", "중"])
def test_a_longer_number_and_a_word_of_one_character_is_none(text: str) -> None:
    assert not is_mark(key(text))


def test_a_frequent_word_is_everyday_in_its_own_language_alone() -> None:
    assert everyday("text", "en-US")
    assert not everyday("mensaje", "en")
    assert everyday("mensaje", "es")
