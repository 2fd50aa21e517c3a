"""The suggester: weights of n-grams that say how much a text is like a request to end messages (docs/language.md §5).

Nothing here has an action: what a model finds is similar, and whoever asks it
can only make a suggestion of that.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from types import MappingProxyType

LONGEST_NGRAM = 64
"""The most characters that an n-gram has."""

MAX_NGRAMS = 100_000
MAX_WEIGHT = 1_000_000
"""The most that a weight or the threshold is, above or below zero."""

SHOWN = 8
"""How many n-grams an explanation names."""


@dataclass(frozen=True, slots=True)
class TrainingSet:
    """Texts that a model was made from: their name, how many there were, and the SHA-256 of all of them.

    `use` says what for: `positive`, `negative`, or `threshold`.
    """

    name: str
    use: str
    rows: int
    sha256: str

    def __post_init__(self) -> None:
        if not self.name or self.use not in USES or self.rows < 0 or not _is_digest(self.sha256):
            raise ValueError(f"no training set: {self}")


USES = ("positive", "negative", "threshold")


@dataclass(frozen=True, slots=True)
class Provenance:
    """How a model was made: again with the same sets, seed and versions, it comes out the same.

    `per_ten_thousand` is how many suggestions the threshold allows in 10,000
    messages of the sets used as `threshold`. `rules` is the digest of the rules
    that gave positives. `versions` are packages and their versions.
    """

    rules: str
    per_ten_thousand: int
    sets: tuple[TrainingSet, ...]
    seed: int
    versions: tuple[tuple[str, str], ...]

    def __post_init__(self) -> None:
        if not _is_digest(self.rules) or self.per_ten_thousand < 0:
            raise ValueError("no provenance")
        names = [(each.use, each.name) for each in self.sets]
        if names != sorted(set(names)) or list(self.versions) != sorted(
            dict(self.versions).items()
        ):
            raise ValueError("sets or versions out of order, or twice")


@dataclass(frozen=True, slots=True)
class SimilarModel:
    """A linear model over the n-grams of a text.

    An n-gram is a run of characters of a message's tokens outside quotes, with
    a space before, between and behind them. Each one that `weights` has and the
    text holds counts once; where the weights add up to `threshold` or more,
    the text is similar to an opt-out. `name` is the file's, as decisions name
    it, `digest` the SHA-256 of its content.

    Raises:
        ValueError: no n-gram or too many, one that is empty or too long, a
            weight of zero or out of bounds, or a threshold that nothing at all would reach.
    """

    name: str
    digest: str
    weights: Mapping[str, int]
    threshold: int
    provenance: Provenance
    _hash: int = field(init=False, repr=False, compare=False)

    def __post_init__(self) -> None:
        object.__setattr__(self, "weights", MappingProxyType(dict(self.weights)))
        object.__setattr__(self, "_hash", hash((self.name, self.digest)))
        if not self.name or not _is_digest(self.digest):
            raise ValueError("a model without a name or digest")
        if not 0 < len(self.weights) <= MAX_NGRAMS or not 0 < self.threshold <= MAX_WEIGHT:
            raise ValueError("a model of no n-grams or too many, or one that suggests everything")
        if not all(map(_is_weight, self.weights.values())) or not all(map(_is_ngram, self.weights)):
            raise ValueError("an n-gram or a weight out of bounds")

    def __hash__(self) -> int:
        return self._hash


@dataclass(frozen=True, slots=True)
class Similarity:
    """How similar a text is to opt-outs: the sum of the weights of its n-grams, and what a suggestion needs.

    `weighed` are the n-grams that weighed most, for or against, the heaviest first.
    """

    score: int
    threshold: int
    weighed: tuple[tuple[str, int], ...] = ()

    @property
    def suggests(self) -> bool:
        """Whether it is similar enough to be suggested."""
        return self.score >= self.threshold


def similarity(ngrams: Iterable[tuple[str, int]], threshold: int) -> Similarity:
    """Return the similarity of a text that holds some n-grams, each once, with the ones that weighed most."""
    ordered = sorted(ngrams, key=lambda each: (-abs(each[1]), each[0]))
    return Similarity(sum(weight for _, weight in ordered), threshold, tuple(ordered[:SHOWN]))


def _is_weight(weight: int) -> bool:
    return weight != 0 and abs(weight) <= MAX_WEIGHT


def _is_ngram(text: str) -> bool:
    return 0 < len(text) <= LONGEST_NGRAM and "\n" not in text


def _is_digest(text: str) -> bool:
    return len(text) == 64 and _HEXADECIMAL.issuperset(text)


_HEXADECIMAL = frozenset("0123456789abcdef")
