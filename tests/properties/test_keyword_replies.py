"""Replies to one keyword: every small set of statements about replies, compiled = reference, enumerated and counted."""

from __future__ import annotations

from itertools import combinations, product

import pytest

from optoutlang.language.reference.decide import meaning
from optoutlang.language.reference.layers import table
from optoutlang.testing.library import ROOT, Block, Item
from optoutlang.testing.messages import Context
from optoutlang.testing.rulesets import compile_sound
from tests.strategies.outcomes import compiled_decision

MESSAGES = (
    "help",
    "info",
    "Info!",
    "info info",
    "info help",
    "help info",
    "aide",
    "stop",
    "informed",
)
CONTEXTS = tuple(
    Context(country, language)
    for country, language in product((None, "MX", "US"), (None, "es", "es-MX", "fr"))
)
WORDS: tuple[Item, ...] = (
    Block("help", ("keywords AIDE",)),
    Block("language es", (Block("help", ("keywords AIDE, INFO",)),)),
)
TEXTS = (
    'reply "{}"',
    'reply to INFO "{} to info"',
    "reply to INFO none",
    'reply to HELP, AIDE "{} to both"',
)


def _placed(text: str) -> tuple[Item, ...]:
    """Return a reply in the base and in a country, in the language there and in Spanish."""
    base, spanish, country, both = (
        Block("help", (text.format(where),)) for where in ("base", "es", "MX", "MX es")
    )
    return (
        base,
        Block("language es", (spanish,)),
        Block("country MX", (country,)),
        Block("country MX", (Block("language es", (both,)),)),
    )


REPLIES = tuple(block for text in TEXTS for block in _placed(text))


@pytest.mark.slow
@pytest.mark.parametrize("size", [1, 2, pytest.param(3, marks=pytest.mark.thorough)])
def test_every_few_replies_answer_as_the_reference_does(size: int) -> None:
    files = compared = own = 0
    for chosen in combinations(REPLIES, size):
        library = {ROOT: ("ruleset small", *WORDS, *chosen)}
        rules = compile_sound(library)
        if rules is None:
            continue
        files += 1
        matcher = rules.matcher()
        for context in CONTEXTS:
            here = table(rules.ruleset, context.country)
            for text in MESSAGES:
                compared += 1
                expected = meaning(here, text, context.language)
                own += expected is not None and "to " in (expected.reply or "")
                assert compiled_decision(matcher, text, context) == expected, (chosen, text)

    assert (files, compared) == {1: (16, 1_728), 2: (116, 12_528), 3: (504, 54_432)}[size]
    assert own > compared / 20
