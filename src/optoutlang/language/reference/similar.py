"""The suggester, asked plainly: each of its n-grams is looked for in the text (docs/language.md §5.30)."""

from __future__ import annotations

from optoutlang.language.reference.layers import Table
from optoutlang.language.reference.phrases import outside_quotes
from optoutlang.language.reference.text import tokens
from optoutlang.runtime.terms.action import MatchedBy
from optoutlang.runtime.terms.similar import SimilarModel


def suggester(table: Table) -> SimilarModel | None:
    """Return the suggester that is asked in a context; None where it is off."""
    return table.ruleset.similar if MatchedBy.SIMILAR in table.suggest else None


def is_similar(model: SimilarModel, text: str) -> bool:
    """Tell whether the n-grams that stand in a text outside quotes weigh as much as the threshold."""
    spaced = f" {' '.join(tokens(outside_quotes(text)))} "
    weights = [weight for ngram, weight in model.weights.items() if ngram in spaced]
    return sum(weights) >= model.threshold
