"""The compiled core reads a column as it reads its texts, and refuses buffers that do not fit."""

from __future__ import annotations

from array import array
from pathlib import Path
from random import Random

import pytest

from optoutlang.language.compiler.from_model import from_model
from optoutlang.runtime import native
from optoutlang.runtime.matcher.prefilter import Prefilter
from tests.builders.packs import matcher as matcher_of_pack
from tests.builders.rulesets import program, ruleset_of
from tests.gate.texts import Texts

pytestmark = pytest.mark.skipif(
    not native.IS_BUILT, reason="there is no compiled core: it needs a C compiler"
)

CASES = Path(__file__).parents[1] / "matcher" / "cases"
RULESETS = sorted(each.name for each in CASES.iterdir() if each.is_dir())
ALL_STEPS = 31
BROKEN = [
    *(b"\x80", b"\xc1\x81", b"\xc3", b"\xc3a", b"\xe0\x80\x80", b"\xed\xa0\x80", b"\xe2\x82"),
    *(b"\xf0\x80\x80\x80", b"\xf4\x90\x80\x80", b"\xf8\x88\x80\x80\x80", b"\xff", b"a\xf0\x9f\x98"),
]


def read(prefilter: Prefilter, texts: list[bytes], *, code: str = "i") -> bytearray:
    """Return what the core says of texts as one column, of 32-bit offsets (`i`) or 64-bit ones (`q`)."""
    ends = array(code, [0])
    for each in texts:
        ends.append(ends[-1] + len(each))
    return prefilter.column(
        b"".join(texts),
        ends.tobytes(),
        large=code == "q",
        first=0,
        fillers=bytes(len(texts)),
    )


@pytest.mark.parametrize("name", RULESETS)
def test_a_column_has_the_steps_of_its_texts_or_one_of_the_two_leaves_all_to_python(
    name: str,
) -> None:
    rules = ruleset_of((f"{name}.optout", (CASES / name / "rules.optout").read_text("utf-8")))
    compiled = from_model(rules)
    made = Texts(compiled, Random(name))  # noqa: S311  # no secret
    prefilter = Prefilter(compiled)
    texts = [
        each.encode("utf-8", "replace").decode() for each in (made.text() for _ in range(1_000))
    ]
    expected = [prefilter.steps(each, 0) for each in texts]

    for code in "iq":
        found = read(prefilter, [each.encode() for each in texts], code=code)
        for text, alone, together in zip(texts, expected, found, strict=True):
            assert together == alone or ALL_STEPS in (alone, together), text


def test_ordinary_messages_are_ruled_out_by_the_largest_pack() -> None:
    prefilter = Prefilter(matcher_of_pack("world").program)
    texts = [b"See you at eight, bring the invoice", "Bis später, ich bin noch im Büro".encode()]
    assert [*read(prefilter, texts * 100)] == [
        *(prefilter.steps(each.decode(), 0) for each in texts * 100)
    ]
    assert 0 in read(prefilter, texts)


@pytest.mark.parametrize("broken", BROKEN)
def test_no_step_is_ruled_out_for_bytes_that_are_no_utf8(broken: bytes) -> None:
    with pytest.raises(UnicodeDecodeError):
        broken.decode()
    assert [*read(Prefilter(program("")), [broken, b"hello", broken])] == [ALL_STEPS, 0, ALL_STEPS]


def test_every_character_is_decoded_as_python_does() -> None:
    prefilter = Prefilter(program("opt-out { keywords Ω, 止, 𝒮 }"))
    texts = [chr(point) for point in (*range(0xD800), *range(0xE000, 0x20000, 3), 0x10FFFF)]
    expected = bytearray(prefilter.steps(each, 0) for each in texts)
    assert read(prefilter, [each.encode() for each in texts]) == expected


@pytest.mark.parametrize(
    ("offsets", "code", "first", "count"),
    [
        ([0, 4], "i", 0, 2),
        ([0, 4], "i", 1, 1),
        ([0, 4], "i", -1, 1),
        ([], "i", 0, 1),
        ([0, 5], "i", 0, 1),
        ([3, 2], "i", 0, 1),
        ([-1, 4], "i", 0, 1),
        ([0, 2**40], "q", 0, 1),
        ([0, 4], "q", 0, 2),
    ],
)
def test_buffers_that_do_not_fit_are_refused(
    offsets: list[int], code: str, first: int, count: int
) -> None:
    prefilter = Prefilter(program(""))
    with pytest.raises(ValueError, match="column"):
        prefilter.column(
            b"STOP",
            array(code, offsets).tobytes(),
            large=code == "q",
            first=first,
            fillers=bytes(count),
        )


def test_a_very_long_text_among_short_ones_is_left_to_python() -> None:
    texts = [b"hello", b"a" * 200_000, b"b " * 20_000, b"hello"]
    prefilter = Prefilter(program(""))
    assert [*read(prefilter, texts)] == [prefilter.steps(each.decode(), 0) for each in texts]
