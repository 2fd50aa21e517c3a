"""One slip of the thumb: whether a text is what somebody typed who meant a word (docs/language.md §5.8).

The compiler writes out all slips of a keyword (`language/compiler/slips.py`); words of frames are too many for that, so
that a message's word is compared with the few that it may be. A slip changes one letter, or two beside each other; so
it leaves the first or the last (n - 1) // 2 letters of a word of n letters as they are.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from functools import cache
from itertools import chain, pairwise

from optoutlang.runtime.canonical import tables
from optoutlang.runtime.canonical.classes import char_class, reach

QWERTY = ("qwertyuiop", "asdfghjkl", "zxcvbnm")
JCUKEN = ("йцукенгшщзхъ", "фывапролджэ", "ячсмитьбю")
"""Keyboards of Latin and Cyrillic, row by row; each row begins half a key further right."""

_CANONICAL = str.maketrans("й", "и")
"""What canonical text makes of the keys, written down because working it out takes a tenth of the time of an import."""

SHORTEST = 5
"""The fewest letters of a word of a frame that has slips."""


@cache
def _letters(upto: str) -> re.Pattern[str]:
    """Match letters and marks; made when first needed, for it takes a fifth of the time of an import."""
    return re.compile(f"[{char_class(tables.LETTERS + tables.MARKS, upto=upto)}]+")


def is_slippery(word: str) -> bool:
    """Tell whether a word is all letters and marks.

    A letter that is a token by itself (Han, kana, Thai …) is no letter here: leaving it out is leaving out a word.
    """
    return bool(_letters(reach(word)).fullmatch(word))


def is_slip(text: str, word: str) -> bool:
    """Tell whether a text is one slip of a word, which is slippery, and not the word itself.

    Two letters are exchanged, one is left out, doubled, or replaced by its neighbour on the keyboard.
    """
    longer = len(text) - len(word)
    if not -1 <= longer <= 1:
        return False
    place = _differing(text, word)
    if longer < 0:
        return text[place:] == word[place + 1 :]
    if longer > 0:
        return bool(place) and text[place] == word[place - 1] and text[place + 1 :] == word[place:]
    if place == len(word):
        return False
    after, wanted = text[place:], word[place:]
    if after[1:] == wanted[1:]:
        return after[0] in neighbours().get(wanted[0], ())
    return after[:2] == wanted[1::-1] and after[2:] == wanted[2:]


class SlipIndex:
    """Words, found by their slips; those that are shorter than `SHORTEST` or not slippery have none.

    A slip that touches neither the first letter nor the last one leaves both, and one half; one that touches an end
    leaves all but the two letters there.
    """

    __slots__ = ("_but_begin", "_but_end", "_by_begin", "_by_end")

    def __init__(self, words: Iterable[str]) -> None:
        self._by_begin: dict[str, list[str]] = defaultdict(list)
        self._by_end: dict[str, list[str]] = defaultdict(list)
        self._but_begin: dict[str, list[str]] = defaultdict(list)
        self._but_end: dict[str, list[str]] = defaultdict(list)
        for word in sorted(set(words)):
            if len(word) >= SHORTEST and is_slippery(word):
                size = (len(word) - 1) // 2
                self._by_begin[word[:size] + word[-1]].append(word)
                self._by_end[word[0] + word[-size:]].append(word)
                self._but_begin[word[2:]].append(word)
                self._but_end[word[:-2]].append(word)

    def __iter__(self) -> Iterator[str]:
        """Yield the words that have slips."""
        return chain.from_iterable(self._but_begin.values())

    def near(self, text: str) -> list[str]:
        """Return the few words that a text may be one slip of, some perhaps twice: `is_slip` tells."""
        found: list[str] = []
        length = len(text)
        if length < SHORTEST - 1:
            return found
        first, last = text[0], text[-1]
        for size in range((length - 2) // 2 or 1, length // 2 + 1):
            key = text[:size] + last
            if key in self._by_begin:
                found += self._by_begin[key]
            key = first + text[-size:]
            if key in self._by_end:
                found += self._by_end[key]
        for cut in (1, 2):
            if (key := text[cut:]) in self._but_begin:
                found += self._but_begin[key]
            if (key := text[:-cut]) in self._but_end:
                found += self._but_end[key]
        return found


def _differing(text: str, word: str) -> int:
    """Return the first place where two texts differ: the length of the shorter one if it begins the other."""
    place = 0
    for one, other in zip(text, word, strict=False):
        if one != other:
            break
        place += 1
    return place


@cache
def neighbours() -> Mapping[str, frozenset[str]]:
    """Return the canonical letters on the keys around each letter's, of every key that types it (й and и are и)."""
    found: dict[str, set[str]] = {}
    for rows in (QWERTY, JCUKEN):
        for one, other in _touching(tuple(row.translate(_CANONICAL) for row in rows)):
            found.setdefault(one, set()).add(other)
            found.setdefault(other, set()).add(one)
    return {letter: frozenset(others - {letter}) for letter, others in found.items()}


def _touching(rows: tuple[str, ...]) -> Iterator[tuple[str, str]]:
    """Yield each two keys that touch: beside one another, or above and below by half a key."""
    for row in rows:
        yield from pairwise(row)
    for above, below in pairwise(rows):
        yield from zip(above, below, strict=False)
        yield from zip(above[1:], below, strict=False)
