"""Everyday words of a language, as they are spelt, by the lists that come with the package (data/README.md)."""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache
from itertools import chain

from optoutlang.language.words.lists import bands_of, keys_of, listed

BANDS = (1_000, 3_000, 8_000)
"""How many of a language's most frequent words each band ends with."""

ANSWER, PIECE, EVERYDAY = 3_000, 3_000, 8_000
"""So many words may be an everyday answer, a word of two words that are spelt like a keyword, or everyday at all."""


@cache
def everyday(language: str, most: int = EVERYDAY) -> frozenset[str]:
    """Return the most frequent words of a BCP 47 tag's language as `spelt`, `most` being one of `BANDS`.

    The tokens of a word are joined by a space. A language without a list has none.
    """
    name = listed(language)
    if name is None:
        return frozenset()
    return frozenset(chain.from_iterable(bands_of(name)[: BANDS.index(most) + 1]))


@cache
def everyday_keys(language: str, most: int = EVERYDAY) -> frozenset[str]:
    """Return the keys of the same words."""
    name = listed(language)
    if name is None:
        return frozenset()
    return frozenset(chain.from_iterable(keys_of(name)[: BANDS.index(most) + 1]))


@cache
def spellings_by_key(language: str, most: int = EVERYDAY) -> Mapping[str, tuple[str, ...]]:
    """Return the same words by their keys."""
    name = listed(language)
    found: dict[str, list[str]] = {}
    bands = 0 if name is None else BANDS.index(most) + 1
    for spelt, keys in (
        zip(bands_of(name)[:bands], keys_of(name)[:bands], strict=True) if name else ()
    ):
        for spelling, key in zip(spelt, keys, strict=True):
            found.setdefault(key, []).append(spelling)
    return {
        key: (those[0],) if len(those) == 1 else tuple(sorted(set(those)))
        for key, those in found.items()
    }
