"""Did you mean: the nearest word of a closed vocabulary, or nothing."""

from __future__ import annotations

from collections.abc import Iterable

from rapidfuzz.distance import DamerauLevenshtein, Prefix


def closest(word: str, choices: Iterable[str]) -> str | None:
    """Return the choice that `word` was probably meant to be, or None.

    Case does not count. A choice may differ in one third of the word's
    characters, at least in one, and never in all of them; between equally
    near choices the one that begins like the word wins, then the smallest in
    code-point order, so that the order of `choices` does not matter.
    """
    folded = word.casefold()
    limit = min(max(1, len(folded) // 3), len(folded) - 1)
    ranked = (
        (DamerauLevenshtein.distance(folded, each.casefold(), score_cutoff=max(limit, 0)), each)
        for each in choices
    )
    near = [(distance, each) for distance, each in ranked if distance <= limit]
    return min(
        near,
        key=lambda pair: (pair[0], -Prefix.similarity(folded, pair[1].casefold()), pair[1]),
        default=(0, None),
    )[1]
