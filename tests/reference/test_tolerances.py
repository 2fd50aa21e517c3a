"""Which keys of a keyboard touch: the literal rows, and the same from either side."""

from __future__ import annotations

from itertools import product
from string import ascii_lowercase

import pytest

from optoutlang.reference.tolerances import touch


@pytest.mark.parametrize(
    ("letter", "neighbours"),
    [
        ("q", "aw"),
        ("a", "qswz"),
        ("s", "adewxz"),
        ("g", "bfhtvy"),
        ("p", "lo"),
        ("m", "jkn"),
        ("м", "аисп"),
    ],
)
def test_a_key_touches_those_beside_above_and_below_it(letter: str, neighbours: str) -> None:
    letters = ascii_lowercase + "абвгдежзиклмнопрстуфхцчшщъыьэюя"
    assert {each for each in letters if touch(letter, each)} == set(neighbours)


def test_keys_touch_from_either_side() -> None:
    for one, other in product(ascii_lowercase, repeat=2):
        assert touch(one, other) == touch(other, one)
