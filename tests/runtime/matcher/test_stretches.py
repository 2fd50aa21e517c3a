"""Stretched keywords: compared with a reading by regular expression, for every short text of two letters."""

from __future__ import annotations

from itertools import product

import pytest

from optoutlang.language.reference.tolerances import is_stretch
from optoutlang.runtime.matcher.stretches import Stretches

KEYWORDS = ("stop", "stopp", "too", "aab", "aaab", "bb", "ret")


@pytest.mark.parametrize(
    ("text", "keywords"),
    [
        ("stopppp", ["stop", "stopp"]),
        ("stooop", ["stop"]),
        ("ssstopp", ["stop", "stopp"]),
        ("sstoop", []),
        ("stop", []),
        ("stoop", []),
        ("tooo", ["too"]),
        ("tto", []),
        ("ttto", []),
        ("bbbb", []),
        ("", []),
    ],
)
def test_which_keywords_a_text_stretches(text: str, keywords: list[str]) -> None:
    assert Stretches(KEYWORDS).stretched(text) == keywords


def test_every_short_text_is_read_as_the_reference_reads_it() -> None:
    stretches = Stretches(KEYWORDS)
    for length in range(8):
        for letters in product("ab", repeat=length):
            text = "".join(letters)
            expected = sorted(each for each in KEYWORDS if is_stretch(text, each))
            assert stretches.stretched(text) == expected
