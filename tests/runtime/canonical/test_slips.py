"""The keyboards, whose letters are written down as canonical text has them."""

from __future__ import annotations

from optoutlang.runtime.canonical import key
from optoutlang.runtime.canonical.slips import JCUKEN, NEIGHBOURS, QWERTY


def test_the_neighbours_are_canonical_letters_and_every_key_has_some() -> None:
    letters = {*NEIGHBOURS, *(each for those in NEIGHBOURS.values() for each in those)}
    assert all(key(each) == each for each in letters)
    assert letters == {key(each) for row in (*QWERTY, *JCUKEN) for each in row}


def test_two_keys_touch_both_ways() -> None:
    for letter, those in NEIGHBOURS.items():
        assert letter not in those
        assert all(letter in NEIGHBOURS[each] for each in those)
