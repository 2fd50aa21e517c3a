"""Classes of characters for regular expressions: each has just its ranges, as far as it has to."""

from __future__ import annotations

import re

import pytest

from optoutlang.runtime.canonical.classes import char_class, reach


@pytest.mark.parametrize(("upto", "expected"), [("c", "abc"), ("x", "abcxyz"), ("w", "abc")])
def test_a_class_has_the_ranges_that_begin_in_reach(upto: str, expected: str) -> None:
    inside = re.compile(f"[{char_class('acxz', upto=upto)}]")
    assert "".join(filter(inside.match, map(chr, range(0x1000)))) == expected


def test_a_text_reaches_into_the_planes_beyond_the_first_if_it_has_one_of_their_characters() -> (
    None
):
    assert reach("a\uffff") == reach("") == "\uffff"
    assert reach("a\U00010000") == reach("\U0010ffff") == "\U0010ffff"
