"""Everyday words of a language, as they are spelt, by the lists that come with the package (data/README.md)."""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache
from itertools import chain

from optoutlang.language.words.lists import bands_of, listed
from optoutlang.runtime.canonical.fold import fold

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
    return frozenset(spellings_by_key(language, most))


@cache
def spellings_by_key(language: str, most: int = EVERYDAY) -> Mapping[str, tuple[str, ...]]:
    """Return the same words by their keys."""
    spellings = sorted(everyday(language, most))
    found: dict[str, list[str]] = {}
    folded = fold("\n".join(spellings)).split("\n") if spellings else []
    for spelling, key in zip(spellings, folded, strict=True):
        found.setdefault(key.replace(" ", ""), []).append(spelling)
    return {key: tuple(those) for key, those in found.items()}
