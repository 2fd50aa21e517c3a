"""A suggester as JSON: in an artefact, and as the content of a `.similar` file.

N-grams of one weight stand in one text, one a line. The digest is that of this
object as canonical JSON, so it is not written down.
"""

from __future__ import annotations

import json
from collections import defaultdict
from collections.abc import Mapping
from hashlib import sha256

from optoutlang.runtime.program.wire import (
    Json,
    MalformedError,
    read_int,
    read_list,
    read_members,
    read_row,
    read_text,
    require,
)
from optoutlang.runtime.terms.similar import (
    MAX_WEIGHT,
    Provenance,
    SimilarModel,
    TrainingSet,
)

FORMAT = 1
"""The version of this form."""

SUFFIX = ".similar"
"""How the names of files end that hold a model."""

_MEMBERS = frozenset("format ngrams provenance threshold".split())
_PROVENANCE = frozenset("per_ten_thousand rules seed sets versions".split())


def write_model(model: SimilarModel) -> dict[str, Json]:
    """Return a model, but for its name, as a JSON object."""
    return _content(model.weights, model.threshold, model.provenance)


def made_model(
    name: str, weights: Mapping[str, int], threshold: int, provenance: Provenance
) -> SimilarModel:
    """Return the model of some weights, with its digest."""
    digest = _digest(_content(weights, threshold, provenance))
    return SimilarModel(name, digest, weights, threshold, provenance)


def read_model(name: str, value: object) -> SimilarModel:
    """Return the model of a JSON object.

    Raises:
        ValueError: it is not what `write_model` gives.
    """
    content = read_members(value)
    require(content.keys() == _MEMBERS, "not the members of a model")
    require(read_int(content["format"]) == FORMAT, "another format of models")
    weights: dict[str, int] = {}
    for number, ngrams in read_members(content["ngrams"]).items():
        weight = _weight(number)
        for ngram in read_text(ngrams).split("\n"):
            require(ngram not in weights, "an n-gram that stands twice")
            weights[ngram] = weight
    threshold = read_int(content["threshold"])
    model = made_model(name, weights, threshold, _read_provenance(content["provenance"]))
    require(write_model(model) == content, "not in canonical form")
    return model


def file_bytes(model: SimilarModel) -> bytes:
    """Return the content of a `.similar` file: JSON with one weight a line."""
    text = json.dumps(write_model(model), ensure_ascii=False, sort_keys=True, indent=0)
    return f"{text}\n".encode()


def from_file_bytes(name: str, data: bytes) -> SimilarModel:
    """Return the model of a `.similar` file.

    Raises:
        MalformedError: the bytes are none; the message says in what.
    """
    try:
        return read_model(name, json.loads(data.decode()))
    except (ValueError, RecursionError) as error:
        raise MalformedError(str(error)) from error


def _content(weights: Mapping[str, int], threshold: int, provenance: Provenance) -> dict[str, Json]:
    by_weight: dict[int, list[str]] = defaultdict(list)
    for ngram in sorted(weights):
        by_weight[weights[ngram]].append(ngram)
    return {
        "format": FORMAT,
        "ngrams": {str(weight): "\n".join(each) for weight, each in sorted(by_weight.items())},
        "provenance": _provenance(provenance),
        "threshold": threshold,
    }


def _digest(content: Json) -> str:
    text = json.dumps(content, ensure_ascii=False, sort_keys=True, separators=(",", ":"))
    return sha256(text.encode()).hexdigest()


def _provenance(made: Provenance) -> Json:
    return {
        "per_ten_thousand": made.per_ten_thousand,
        "rules": made.rules,
        "seed": made.seed,
        "sets": [[each.use, each.name, each.rows, each.sha256] for each in made.sets],
        "versions": dict(made.versions),
    }


def _read_provenance(value: object) -> Provenance:
    content = read_members(value)
    require(content.keys() == _PROVENANCE, "not the members of a provenance")
    versions = read_members(content["versions"])
    return Provenance(
        rules=read_text(content["rules"]),
        per_ten_thousand=read_int(content["per_ten_thousand"]),
        sets=tuple(_read_set(each) for each in read_list(content["sets"])),
        seed=read_int(content["seed"]),
        versions=tuple((name, read_text(versions[name])) for name in sorted(versions)),
    )


def _read_set(value: object) -> TrainingSet:
    use, name, rows, digest = read_row(value, 4)
    return TrainingSet(read_text(name), read_text(use), read_int(rows), read_text(digest))


def _weight(text: str) -> int:
    digits = text.removeprefix("-")
    require(digits.isascii() and digits.isdigit() and len(digits) <= 7, "not a weight")
    weight = int(text)
    require(str(weight) == text and 0 < abs(weight) <= MAX_WEIGHT, "not a weight")
    return weight
