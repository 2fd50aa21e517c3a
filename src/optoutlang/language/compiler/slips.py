"""One slip of the thumb: every text that it makes of a keyword (docs/language.md §5)."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from itertools import pairwise

from optoutlang.runtime.canonical import key, tables
from optoutlang.runtime.canonical.classes import char_class

SHORTEST = 4
"""A shorter keyword has no slips: too many words are one slip away."""

QWERTY = ("qwertyuiop", "asdfghjkl", "zxcvbnm")
JCUKEN = ("йцукенгшщзхъ", "фывапролджэ", "ячсмитьбю")
"""Keyboards of Latin and Cyrillic, row by row; each row begins half a key further right."""

_LETTERS = re.compile(f"[{char_class(tables.LETTERS + tables.MARKS, upto=chr(0x10FFFF))}]+")


def slips(keyword: str) -> frozenset[str]:
    """Return every text that one slip makes of a keyword's key; none of a key that is short, or not all letters.

    A letter that is a token by itself (Han, kana, Thai …) is no letter here: leaving it out is leaving out a word.
    """
    if len(keyword) < SHORTEST or not _LETTERS.fullmatch(keyword):
        return frozenset()
    return frozenset(_slips(keyword)) - {keyword}


def _slips(keyword: str) -> Iterator[str]:
    for place, letter in enumerate(keyword):
        before, after = keyword[:place], keyword[place + 1 :]
        yield before + after
        yield before + letter * 2 + after
        yield from (before + other + after for other in _NEIGHBOURS.get(letter, ()))
        yield before + after[:1] + letter + after[1:]


def _neighbours(*layouts: tuple[str, ...]) -> Mapping[str, frozenset[str]]:
    """Return the canonical letters on the keys around each letter's, of every key that types it (й and и are и)."""
    found: dict[str, set[str]] = {}
    for rows in layouts:
        for one, other in _touching(rows):
            found.setdefault(key(one), set()).add(key(other))
            found.setdefault(key(other), set()).add(key(one))
    return {letter: frozenset(others - {letter}) for letter, others in found.items()}


def _touching(rows: tuple[str, ...]) -> Iterator[tuple[str, str]]:
    """Yield each two keys that touch: beside one another, or above and below by half a key."""
    for row in rows:
        yield from pairwise(row)
    for above, below in pairwise(rows):
        yield from zip(above, below, strict=False)
        yield from zip(above[1:], below, strict=False)


_NEIGHBOURS = _neighbours(QWERTY, JCUKEN)
