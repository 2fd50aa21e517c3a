"""Which keys are ordinary words of a language, by lists that come with the package (data/README.md)."""

from __future__ import annotations

import lzma
from collections.abc import Collection, Iterable
from functools import cache
from pathlib import Path

DATA = Path(__file__).with_name("data")

_LISTED_AS = {"bs": "sh", "hr": "sh", "sr": "sh", "nn": "nb", "no": "nb", "tl": "fil"}
"""Languages whose words stand in the list of another name: one written standard, or nearly."""


def listed(language: str) -> str | None:
    """Return the name of the list that holds the words of a BCP 47 tag's base language, None if there is none."""
    base = language.partition("-")[0].lower()
    name = _LISTED_AS.get(base, base)
    return name if _path(name).is_file() else None


@cache
def words(name: str) -> frozenset[str]:
    """Return the words of a list, by the name that `listed` gives, as keys (docs/language.md §3)."""
    return frozenset(lzma.decompress(_path(name).read_bytes()).decode().split("\n"))


def ordinary(keys: Collection[str], languages: Iterable[str]) -> frozenset[str]:
    """Return those of some keys that are words of one of the languages, given as BCP 47 tags.

    A language without a list makes nothing ordinary. Time goes with the lists, a
    few ms each when first read, and hardly with the keys.
    """
    names = {name for each in languages if (name := listed(each)) is not None}
    known = frozenset(keys)
    return frozenset().union(*(known.intersection(words(name)) for name in names))


def _path(name: str) -> Path:
    return DATA / f"{name}.txt.xz"
