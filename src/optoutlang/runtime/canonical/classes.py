"""Classes of characters for regular expressions, made from the tables' ranges."""

from __future__ import annotations

import re

_ASTRAL = re.compile("[\U00010000-\U0010ffff]")


def reach(text: str) -> str:
    """Return the last character of the planes that a text needs: most need only the first.

    A class of all planes is five times slower, since `re` walks the ranges past U+FFFF one by one.
    """
    return "\U0010ffff" if _ASTRAL.search(text) else "\uffff"


def char_class(ranges: str, *, upto: str) -> str:
    """Return the inside of a `[…]` for the first and last characters of ranges in turn, as far as `upto`."""
    pairs = zip(ranges[::2], ranges[1::2], strict=True)
    return "".join(f"\\U{ord(low):08x}-\\U{ord(high):08x}" for low, high in pairs if low <= upto)


def none_beyond(*ranges: str, upto: str) -> str:
    """Return a pattern that fails at once at a character behind the last of some ranges, which `re` would walk all.

    Of a text of the first plane it is the empty one, which always matches.
    """
    last = max(map(max, ranges))
    if upto <= last:
        return ""
    return f"(?![\\U{ord(last) + 1:08x}-\\U{ord(upto):08x}])"
