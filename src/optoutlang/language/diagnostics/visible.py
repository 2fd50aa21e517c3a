"""Text as a person should see it in a terminal: nothing invisible, nothing that reorders, known widths."""

from __future__ import annotations

import unicodedata

from wcwidth import wcswidth

TAB = " " * 4
"""What a tab is shown as, wherever it stands."""

_HIDDEN_CATEGORIES = frozenset({"Cc", "Cf", "Cs", "Zl", "Zp"})
# Default-ignorable code points that no category above holds (Unicode, DerivedCoreProperties.txt).
_HIDDEN_RANGES = (
    (0x034F, 0x034F),
    (0x115F, 0x1160),
    (0x17B4, 0x17B5),
    (0x180B, 0x180F),
    (0x2065, 0x2065),
    (0x3164, 0x3164),
    (0xFE00, 0xFE0F),
    (0xFFA0, 0xFFA0),
    (0xFFF0, 0xFFF8),
    (0xE0000, 0xE0FFF),
)
_EMOJI_STYLE = "\ufe0f"


def is_hidden(character: str) -> bool:
    """Tell whether a character shows nothing, moves its neighbours, or passes for a plain space."""
    if character in "\t\n ":
        return False
    category = unicodedata.category(character)
    if category in _HIDDEN_CATEGORIES or category == "Zs":
        return True
    return any(first <= ord(character) <= last for first, last in _HIDDEN_RANGES)


def visible(text: str) -> str:
    r"""Return one line's text with tabs as four columns and hidden characters as escapes, `\u{202E}`.

    The emoji variation selector stays behind a symbol, where it belongs.
    """
    shown: list[str] = []
    before = ""
    for character in text:
        shown.append(_shown(character, before))
        before = character
    return "".join(shown)


def _shown(character: str, before: str) -> str:
    if character == "\t":
        return TAB
    if character == _EMOJI_STYLE and before and unicodedata.category(before) == "So":
        return character
    if character == "\n" or is_hidden(character):
        return f"\\u{{{ord(character):X}}}"
    return character


def columns(text: str) -> int:
    """Return how many terminal columns `visible(text)` takes; wide characters take two, marks none."""
    return max(0, wcswidth(visible(text)))
