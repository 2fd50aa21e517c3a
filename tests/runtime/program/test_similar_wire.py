"""The form of a suggester in artefacts and `.similar` files: what is not what was written is refused."""

from __future__ import annotations

import json
from typing import Any

import pytest

from optoutlang.runtime.program.artefact import ArtefactError, from_bytes
from optoutlang.runtime.program.similar_wire import file_bytes, from_file_bytes
from optoutlang.runtime.program.wire import MalformedError
from tests.builders.artefacts import Edit, canonical, content, put, sealed
from tests.builders.suggesters import NAME, suggester_of, suggesting_program

MODEL = suggester_of({" stop ": 90, " stop texting ": 40, "txt": 30, " not ": -90, "不": -1}, 100)


def _delete(*path: str) -> Edit:
    def edit(content: dict[str, Any]) -> None:
        here: Any = content
        for step in path[:-1]:
            here = here[step]
        del here[path[-1]]

    return edit


WRONG: dict[str, Edit] = {
    "another format": put("format", value=0),
    "no format": _delete("format"),
    "more than there is": put("action", value="opt-out"),
    "a threshold that all reach": put("threshold", value=0),
    "a threshold below zero": put("threshold", value=-5),
    "a threshold that is no number": put("threshold", value="100"),
    "a weight of zero": put("ngrams", "0", value="abc"),
    "a weight that is no number": put("ngrams", "x", value="abc"),
    "a weight with a plus": put("ngrams", "+3", value="abc"),
    "a weight with a zero before it": put("ngrams", "03", value="abc"),
    "a weight too large": put("ngrams", "1000001", value="abc"),
    "a weight of a hundred digits": put("ngrams", "9" * 100, value="abc"),
    "an n-gram twice": put("ngrams", "31", value="txt"),
    "n-grams out of order": put("ngrams", "32", value="b\na"),
    "an empty n-gram": put("ngrams", "33", value="a\n"),
    "an n-gram too long": put("ngrams", "34", value="a" * 65),
    "no n-gram": put("ngrams", value={}),
    "n-grams in a list": put("ngrams", value=["abc"]),
    "no provenance": put("provenance", value={}),
    "a digest that is none": put("provenance", "rules", value="f" * 63),
    "sets out of order": put(
        "provenance", "sets", value=[["positive", "a", 1, "1" * 64], ["negative", "b", 1, "2" * 64]]
    ),
    "a use that is none": put("provenance", "sets", value=[["teaching", "a", 1, "1" * 64]]),
    "a version that is none": put("provenance", "versions", "python", value=3),
}


def test_a_file_gives_the_model_that_it_was_written_from() -> None:
    again = from_file_bytes(NAME, file_bytes(MODEL))

    assert again == MODEL
    assert file_bytes(again) == file_bytes(MODEL)


def test_the_digest_tells_models_apart() -> None:
    others = (
        suggester_of({**MODEL.weights, "txt": 31}, 100),
        suggester_of(MODEL.weights, 101),
        suggester_of({**MODEL.weights, "x": 1}, 100),
    )

    assert len({each.digest for each in (MODEL, *others)}) == 4


@pytest.mark.parametrize("edit", WRONG.values(), ids=WRONG)
def test_a_wrong_file_is_refused(edit: Edit) -> None:
    value = json.loads(file_bytes(MODEL))
    edit(value)

    with pytest.raises(MalformedError):
        from_file_bytes(NAME, json.dumps(value).encode())


@pytest.mark.parametrize("edit", WRONG.values(), ids=WRONG)
def test_a_wrong_model_in_an_artefact_is_refused(edit: Edit) -> None:
    value = content(suggesting_program(MODEL))
    edit(value["similar"][1])

    with pytest.raises(ArtefactError):
        from_bytes(sealed(canonical(value)))


@pytest.mark.parametrize("data", [b"", b"[]", b"\xff", b"{}", b"[" * 100_000, b'{"format": NaN}'])
def test_bytes_that_are_no_model_are_refused(data: bytes) -> None:
    with pytest.raises(MalformedError):
        from_file_bytes(NAME, data)


def test_a_model_that_no_context_asks_for_is_refused() -> None:
    value = content(suggesting_program(MODEL))
    del value["base"]["suggest"]

    with pytest.raises(ArtefactError, match="in no context"):
        from_bytes(sealed(canonical(value)))


def test_a_context_that_asks_for_a_model_that_is_not_there_is_refused() -> None:
    value = content(suggesting_program(MODEL))
    del value["similar"]

    with pytest.raises(ArtefactError, match="not there"):
        from_bytes(sealed(canonical(value)))
