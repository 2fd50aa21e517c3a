"""Canonical texts are asked about word by word: the answer is that for the whole text."""

from __future__ import annotations

import sys

import pytest
from hypothesis import given
from hypothesis import strategies as st

from optoutlang.runtime.canonical import canonical
from optoutlang.runtime.program.wire import MalformedError, ReadPools

WORDS = (
    "stop",
    "\u0441\u0442\u043e\u043f",
    "\u9000",
    "\u8ba2",
    "\u0e2b\u0e22\u0e38\u0e14",
    "12",
    "don't",
    "\u2764",
    "\U0001f6d1",
    "!",
    "St\u00f6p",
    "",
)


@given(
    st.lists(
        st.lists(st.sampled_from(WORDS), max_size=4).map(" ".join) | st.text(max_size=4), max_size=8
    )
)
def test_a_text_is_accepted_whatever_came_before_if_it_is_canonical(texts: list[str]) -> None:
    pools = ReadPools(replies=(), meanings=(), sources=0)
    for text in texts:
        if text and canonical(text) == text:
            pools.require_canonical(text)
        else:
            with pytest.raises(MalformedError, match="is not canonical text"):
                pools.require_canonical(text)


def test_a_character_that_python_takes_for_a_letter_is_no_symbol() -> None:
    """Enumerated: symbols are tokens beside no words, so their words must not be known as tokens."""
    for char in map(chr, range(sys.maxunicode + 1)):
        if char.isalpha() and canonical(char) == char:
            assert canonical(f"{char} a") == f"{char} a"


@given(
    st.lists(
        st.lists(st.sampled_from(WORDS), max_size=4).map(" ".join) | st.text(max_size=4), max_size=8
    )
)
def test_many_texts_are_accepted_if_each_is_canonical(texts: list[str]) -> None:
    pools = ReadPools(replies=(), meanings=(), sources=0)
    wrong = [text for text in texts if not text or canonical(text) != text]
    pools.require_canonical_all([text for text in texts if text not in wrong])
    if wrong:
        with pytest.raises(MalformedError) as refused:
            pools.require_canonical_all(texts)
        assert str(refused.value) == f"`{wrong[0]}` is not canonical text"
