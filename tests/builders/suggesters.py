"""Suggesters of a few n-grams, and programs with one."""

from __future__ import annotations

from collections.abc import Mapping

from optoutlang.language.compiler.from_model import from_model
from optoutlang.language.model.ruleset import Ruleset
from optoutlang.runtime.program import Program
from optoutlang.runtime.program.similar_wire import made_model
from optoutlang.runtime.terms.similar import Provenance, SimilarModel, TrainingSet
from tests.builders.rulesets import CORE, ruleset_of

NAME = "acme.similar"

PROVENANCE = Provenance(
    rules="0" * 64,
    per_ten_thousand=5,
    sets=(
        TrainingSet("talk", "negative", 12, "1" * 64),
        TrainingSet("tests", "positive", 3, "2" * 64),
    ),
    seed=1,
    versions=(("python", "3.11.7"), ("scikit-learn", "1.9.1")),
)


def suggester_of(weights: Mapping[str, int], threshold: int) -> SimilarModel:
    """Return a suggester of some weights."""
    return made_model(NAME, weights, threshold, PROVENANCE)


def suggesting_ruleset(model: SimilarModel, text: str = "suggest similar") -> Ruleset:
    """Return a ruleset of the protected words and a text, with a suggester."""
    return ruleset_of(("acme.optout", f"ruleset acme {CORE}{text}"), similar=model)


def suggesting_program(model: SimilarModel, text: str = "suggest similar") -> Program:
    """Return the program of such a ruleset."""
    return from_model(suggesting_ruleset(model, text))
