"""Where sentences end, character by character: the reference has a list of its own."""

from __future__ import annotations

import sys
from itertools import product

import pytest

from optoutlang.language.reference import phrases as reference
from optoutlang.runtime.matcher.sentences import sentences
from optoutlang.runtime.terms.action import MatchedBy
from tests.builders.rulesets import matcher


def literally(text: str) -> list[str]:
    return [each for each in reference.sentences(text) if each.strip()]


@pytest.mark.slow
def test_every_character_ends_a_sentence_or_not() -> None:
    """Enumerated: every code point between two letters."""
    for char in map(chr, range(sys.maxunicode + 1)):
        assert len(sentences(f"a{char}b")) == 1 + (char in reference.SENTENCE_BREAKS), ascii(char)


def test_every_row_of_hyphens_spaces_and_letters_is_cut_as_the_reference_says() -> None:
    """Enumerated: all texts of up to eight of four characters."""
    unlike = [
        text
        for length in range(9)
        for text in map("".join, product("- a.", repeat=length))
        if [each.strip() for each in sentences(text)] != [each.strip() for each in literally(text)]
    ]
    assert unlike == []


@pytest.mark.parametrize(
    ("message", "places"),
    [
        ("hello there, stop", {(2, 3)}),
        ("hello stop there. stop", {(3, 4)}),
        ("pls stop, hello. stop", {(1, 2), (3, 4)}),
        ("no, no more pls", {(1, 3)}),
        ("no no more. no more. stop", {(3, 5), (5, 6)}),
        ("🛑. stop. 🛑. stop", {(1, 2), (3, 4)}),
    ],
)
def test_an_explanation_says_which_tokens_a_sentence_is(
    message: str, places: set[tuple[int, int]]
) -> None:
    rules = matcher('opt-out { sentences STOP, "no more" } filler "pls"')
    fired = rules.explain(message).fired
    whole = {MatchedBy.SENTENCE, MatchedBy.KEYWORD_SENTENCE}
    assert {(each.start, each.end) for each in fired if each.matched_by in whole} == places
