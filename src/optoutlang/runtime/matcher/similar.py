"""The suggester at work: the n-grams of its model that stand in a message, found in one pass.

An Aho–Corasick automaton of all n-grams reads the text once; so the time is
linear in the message, and each n-gram counts once however often it stands there.
"""

from __future__ import annotations

from collections.abc import Sequence
from operator import itemgetter

import ahocorasick

from optoutlang.runtime.terms.similar import Similarity, SimilarModel, similarity

_number = itemgetter(1)


class Suggester:
    """Tells how similar a message is to opt-outs; immutable, and safe to share between threads."""

    __slots__ = ("_automaton", "_weights", "model")

    def __init__(self, model: SimilarModel) -> None:
        self.model = model
        automaton = ahocorasick.Automaton()
        for number, ngram in enumerate(model.weights):
            automaton.add_word(ngram, number)
        automaton.make_automaton()
        self._automaton = automaton
        self._weights = (*model.weights.values(),)

    def suggests(self, tokens: Sequence[str]) -> bool:
        """Tell whether the tokens of a message outside quotes are similar enough to an opt-out."""
        weights = map(self._weights.__getitem__, self._numbers(tokens))
        return sum(weights) >= self.model.threshold

    def similarity(self, tokens: Sequence[str]) -> Similarity:
        """Return how similar the tokens of a message outside quotes are to opt-outs, and what weighed most."""
        ngrams = (*self.model.weights.items(),)
        found = (ngrams[number] for number in self._numbers(tokens))
        return similarity(found, self.model.threshold)

    def _numbers(self, tokens: Sequence[str]) -> set[int]:
        """Return the numbers of the n-grams that stand in some tokens; no loop of Python runs for each of them."""
        return set(map(_number, self._automaton.iter(f" {' '.join(tokens)} ")))
