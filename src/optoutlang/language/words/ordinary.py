"""Ordinary words of a language, and names, none of which is a slip (docs/language.md §5)."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from functools import cache, lru_cache
from itertools import chain

from optoutlang.language.words.lists import NAMES, bands_of, keys_of, listed, text_of

__all__ = ["listed", "names", "ordinary", "words"]


@cache
def words(name: str) -> frozenset[str]:
    """Return the words of a list, by the name that `listed` gives, as keys (docs/language.md §3)."""
    return frozenset(chain(*keys_of(name), bands_of(name)[-1]))


@cache
def names() -> frozenset[str]:
    """Return the first and last names of many languages, as keys."""
    return frozenset(text_of(NAMES).split("\n"))


def ordinary(keys: Collection[str], languages: Iterable[str]) -> frozenset[str]:
    """Return those of some keys that are words of one of the languages, given as BCP 47 tags.

    A language without a list has no ordinary words. Reading a list for the first
    time takes a few ms; the number of keys hardly matters.
    """
    lists = {name for each in languages if (name := listed(each)) is not None}
    known = frozenset(keys)
    return frozenset().union(*(_in_list(known, name) for name in lists))


@lru_cache(maxsize=1 << 7)
def _in_list(keys: frozenset[str], name: str) -> frozenset[str]:
    """Return the keys that a list has: a compiler asks about the same ones for every country."""
    return keys & words(name)
