"""Did you mean: the nearest word of a closed vocabulary, or nothing."""

from __future__ import annotations

from collections.abc import Iterable

from rapidfuzz.distance import DamerauLevenshtein


def closest(word: str, choices: Iterable[str]) -> str | None:
    """Return the choice that `word` was probably meant to be, or None.

    Case does not count. A choice may differ in one third of the word's
    characters, at least in one, and never in all of them; between equally
    near choices the smallest in code-point order wins, so that the order of
    `choices` does not matter.
    """
    folded = word.casefold()
    limit = min(max(1, len(folded) // 3), len(folded) - 1)
    ranked = (
        (DamerauLevenshtein.distance(folded, each.casefold(), score_cutoff=max(limit, 0)), each)
        for each in choices
    )
    return min(
        ((distance, each) for distance, each in ranked if distance <= limit), default=(0, None)
    )[1]
