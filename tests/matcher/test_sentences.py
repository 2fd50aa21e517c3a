"""Where sentences end, character by character: the reference has a list of its own."""

from __future__ import annotations

import sys
from itertools import product

import pytest

from optoutlang.matcher.sentences import sentences
from optoutlang.reference import phrases as reference


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
