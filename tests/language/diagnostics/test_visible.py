"""Text as it is shown: hidden characters as escapes, widths as a terminal has them."""

from __future__ import annotations

import sys
import unicodedata

import pytest

from optoutlang.language.diagnostics.visible import columns, is_hidden, visible


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("STOP", "STOP"),
        ("a\tb", "a    b"),
        ("a\u200bb", "a\\u{200B}b"),
        ("a\u00a0b", "a\\u{A0}b"),
        ("a\nb", "a\\u{A}b"),
        ("\u202eabc\u202c", "\\u{202E}abc\\u{202C}"),
        ("\ud800", "\\u{D800}"),
        ("\U000e0041", "\\u{E0041}"),
        ("☎\ufe0f", "☎\ufe0f"),
        ("a\ufe0f", "a\\u{FE0F}"),
        ("\ufe0f", "\\u{FE0F}"),
        ("e\u0301", "e\u0301"),
        ("\u3164", "\\u{3164}"),
    ],
)
def test_hidden_characters_are_shown_as_escapes(text: str, shown: str) -> None:
    assert visible(text) == shown


@pytest.mark.parametrize(
    ("text", "width"),
    [
        ("", 0),
        ("STOP", 4),
        ("\t", 4),
        ("停止", 4),
        ("🛑", 2),
        ("e\u0301", 1),
        ("\u200b", 8),
        ("ＯＫ", 4),
    ],
)
def test_columns_are_those_of_a_terminal(text: str, width: int) -> None:
    assert columns(text) == width


def test_nothing_that_is_seen_is_hidden_and_every_control_is() -> None:
    for character in map(chr, range(sys.maxunicode + 1)):
        category = unicodedata.category(character)
        if category[0] in "LNPS" and category != "Lo":
            assert not is_hidden(character)
        if category in {"Cc", "Cf", "Zl", "Zp"} and character not in "\t\n":
            assert is_hidden(character)
