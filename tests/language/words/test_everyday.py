"""Everyday words are spelt as people spell them, the most frequent ones first."""

from __future__ import annotations

import pytest

from optoutlang.language.words.everyday import ANSWER, BANDS, EVERYDAY, everyday, everyday_keys


@pytest.mark.parametrize(
    ("word", "language"),
    [("seis", "es-MX"), ("đúng", "vi"), ("bästa", "sv"), ("أبدا", "ar"), ("取 消", "zh-Hant")],
)
def test_an_everyday_word_keeps_its_marks(word: str, language: str) -> None:
    assert word in everyday(language)


def test_keys_have_no_marks() -> None:
    assert "dung" in everyday_keys("vi")
    assert "đúng" not in everyday_keys("vi")


def test_fewer_words_are_the_more_frequent_ones() -> None:
    assert everyday("en", BANDS[0]) < everyday("en", ANSWER) < everyday("en", EVERYDAY)
    assert "yes" in everyday("en", ANSWER)
    assert "resume" not in everyday("en", ANSWER)


def test_a_language_without_a_list_has_no_everyday_words() -> None:
    assert everyday("sw") == frozenset()
