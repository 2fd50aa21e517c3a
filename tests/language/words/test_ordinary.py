"""Ordinary words are found by language, and only where there is a list."""

from __future__ import annotations

import pytest

from optoutlang.language.words.generate import is_slippery
from optoutlang.language.words.lists import DATA, NAMES, TERRITORIES, listed
from optoutlang.language.words.ordinary import names, ordinary, words
from optoutlang.runtime.canonical import key

FILES = {each.name for each in DATA.glob("*.txt.xz")} - {NAMES, TERRITORIES}
LISTS = sorted(each.partition(".")[0] for each in FILES)


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


@pytest.mark.parametrize("language", ["sw", "th", "x-none", ""])
def test_a_language_without_a_list_makes_nothing_ordinary(language: str) -> None:
    assert listed(language) is None
    assert ordinary({"shop"}, [language]) == frozenset()


@pytest.mark.parametrize("name", LISTS)
def test_a_list_holds_keys(name: str) -> None:
    there = words(name)
    assert len(there) > 5_000
    assert all(key(word) == word for word in sorted(there)[::50])


def test_names_are_keys_that_may_be_slips() -> None:
    assert len(names()) > 50_000
    assert {"rayan", "tamar", "brenden", "الاء"} <= names()
    assert all(key(name) == name and is_slippery(name) for name in sorted(names())[::50])


@pytest.mark.parametrize("slip", ["stpo", "sotp", "unsubscibe", "cancle", "syop"])
def test_slips_of_the_english_keywords_are_no_words(slip: str) -> None:
    assert not ordinary({slip}, map(str, LISTS))
