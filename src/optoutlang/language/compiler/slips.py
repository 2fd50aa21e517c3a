"""One slip of the thumb: every text that it makes of a keyword (docs/language.md §5)."""

from __future__ import annotations

from optoutlang.runtime.canonical.slips import is_slippery, neighbours

SHORTEST = 4
"""A shorter keyword has no slips: too many words are one slip away."""


def slips(keyword: str) -> frozenset[str]:
    """Return every text that one slip makes of a keyword's key; none of a key that is short, or not all letters."""
    if len(keyword) < SHORTEST or not is_slippery(keyword):
        return frozenset()
    found = set()
    for place, letter in enumerate(keyword):
        before, after = keyword[:place], keyword[place + 1 :]
        found |= {
            before + after,
            before + letter * 2 + after,
            before + after[:1] + letter + after[1:],
            *[before + other + after for other in neighbours().get(letter, ())],
        }
    found.discard(keyword)
    return frozenset(found)
