"""The reference's canonical text: the vectors of `canonical`, every character, and strings of difficult ones."""

from __future__ import annotations

import json
import sys
import unicodedata
from pathlib import Path

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from optoutlang.language.reference import text as reference
from optoutlang.runtime import canonical

VECTORS = [
    json.loads(line)
    for file in sorted(Path(__file__).parents[2].glob("runtime/canonical/vectors/*.jsonl"))
    for line in file.read_text(encoding="utf-8").splitlines()
]
DIFFICULT = (
    "aZß'’´`ʼıİłØæσς0٣Ⅷ½𐅀①ﬀ\u0301\u0323\u0345\u0331\u093c\u094d\u0e31\u3099\u309aかガｶﾞー々〇停แກាမ한ᄒ\u1161\u11ab"
    'क\u0915\u09c7\u09be\u0b47\u0b56\u0cc6\u0cc2\u0cd5أىةکیأ\u0640\u200d\u200b\ufe0f\u00ad\u034f🛑🏽🇲1\u20e3+©-. \n>"'
    "\ud83d"
)
"""Characters that step on one another's toes: marks, joiners, apostrophes, jamo, digits, symbols."""


@pytest.mark.parametrize("vector", VECTORS, ids=lambda vector: str(vector["name"]))
def test_the_reference_passes_the_vectors_of_canonical_text(vector: dict[str, object]) -> None:
    assert list(reference.tokens(str(vector["text"]))) == vector["tokens"]


ASSIGNED = [
    char for char in map(chr, range(sys.maxunicode + 1)) if unicodedata.category(char) != "Cn"
]


@pytest.mark.thorough
@pytest.mark.slow
def test_every_assigned_character_means_the_same_between_letters() -> None:
    for start in range(0, len(ASSIGNED), 16):
        text = " ".join(f"は{char}b a{char}b" for char in ASSIGNED[start : start + 16])
        assert reference.tokens(text) == canonical.tokens(text), ascii(text)


def test_what_unicode_keeps_for_invisible_characters_vanishes_and_nothing_beside_it() -> None:
    kept = {0x2065, *range(0xFFF0, 0xFFF9), *range(0xE0000, 0xE1000)}
    near = (*range(0x2060, 0x2070), *range(0xFFEE, 0x10000), *range(0xDFFF0, 0xE1010))
    for code in near:
        text = f"a{chr(code)}b"
        assert reference.tokens(text) == canonical.tokens(text), hex(code)
        assert code not in kept or reference.tokens(text) == ("ab",), hex(code)


def test_every_symbol_and_mark_means_the_same_alone() -> None:
    for char in ASSIGNED:
        if unicodedata.category(char)[0] in "SMP":
            assert reference.tokens(char) == canonical.tokens(char), ascii(char)


@example("\u1100'\u1161")
@given(st.text(st.sampled_from(DIFFICULT), max_size=8))
def test_difficult_characters_in_a_row_mean_the_same(text: str) -> None:
    assert reference.tokens(text) == canonical.tokens(text)
    assert reference.canonical(text) == canonical.canonical(text)
    assert reference.key(text) == canonical.key(text)


@given(st.text(st.characters(categories=("L", "M", "N", "P", "S", "Z", "Cc", "Cf", "Cs", "Co"))))
def test_any_assigned_characters_mean_the_same(text: str) -> None:
    assert reference.tokens(text) == canonical.tokens(text)


def test_spelling_a_word_differently_leaves_its_key() -> None:
    spellings = (
        "stop all",
        "STOP-ALL",
        "S.T.O.P A.L.L",
        "ｓｔｏｐ ａｌｌ",
        "“Stóp all!”",
        "sto\u200bpall",
    )

    assert {reference.key(each) for each in spellings} == {"stopall"}
    assert reference.key("stop alls") != "stopall"
