"""What is near a keyword, case by case, and which keys of a keyboard touch."""

from __future__ import annotations

from itertools import product
from string import ascii_lowercase

import pytest

from optoutlang.language.reference.tolerances import is_slip, is_stretch, look_alikes, touch


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
        ("у", "вкцы"),
    ],
)
def test_a_key_touches_those_beside_above_and_below_it(letter: str, neighbours: str) -> None:
    letters = ascii_lowercase + "абвгдежзиклмнопрстуфхцчшщъыьэюя"
    assert {each for each in letters if touch(letter, each)} == set(neighbours)


def test_keys_touch_from_either_side() -> None:
    for one, other in product(ascii_lowercase, repeat=2):
        assert touch(one, other) == touch(other, one)


@pytest.mark.parametrize(
    ("text", "is_one"),
    [
        ("sotp", True),
        ("stp", True),
        ("top", True),
        ("sto", True),
        ("sstop", True),
        ("stoop", True),
        ("stopp", True),
        ("stip", True),
        ("stop", False),
        ("stopx", False),
        ("pstop", False),
        ("stoppp", False),
        ("post", False),
        ("atzp", False),
        ("st", False),
    ],
)
def test_a_slip_is_one_slip(text: str, is_one: bool) -> None:  # noqa: FBT001
    assert is_slip(text, "stop") is is_one


@pytest.mark.parametrize(
    ("text", "keyword"),
    [("edn", "end"), ("stpo1", "stop1"), ("2sop", "2stop"), ("订退退订", "退订退订")],
)
def test_short_keywords_and_those_not_all_letters_have_no_slips(text: str, keyword: str) -> None:
    assert not is_slip(text, keyword)


def test_a_mark_may_slip_as_a_letter_does() -> None:
    assert is_slip("रकोें", "रोकें")


@pytest.mark.parametrize(
    ("text", "keyword", "is_one"),
    [
        ("finnn", "fin", True),
        ("fffin", "fin", True),
        ("finn", "fin", False),
        ("fin", "fin", False),
        ("nooo", "no", False),
        ("stooop", "stop", True),
        ("ssttoopp", "stop", False),
        ("canceelll", "canceel", True),
        ("cancelll", "canceel", False),
    ],
)
def test_a_stretch_holds_a_letter_three_times_or_more(
    text: str,
    keyword: str,
    is_one: bool,  # noqa: FBT001
) -> None:
    assert is_stretch(text, keyword) is is_one


@pytest.mark.parametrize(
    ("text", "word", "is_one"),
    [
        ("ѕtор", "stop", True),
        ("5t0p", "stop", True),
        ("57op", "stop", True),
        ("570p", "stop", False),
        ("5709", "stop", False),
        ("сор", "cop", False),
        ("cор", "cop", True),
        ("с0p", "cop", False),
        ("со", "co", False),
    ],
)
def test_look_alikes_may_write_a_word_but_for_short_ones(
    text: str,
    word: str,
    is_one: bool,  # noqa: FBT001
) -> None:
    assert (word in look_alikes(text)) is is_one
