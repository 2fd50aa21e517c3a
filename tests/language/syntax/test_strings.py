"""Quoted strings and what they stand for."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from optoutlang.language.syntax.strings import decode, encode


@pytest.mark.parametrize(
    ("inner", "value"),
    [
        ("", ""),
        (r"a\"b", 'a"b'),
        (r"a\\b", "a\\b"),
        (r"a\nb", "a\nb"),
        (r"\\n", "\\n"),
        (r"\u{41}\u{1F6D1}\u{10FFFF}\u{0}", "A🛑\U0010ffff\x00"),
        ("plain {name} {{}}", "plain {name} {{}}"),
    ],
)
def test_known_escapes_are_resolved(inner: str, value: str) -> None:
    assert decode(inner) == (value, ())


@pytest.mark.parametrize(
    "escape",
    [
        r"\t",
        r"\'",
        r"\u",
        r"\u{}",
        r"\u{110000}",
        r"\u{1234567}",
        r"\u{d800}",
        r"\u{DFFF}",
        r"\u{x}",
    ],
)
def test_an_unknown_escape_stands_for_itself_and_is_given(escape: str) -> None:
    assert decode(f"a{escape}b") == (f"a{escape}b", ((1, 1 + len(escape)),))


def test_a_backslash_at_the_end_is_no_escape() -> None:
    assert decode("a\\") == ("a\\", ((1, 2),))


@given(st.text(st.characters(exclude_categories=["Cs"])))
def test_every_text_without_lone_surrogates_can_be_written(value: str) -> None:
    written = encode(value)

    assert "\n" not in written
    assert decode(written[1:-1]) == (value, ())


def test_what_cannot_be_seen_is_written_as_an_escape() -> None:
    assert encode("a\u200b\u202e\x07\u2028") == r'"a\u{200B}\u{202E}\u{7}\u{2028}"'


def test_a_lone_surrogate_cannot_be_written() -> None:
    with pytest.raises(ValueError, match=r"U\+D800"):
        encode("a\ud800")
