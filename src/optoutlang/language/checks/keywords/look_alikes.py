"""Letters that look like the letters of STOP, START and HELP (from Unicode's confusables, UTS #39)."""

from __future__ import annotations

LATIN_LOOK_ALIKES: dict[str, str] = {
    # Cyrillic, small letters and the small letters of capitals that look alike
    "а": "a", "е": "e", "һ": "h", "н": "h", "ӏ": "l", "о": "o", "р": "p", "ѕ": "s", "т": "t", "г": "r",
    # Greek
    "α": "a", "ε": "e", "η": "h", "ι": "l", "ο": "o", "ρ": "p", "τ": "t", "σ": "o",
    # Armenian, Georgian, Cherokee (canonical text has the small letters)
    "օ": "o", "հ": "h", "ո": "n", "ꮪ": "s", "ꭲ": "t", "ꮲ": "p", "ꭺ": "a", "ꮋ": "h", "ꮮ": "l",
    # Digits
    "0": "o", "1": "l", "3": "e", "4": "a", "5": "s", "7": "t",
    # С looks like C, but whoever types STOP on a Cyrillic keyboard types СТОР.
    "с": "s",
}  # fmt: skip
"""A canonical character to the Latin letter that it looks like."""

TYPED = frozenset("с013457")
"""The look-alikes that people type by a slip; the others come from pasted text alone."""


def skeleton(key: str) -> str:
    """Return a key with every look-alike replaced by the letter that it looks like."""
    return "".join(LATIN_LOOK_ALIKES.get(char, char) for char in key)
