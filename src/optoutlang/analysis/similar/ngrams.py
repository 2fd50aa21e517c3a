"""The n-grams of a text: runs of characters, and words and pairs of words with the spaces around them."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise

SIZES = (3, 5)
"""The lengths of the runs of characters."""


def ngrams(tokens: Sequence[str]) -> frozenset[str]:
    """Return the n-grams of a message's tokens, all of which stand in the tokens with a space around each."""
    text = f" {' '.join(tokens)} "
    found = {text[start : start + size] for size in SIZES for start in range(len(text) - size + 1)}
    found.update(f" {token} " for token in tokens)
    found.update(f" {first} {second} " for first, second in pairwise(tokens))
    return frozenset(found)
