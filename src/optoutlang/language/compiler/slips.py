"""One slip of the thumb: every text that it makes of a keyword (docs/language.md §5)."""

from __future__ import annotations

from collections.abc import Iterator

from optoutlang.runtime.canonical.slips import NEIGHBOURS, is_slippery

SHORTEST = 4
"""A shorter keyword has no slips: too many words are one slip away."""


def slips(keyword: str) -> frozenset[str]:
    """Return every text that one slip makes of a keyword's key; none of a key that is short, or not all letters."""
    if len(keyword) < SHORTEST or not is_slippery(keyword):
        return frozenset()
    return frozenset(_slips(keyword)) - {keyword}


def _slips(keyword: str) -> Iterator[str]:
    for place, letter in enumerate(keyword):
        before, after = keyword[:place], keyword[place + 1 :]
        yield before + after
        yield before + letter * 2 + after
        yield from (before + other + after for other in NEIGHBOURS.get(letter, ()))
        yield before + after[:1] + letter + after[1:]
