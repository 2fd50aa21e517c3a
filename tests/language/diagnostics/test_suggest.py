"""Did you mean: near words are found, and nothing is suggested for nonsense."""

from __future__ import annotations

from itertools import permutations

import pytest

from optoutlang.language.diagnostics.suggest import closest

STATEMENTS = (
    "keywords",
    "phrases",
    "reply",
    "remove",
    "require",
    "except",
    "opt-in",
    "opt-out",
    "use",
)


@pytest.mark.parametrize(
    ("word", "meant"),
    [
        ("keyword", "keywords"),
        ("Keywords", "keywords"),
        ("kyewords", "keywords"),
        ("repyl", "reply"),
        ("optout", "opt-out"),
        ("opt_in", "opt-in"),
        ("usw", "use"),
    ],
)
def test_a_near_word_is_suggested(word: str, meant: str) -> None:
    assert closest(word, STATEMENTS) == meant


@pytest.mark.parametrize("word", ["", "x", "zz", "frobnicate", "word", "key", "yes", "🛑", "us2e3"])
def test_nothing_is_suggested_for_nonsense(word: str) -> None:
    assert closest(word, STATEMENTS) is None


def test_the_order_of_the_choices_does_not_matter() -> None:
    choices = ["cat", "bat", "rat"]
    assert {closest("hat", order) for order in permutations(choices)} == {"bat"}


def test_of_equally_near_words_the_one_that_begins_alike_is_meant() -> None:
    assert closest("usa", ["sa", "us", "za"]) == "us"
    assert closest("cat", ["bat", "car", "cut"]) == "car"


def test_a_word_that_is_a_choice_is_its_own_suggestion() -> None:
    assert closest("use", STATEMENTS) == "use"
    assert closest("a", ["A", "b"]) == "A"


def test_there_is_nothing_to_suggest_without_choices() -> None:
    assert closest("use", []) is None
