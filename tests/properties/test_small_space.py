"""All small files, all short messages: compiled = reference, enumerated and counted."""

from __future__ import annotations

from collections.abc import Iterator
from functools import cache
from importlib import import_module
from itertools import combinations, product

import pytest

from optoutlang.language.reference.decide import meaning
from optoutlang.language.reference.layers import table
from optoutlang.testing.library import ROOT, Block, Item
from optoutlang.testing.messages import Context
from optoutlang.testing.rulesets import compile_library, compile_sound
from tests.strategies.outcomes import compiled_decision

TOKENS = ("stop", "a", "b", "c")
MESSAGES = tuple(
    "".join(map("".join, zip(each, (*marks, ""), strict=False)))
    for length in range(4)
    for each in product(TOKENS, repeat=length)
    for marks in product((" ", ". ") if length < 3 else (" ",), repeat=max(0, length - 1))
)

STATEMENTS: tuple[Item, ...] = (
    "filler a",
    'filler "b c"',
    'filler "a b", c',
    Block("opt-out", ('keywords B, "A A"',)),
    Block("opt-in", ('keywords "A B"',)),
    Block("help", ("keywords A",)),
    Block("opt-out", ('sentences "a b", "c", "... b c"',)),
    Block("help", ('sentences "a ..."', 'except "b a"')),
    Block("opt-in", ("only keywords C",)),
    Block("opt-out", ('phrases "a [b]"',)),
    Block("opt-out", ('phrases "stop (a|b)"', 'except "(b|c) stop"')),
    Block("help", ('phrases "a", "b c"', 'except "b a"')),
    Block("opt-in", ('phrases "(a|b) (b|c)"', 'except "c"')),
    Block("language es", (Block("opt-out", ("keywords B", 'phrases "a b"')),)),
    Block("country MX", (Block("opt-in", ("keywords B, STOPSTOP",)),)),
    Block("country MX", ("prefer es", "filler b", Block("help", ("only keywords AB, B",)))),
    Block("country MX", (Block("help", ('except "c"', 'phrases "c"')),)),
    "prefer es",
)
CONTEXTS = (Context(None, None), Context(None, "es"), Context("MX", None))


@pytest.fixture(autouse=True, scope="module")
def remembered() -> Iterator[None]:
    """Let the reference ask once how near two texts are: a few thousand pairs come up a million times here."""
    decide = import_module("optoutlang.language.reference.decide")
    with pytest.MonkeyPatch.context() as patch:
        for name in ("is_slip", "is_stretch", "look_alikes"):
            patch.setattr(decide, name, cache(getattr(decide, name)))
        yield


@pytest.mark.slow
@pytest.mark.parametrize("size", [1, pytest.param(2, marks=pytest.mark.thorough)])
def test_every_file_of_few_statements_means_what_the_reference_says_to_every_short_message(
    size: int,
) -> None:
    files = compared = 0
    for chosen in combinations(STATEMENTS, size):
        library = {ROOT: ("ruleset small", *chosen)}
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
                assert compiled_decision(matcher, text, context) == expected, (chosen, text)

    assert (len(MESSAGES), files, compared) == {1: (101, 17, 5_151), 2: (101, 129, 39_087)}[size]


KEYS = ("a", "b", "aa", "ab", "aba", "abab")
ACTIONS = ("opt-out", "opt-in", "help")


@pytest.mark.slow
@pytest.mark.parametrize("size", [1, pytest.param(2, marks=pytest.mark.thorough)])
def test_every_set_of_keywords_reads_every_repetition_as_the_reference_does(size: int) -> None:
    pieces = ("a", "b", "aa", "ab")
    texts = [" ".join(each) for length in range(1, 5) for each in product(pieces, repeat=length)]
    files = 0
    for chosen, actions in product(combinations(KEYS, size), product(ACTIONS, repeat=size)):
        files += 1
        pairs = zip(chosen, actions, strict=True)
        sections = [Block(action, (f"keywords {word.upper()}",)) for word, action in pairs]
        rules = compile_library({ROOT: ("ruleset small", *sections)})
        matcher = rules.matcher()
        here = table(rules.ruleset, None)
        for text in texts:
            decision = compiled_decision(matcher, text, Context(None, None))
            assert decision == meaning(here, text, None), (chosen, actions, text)

    assert (files, len(texts)) == ({1: 18, 2: 135}[size], 340)
