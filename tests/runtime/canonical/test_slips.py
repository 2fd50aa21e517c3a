"""The keyboards, whose letters are written down as canonical text has them."""

from __future__ import annotations

from optoutlang.runtime.canonical import key
from optoutlang.runtime.canonical.slips import JCUKEN, QWERTY, neighbours


def test_the_neighbours_are_canonical_letters_and_every_key_has_some() -> None:
    letters = {*neighbours(), *(each for those in neighbours().values() for each in those)}
    assert all(key(each) == each for each in letters)
    assert letters == {key(each) for row in (*QWERTY, *JCUKEN) for each in row}


def test_two_keys_touch_both_ways() -> None:
    for letter, those in neighbours().items():
        assert letter not in those
        assert all(letter in neighbours()[each] for each in those)
