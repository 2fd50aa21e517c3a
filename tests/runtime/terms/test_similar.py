"""A suggester cannot be built wrong: no empty one, none that suggests everything, no n-gram without weight."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace

import pytest

from optoutlang.runtime.terms.similar import Similarity, SimilarModel, TrainingSet, similarity
from tests.builders.suggesters import PROVENANCE

DIGEST = "a" * 64


@pytest.mark.parametrize(
    ("weights", "threshold"),
    [
        ({}, 1),
        ({"a": 1}, 0),
        ({"a": 1}, -1),
        ({"a": 1}, 1_000_001),
        ({"a": 0}, 1),
        ({"a": 1_000_001}, 1),
        ({"": 1}, 1),
        ({"a\nb": 1}, 1),
        ({"a" * 65: 1}, 1),
    ],
)
def test_a_wrong_suggester_is_refused(weights: Mapping[str, int], threshold: int) -> None:
    with pytest.raises(ValueError, match=r"model|n-gram"):
        SimilarModel("x.similar", DIGEST, weights, threshold, PROVENANCE)


@pytest.mark.parametrize(("name", "digest"), [("", DIGEST), ("x", "a" * 63), ("x", "A" * 64)])
def test_a_suggester_has_a_name_and_a_digest(name: str, digest: str) -> None:
    with pytest.raises(ValueError, match="name or digest"):
        SimilarModel(name, digest, {"a": 1}, 1, PROVENANCE)


def test_its_weights_cannot_be_changed() -> None:
    given = {"a": 1}
    model = SimilarModel("x", DIGEST, given, 1, PROVENANCE)
    given["b"] = 2

    assert dict(model.weights) == {"a": 1}
    assert model == replace(model)
    assert len({model, replace(model)}) == 1


@pytest.mark.parametrize(
    ("name", "use", "rows", "digest"),
    [("", "positive", 1, DIGEST), ("x", "all", 1, DIGEST), ("x", "positive", -1, DIGEST)],
)
def test_a_wrong_training_set_is_refused(name: str, use: str, rows: int, digest: str) -> None:
    with pytest.raises(ValueError, match="no training set"):
        TrainingSet(name, use, rows, digest)


def test_a_wrong_provenance_is_refused() -> None:
    with pytest.raises(ValueError, match="no provenance"):
        replace(PROVENANCE, rules="")
    with pytest.raises(ValueError, match="out of order"):
        replace(PROVENANCE, sets=PROVENANCE.sets[::-1])
    with pytest.raises(ValueError, match="out of order"):
        replace(PROVENANCE, versions=PROVENANCE.versions[::-1])


def test_the_heaviest_come_first_and_equal_ones_in_order() -> None:
    found = similarity([("b", 2), ("a", 2), ("c", -9)], 5)

    assert found == Similarity(-5, 5, (("c", -9), ("a", 2), ("b", 2)))
    assert not found.suggests
    assert similarity([("a", 5)], 5).suggests
