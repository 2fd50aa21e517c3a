"""Order and composition of what folding keeps, against Unicode's own normal form."""

from __future__ import annotations

import unicodedata
from itertools import product

import pytest

from optoutlang.runtime.canonical import tables
from optoutlang.runtime.canonical.compose import compose

TRIPLES = [
    tables.COMPOSITIONS[start : start + 3] for start in range(0, len(tables.COMPOSITIONS), 3)
]
OF_EACH_CLASS = {
    unicodedata.combining(mark): mark
    for mark in tables.REORDERED
    if unicodedata.category(mark) != "Cn"
}.values()
MARKS = sorted({*OF_EACH_CLASS, *(triple[1] for triple in TRIPLES), "\u093e", "a"})
JAMO = "\u1100\u1112\u1113\u1161\u1175\u1176\u11a7\u11a8\u11c2\u11c3가각힣a\u093c"


def nfc(text: str) -> str:
    return unicodedata.normalize("NFC", text)


@pytest.mark.parametrize("triple", TRIPLES[::40], ids=lambda triple: f"{ord(triple[2]):04x}")
def test_marks_in_a_row_are_ordered_and_composed_as_unicode_says(triple: str) -> None:
    for marks in product(MARKS[::5], repeat=2):
        text = triple[:2] + "".join(marks)
        assert compose(text) == nfc(text)


@pytest.mark.slow
@pytest.mark.parametrize("triple", TRIPLES, ids=[f"{ord(triple[2]):04x}" for triple in TRIPLES])
def test_whatever_follows_a_composed_character_or_its_parts_composes_as_unicode_says(
    triple: str,
) -> None:
    for one, two in product(MARKS, repeat=2):
        for start in (triple[:2], triple[2], triple[0]):
            assert compose(start + one + two) == nfc(start + one + two)


def test_hangul_composes_as_unicode_says() -> None:
    for letters in product(JAMO, repeat=4):
        text = "".join(letters)
        assert compose(text) == nfc(text)


def test_every_hangul_syllable_composes_of_its_jamo() -> None:
    syllables = [chr(point) for point in range(0xAC00, 0xD7A4)]
    assert [compose(unicodedata.normalize("NFD", each)) for each in syllables] == syllables
