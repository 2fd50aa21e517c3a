"""Training: logistic regression over the n-grams of corpora, as integer weights and a threshold.

The most useful n-grams are kept, those with the largest weights, in hundredths
of a logit. The threshold is the least at which no more than the stated number
of suggestions in 10,000 messages are made on the corpora that are used for it.
The same corpora, settings and versions give the same model.
"""

from __future__ import annotations

import platform
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from optoutlang.analysis.similar.corpus import Corpus, Tokens
from optoutlang.analysis.similar.ngrams import ngrams
from optoutlang.runtime.program.similar_wire import made_model
from optoutlang.runtime.terms.extra import install_command
from optoutlang.runtime.terms.similar import Provenance, SimilarModel

SCALE = 100
"""What a weight of one logit is."""

LEAST_TEXTS = 3
"""In how many messages an n-gram must stand to be learned."""

INVERSE_REGULARISATION = 0.3
"""scikit-learn's `C`; 0.01 to 0.1 hear a little less at the same number of near misses."""


class TrainingError(ValueError):
    """There is too little to learn from, or scikit-learn is not installed. The message says which."""


@dataclass(frozen=True, slots=True)
class Settings:
    """How to train: so many suggestions in 10,000, at most `size` n-grams, and the seed of what is random."""

    per_ten_thousand: int = 2
    size: int = 40_000
    seed: int = 1


def train(
    name: str, corpora: Sequence[Corpus], *, rules: str, settings: Settings | None = None
) -> SimilarModel:
    """Return the model that some corpora teach; `rules` is the digest of the rules that positives are from.

    Raises:
        TrainingError: no positive, negative or threshold message, or scikit-learn is missing.
    """
    settings = settings or Settings()
    present = {each.use for each in corpora if each.messages}
    for use in ("positive", "negative", "threshold"):
        if use not in present:
            raise TrainingError(f"no {use} messages to train with")
    taught = [each for each in corpora if each.use != "threshold"]
    weights, versions = _fitted(taught, settings)
    quiet = [row for each in corpora if each.use == "threshold" for row in each.messages]
    provenance = Provenance(
        rules=rules,
        per_ten_thousand=settings.per_ten_thousand,
        sets=tuple(
            sorted((each.training_set for each in corpora), key=lambda each: (each.use, each.name))
        ),
        seed=settings.seed,
        versions=versions,
    )
    threshold = _threshold(weights, quiet, settings.per_ten_thousand)
    return made_model(name, weights, threshold, provenance)


def _fitted(
    corpora: Sequence[Corpus], settings: Settings
) -> tuple[dict[str, int], tuple[tuple[str, str], ...]]:
    """Return the weights of n-grams, and the versions of what made them."""
    try:
        # Here, not above: only training needs them (the extra `train`).
        import sklearn  # noqa: PLC0415
        from sklearn.feature_extraction.text import CountVectorizer  # noqa: PLC0415
        from sklearn.linear_model import LogisticRegression  # noqa: PLC0415
    except ModuleNotFoundError as error:
        raise TrainingError(f"training needs scikit-learn: {install_command('train')}") from error
    texts = [row for each in corpora for row in each.messages]
    vectors = CountVectorizer(analyzer=ngrams, min_df=min(LEAST_TEXTS, len(texts)), binary=True)
    try:
        matrix = vectors.fit_transform(texts)
    except ValueError as error:
        raise TrainingError("too few messages to learn an n-gram from") from error
    model = LogisticRegression(
        C=INVERSE_REGULARISATION, solver="liblinear", max_iter=1000, random_state=settings.seed
    )
    model.fit(
        matrix,
        [each.use == "positive" for each in corpora for _ in each.messages],
        sample_weight=[each.weight for each in corpora for _ in each.messages],
    )
    names: Iterable[str] = vectors.get_feature_names_out().tolist()
    learned = dict(zip(names, model.coef_[0].tolist(), strict=True))
    versions = (("python", platform.python_version()), ("scikit-learn", str(sklearn.__version__)))
    return _heaviest(learned, settings.size), versions


def _heaviest(learned: Mapping[str, float], size: int) -> dict[str, int]:
    """Return the n-grams of the largest weights, rounded, in code-point order."""
    rounded = {ngram: round(SCALE * weight) for ngram, weight in learned.items()}
    kept = sorted(rounded, key=lambda each: (-abs(rounded[each]), each))[:size]
    return {ngram: rounded[ngram] for ngram in sorted(kept) if rounded[ngram]}


def _threshold(
    weights: Mapping[str, int], messages: Sequence[Tokens], per_ten_thousand: int
) -> int:
    allowed = len(messages) * per_ten_thousand // 10_000
    scores = sorted((score(weights, each) for each in messages), reverse=True)
    return max(1, scores[allowed] + 1) if allowed < len(scores) else 1


def score(weights: Mapping[str, int], tokens: Tokens) -> int:
    """Return the sum of the weights of a message's n-grams."""
    return sum(weights.get(each, 0) for each in ngrams(tokens))
