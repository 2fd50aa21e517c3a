"""The languages of a country by CLDR, and which language has more speakers (data/README.md)."""

from __future__ import annotations

from functools import cache

from optoutlang.language.words.lists import TERRITORIES, home, text_of

BY_SPEAKERS = tuple(
    "en zh hi es ar fr bn pt ru ur id de ja sw mr te tr ta vi fil ko it fa th gu pa pl uk uz ms ro nl "
    "az kk ne sh el cs hu sv be ca he af bg sq da fi nb sk ka gl lt mk sl lv et eu is".split()
)
"""Languages from the one with the most speakers, first and second language together, to that with the fewest.

The order is that of `prefer` in the pack `natural`.
"""


@cache
def languages_of(country: str) -> frozenset[str]:
    """Return the languages of a country, given as its ISO 3166-1 alpha-2 code, by the names that lists have.

    CLDR does not know every territory that has a code; such a one has none.
    """
    return _territories().get(country, frozenset())


def is_larger(language: str, other: str) -> bool:
    """Tell whether more people speak a language than another; both are BCP 47 tags."""
    return _place(language) < _place(other)


@cache
def _place(language: str) -> int:
    name = home(language)
    return BY_SPEAKERS.index(name) if name in BY_SPEAKERS else len(BY_SPEAKERS)


@cache
def _territories() -> dict[str, frozenset[str]]:
    rows = (line.split(" ") for line in text_of(TERRITORIES).split("\n"))
    return {code: frozenset(languages) for code, *languages in rows}
