"""One slip of the thumb: every text that it makes of a keyword (docs/language.md §5)."""

from __future__ import annotations

from optoutlang.runtime.canonical.slips import is_slippery, neighbours

SHORTEST = 4
"""A shorter keyword has no slips: too many words are one slip away."""


def slips(keyword: str) -> frozenset[str]:
    """Return every text that one slip makes of a keyword's key; none of a key that is short, or not all letters."""
    return frozenset(written_slips(keyword)) - {keyword}


def written_slips(keyword: str) -> list[str]:
    """Return the same, some of them twice, and the key itself where a slip changes nothing."""
    if len(keyword) < SHORTEST or not is_slippery(keyword):
        return []
    near = neighbours()
    found: list[str] = []
    for place, letter in enumerate(keyword):
        before, after = keyword[:place], keyword[place + 1 :]
        found += (
            before + after,
            f"{before}{letter}{letter}{after}",
            f"{before}{after[:1]}{letter}{after[1:]}",
        )
        found += [f"{before}{other}{after}" for other in near.get(letter, ())]
    return found
