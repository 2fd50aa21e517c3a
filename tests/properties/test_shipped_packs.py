"""The shipped packs mean to the matcher what they mean to the reference interpreter.

The reference compares every message with every row of tokens. So packs of many
thousand rows are not asked here: an independent matcher is compared with them
on real texts (docs/assurance.md).
"""

from __future__ import annotations

import json

import pytest

from optoutlang.language.packs import pack_names, pack_path
from optoutlang.language.reference.decide import meaning
from optoutlang.language.reference.layers import table
from optoutlang.testing.messages import Context
from tests.builders.packs import matcher, ruleset
from tests.strategies.outcomes import compiled_decision


def texts_of(pack: str) -> list[str]:
    """Return the texts of a pack's vectors."""
    lines = pack_path(pack).with_name("vectors.jsonl").read_text("utf-8").splitlines()
    return [str(json.loads(line)["text"]) for line in lines]


LARGE = ("natural", "world")
"""How the names begin of packs with many thousand rows."""

USES_LARGE = {"crisis-safe": 25}
"""Small packs that use a large one, and of how many of their texts one is asked: each takes a second."""


EVERY = [5, pytest.param(1, marks=pytest.mark.thorough)]
"""Of how many texts of a pack one is asked."""


@pytest.mark.slow
@pytest.mark.parametrize("every", EVERY)
@pytest.mark.parametrize("pack", [name for name in pack_names() if not name.startswith(LARGE)])
def test_a_pack_means_the_same_to_both_interpreters(pack: str, every: int) -> None:
    for country in (None, *ruleset(pack).countries[:3]):
        here = table(ruleset(pack), country)
        languages = sorted({each.language for each in here.claims})
        for text in texts_of(pack)[:: every * USES_LARGE.get(pack, 1)]:
            for language in (None, languages[0], languages[-1]):
                expected = meaning(here, text, language)
                decision = compiled_decision(matcher(pack), text, Context(country, language))
                assert decision == expected, (text, country, language)
