"""Ordinary words are found by language, and only where there is a list."""

from __future__ import annotations

import pytest

from optoutlang.language.words.ordinary import DATA, listed, ordinary, words
from optoutlang.runtime.canonical import key

LISTS = sorted(each.name.partition(".")[0] for each in DATA.glob("*.txt.xz"))


@pytest.mark.parametrize(
    ("word", "language"),
    [
        ("shop", "en"),
        ("step", "en"),
        ("top", "en-GB"),
        ("bajo", "es-MX"),
        ("stp", "fr"),
        ("стол", "ru"),
        ("takk", "no"),
        ("hvala", "hr"),
        ("hvala", "sr-Latn"),
        ("salamat", "tl"),
    ],
)
def test_a_word_is_ordinary_in_its_language(word: str, language: str) -> None:
    assert ordinary({word, "unsubscibe"}, [language]) == {word}


def test_a_word_is_no_word_of_another_language() -> None:
    assert ordinary({"bajo"}, ["en"]) == frozenset()


def test_words_of_several_languages_are_ordinary_together() -> None:
    assert ordinary({"shop", "bajo", "стол"}, ["en", "es", "EN-gb"]) == {"shop", "bajo"}


@pytest.mark.parametrize("language", ["zh-Hant", "ja", "sw", "th", "x-none", ""])
def test_a_language_without_a_list_makes_nothing_ordinary(language: str) -> None:
    assert listed(language) is None
    assert ordinary({"shop"}, [language]) == frozenset()


@pytest.mark.parametrize("name", LISTS)
def test_a_list_holds_sorted_keys_of_3_to_16_characters(name: str) -> None:
    held = words(name)
    assert len(held) > 5_000
    assert all(3 <= len(word) <= 16 for word in held)
    assert all(key(word) == word for word in sorted(held)[::50])


@pytest.mark.parametrize("slip", ["stpo", "sotp", "unsubscibe", "cancle", "syop"])
def test_slips_of_the_english_keywords_are_no_words(slip: str) -> None:
    assert not ordinary({slip}, map(str, LISTS))
