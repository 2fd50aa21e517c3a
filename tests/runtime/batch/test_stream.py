"""Iterables are decided as they come, in chunks."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from optoutlang import Matcher, batch
from optoutlang.runtime.batch.stream import CHUNK
from tests.builders.rulesets import program


@pytest.fixture
def rules() -> Matcher:
    return Matcher(program("country MX { opt-out { keywords CANCELAR } }"))


def test_messages_are_taken_a_chunk_at_a_time(rules: Matcher) -> None:
    taken = 0

    def texts() -> Iterator[str]:
        nonlocal taken
        while True:
            taken += 1
            yield "STOP"

    decisions = batch.match(rules, texts())
    assert taken == 0
    assert next(decisions) == rules.match("STOP")
    assert taken == CHUNK
    for _ in range(CHUNK):
        next(decisions)
    assert taken == 2 * CHUNK


def test_countries_and_languages_go_with_the_messages_over_all_chunks(rules: Matcher) -> None:
    count = CHUNK + 3
    texts = ["CANCELAR", "STOP", "hi"] * count
    countries = ["MX", None, "US"] * count
    languages = [None, "es", "x y"] * count
    found = list(
        batch.match(rules, iter(texts), countries=iter(countries), languages=iter(languages))
    )
    assert found == rules.match_many(texts, countries=countries, languages=languages)


@pytest.mark.parametrize("length", [CHUNK - 1, CHUNK + 1, 2 * CHUNK])
def test_lengths_that_differ_are_refused(rules: Matcher, length: int) -> None:
    texts, values = ["STOP"] * CHUNK, [None] * length
    in_countries = batch.match(rules, texts, countries=values)
    with pytest.raises(ValueError, match=r"argument|more items"):
        list(in_countries)
    in_languages = batch.match(rules, texts, languages=values)
    with pytest.raises(ValueError, match=r"argument|more items"):
        list(in_languages)


def test_one_text_is_not_taken_for_many(rules: Matcher) -> None:
    with pytest.raises(TypeError, match="one str"):
        batch.match(rules, "STOP")


def test_an_artefact_may_stand_for_its_rules(rules: Matcher) -> None:
    assert list(batch.match(rules.to_bytes(), ["STOP", "hi"])) == [rules.match("STOP"), None]
