"""The parts of keywords, by which a word may stand in a message that is one: as written, mistyped, stretched, alike.

Theory of operation. Whatever is taken for a keyword has the shape of its key, which is the key with letters that look
alike as one and runs of a letter as one; but for slips, which are all among the typos. So a word of such a message has
the shape of a part of these, and it is enough to look at a few characters at either end.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import NamedTuple

from optoutlang.runtime.matcher.stretches import squeezed
from optoutlang.runtime.native import Tables

GRAM = 3
"""So many characters at either end of a word are looked at."""

NO_KEY = 1_000
"""More characters than a key has."""

_DIGITS = frozenset("0123456789")


class KeyFacts(NamedTuple):
    """What a word may be of a message that is taken for a keyword.

    `letters` is how many characters of the key it has at least: none if it may be filler or a number behind the key,
    `NO_KEY` if it stands in no key. `is_key_part` says that it may stand in several keywords or in a stretched one,
    `begins` and `ends` that the message may begin and end with it.
    """

    letters: int
    is_key_part: bool
    begins: bool
    ends: bool


LEFT_OUT = KeyFacts(0, is_key_part=True, begins=True, ends=True)
NOWHERE = KeyFacts(NO_KEY, is_key_part=False, begins=False, ends=False)


class KeyParts:
    """The parts of all keys and typos."""

    __slots__ = ("_begins", "_ends", "_fillers", "_grams", "_key_grams", "_skeletons")

    def __init__(self, tables: Tables, skeletons: Mapping[int, int]) -> None:
        """Take tables, and one character for each of those that look alike."""
        self._fillers = frozenset(word for row in tables.fillers for word in row)
        self._skeletons = skeletons
        keys = {*map(self._shape, tables.keys)}
        shapes = keys | {*map(self._shape, tables.typos)}
        sizes = range(1, GRAM + 1)
        self._key_grams = _grams(keys)
        self._grams = self._key_grams | _grams(shapes)
        self._begins = frozenset(text[:size] for text in shapes for size in sizes)
        self._ends = frozenset(text[-size:] for text in shapes for size in sizes)

    def facts(self, word: str) -> KeyFacts:
        """Return what a word may be."""
        if word in self._fillers or _DIGITS.issuperset(word):
            return LEFT_OUT
        shape = self._shape(word)
        begin, end = shape[:GRAM], shape[-GRAM:]
        is_key_part = begin in self._key_grams and end in self._key_grams
        if not is_key_part and not (begin in self._grams and end in self._grams):
            return NOWHERE
        return KeyFacts(
            letters=min(len(word), NO_KEY),
            is_key_part=is_key_part,
            begins=begin in self._begins,
            ends=end in self._ends,
        )

    def _shape(self, text: str) -> str:
        return squeezed(text.translate(self._skeletons))


def _grams(texts: Iterable[str]) -> frozenset[str]:
    """Return all parts of some texts that have `GRAM` characters at most."""
    return frozenset(
        text[start : start + size]
        for text in texts
        for size in range(1, GRAM + 1)
        for start in range(len(text) - size + 1)
    )
