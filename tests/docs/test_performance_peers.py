"""Peers answer what they are told, so that a wrong adapter is not a fast one."""

from __future__ import annotations

import importlib.util

import pytest

from benchmarks.speed.kinds.beside import MODULES
from benchmarks.speed.peers import COLUMNS, ONE_BY_ONE, Words, is_whole
from benchmarks.speed.run import MODULES as PACKAGES

WORDS = Words(frozenset({"STOP", "NO MORE"}), ("stop texting me", "take me off"))
EXPECTED = {
    "stop": True,
    " Stop\n": True,
    "no more": True,
    "please STOP texting me now": True,
    "(take me off)": True,
    "stop it": False,
    "nonstop texting me": False,
    "stop texting men": False,
    "": False,
    "žstop texting me": False,
}
UNBOUNDED = {"nonstop texting me": True, "stop texting men": True, "žstop texting me": True}
"""What Polars answers instead: its search for many words knows no boundaries."""

ASCII_BOUNDARIES = {"žstop texting me": True}
"""What those answer instead for which a word is of ASCII letters."""


@pytest.mark.parametrize("name", ONE_BY_ONE)
def test_a_peer_finds_keywords_and_phrases_between_word_boundaries(name: str) -> None:
    if importlib.util.find_spec(MODULES.get(name, name)) is None:
        pytest.skip(f"{name} is not installed: pip install '.[bench]'")
    answer = ONE_BY_ONE[name](WORDS)
    others = ASCII_BOUNDARIES if name in {"google-re2", "hyperscan", "flashtext"} else {}
    assert {text: answer(text) for text in EXPECTED} == EXPECTED | others


@pytest.mark.parametrize(
    ("name", "others", "trimmed"),
    [("polars", UNBOUNDED, {}), ("duckdb", ASCII_BOUNDARIES, {" Stop\n": False})],
)
def test_a_column_is_answered_like_its_texts(
    name: str, others: dict[str, bool], trimmed: dict[str, bool]
) -> None:
    texts = list(EXPECTED)
    answers = COLUMNS[name](WORDS)(texts)
    assert dict(zip(texts, answers, strict=True)) == EXPECTED | others | trimmed


def test_a_part_is_whole_where_no_letter_or_digit_stands_beside_it() -> None:
    assert is_whole("a stop b", 2, 6)
    assert is_whole("stop", 0, 4)
    assert not is_whole("1stop", 1, 5)
    assert not is_whole("stopé", 0, 4)


def test_every_peer_that_can_be_compared_is_looked_for() -> None:
    assert {*ONE_BY_ONE, *COLUMNS} - {"re"} == PACKAGES.keys()
