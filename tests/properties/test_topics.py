"""Topics: every few statements that meet, every short message, compiled = reference; STOP is always of everything."""

from __future__ import annotations

from itertools import combinations, product

import pytest

from optoutlang.language.reference.decide import meaning
from optoutlang.language.reference.layers import table
from optoutlang.runtime.terms import PROTECTED, Action
from optoutlang.testing.library import ROOT, Block, Item, Library
from optoutlang.testing.messages import Context
from optoutlang.testing.rulesets import check, compile_library, compile_sound, errors
from tests.strategies.outcomes import compiled_decision

TOKENS = ("stop", "a", "b", "c")
MESSAGES = tuple(
    "".join(map("".join, zip(each, (*marks, ""), strict=False)))
    for length in range(1, 4)
    for each in product(TOKENS, repeat=length)
    for marks in product((" ", ". ") if length < 3 else (" ",), repeat=length - 1)
)
CONTEXTS = (Context(None, None), Context(None, "es"), Context("MX", None))


def topic(name: str, *items: Item) -> Block:
    return Block(f"topic {name}", items)


TOPICS: tuple[Item, ...] = (
    topic("x", "names A, B", Block("opt-out", ('keywords "STOP <name>"', 'reply "x"'))),
    topic("x", Block("opt-out", ('keywords "A B", "B.A C"', 'reply to AB "ab"'))),
    topic("y", "names C", Block("opt-out", ('sentences "stop <name>", "c"', "reply none"))),
    topic("y", Block("opt-out", ('sentences "a [b]", "c a"', 'reply "y"'))),
    topic("y", Block("opt-in", ('sentences "a [c]"', 'keywords A, "C A"', 'reply "in"'))),
    topic("z", Block("help", ('sentences "b c", "a (b|c) a"',))),
    Block("language es", (topic("x", Block("opt-out", ("keywords AA, CA", 'reply "es"'))),)),
    Block("country MX", (topic("y", Block("opt-out", ('keywords "STOP A"', 'reply "MX"'))),)),
)
RULES: tuple[Item, ...] = (
    "filler b",
    Block("opt-out", ("keywords C", 'sentences "a b"')),
    Block("opt-out", ('phrases "a b"', 'except "c a b"')),
    Block("opt-in", ('sentences "a"', 'phrases "c a"')),
    Block("country MX", (Block("help", ("keywords AB", 'phrases "b c"')),)),
    "suggest sentences, phrases",
    Block("opt-out", ("tolerate numbers, typos", 'sentences "stop"', 'frames "a .. c"')),
    Block("help", ('frames "a .. b"', 'sentences "b"')),
)


@pytest.mark.slow
def test_every_two_topics_beside_a_rule_mean_what_the_reference_says() -> None:
    files = compared = about = 0
    pairs = (*((each,) for each in TOPICS), *combinations(TOPICS, 2))
    for chosen, other in product(pairs, RULES):
        library: Library = {ROOT: ("ruleset small", *chosen, other)}
        rules = compile_sound(library)
        if rules is None:
            continue
        files += 1
        matcher = rules.matcher()
        without = compile_library({ROOT: ("ruleset small", other)}).matcher()
        for context in CONTEXTS:
            here = table(rules.ruleset, context.country)
            for text in MESSAGES:
                compared += 1
                expected = meaning(here, text, context.language)
                found = compiled_decision(matcher, text, context)
                assert found == expected, (chosen, other, text)
                asked = compiled_decision(without, text, context)
                if found is None:
                    assert asked is None, (chosen, other, text)
                elif found.topic is not None:
                    about += 1
                    assert asked is None or not asked.certain, (chosen, other, text)
                elif asked is not None and found.intent is not asked.intent:
                    assert found.intent is Action.OPT_OUT  # of several topics
                if asked is not None and asked.intent is Action.OPT_OUT:
                    assert found is not None
                    assert found.intent is Action.OPT_OUT or found.topic is not None

    assert (files, compared) == (193, 57_900)
    assert about > compared / 20


EXCEPTING: tuple[Item, ...] = (
    Block("opt-in", ('sentences "a"', 'phrases "c a", "b c"', 'except "c a b", "b c a"')),
    Block("help", ('phrases "a", "b"', 'except "a b", "c b"')),
    Block(
        "opt-out",
        ('sentences "a (b|c)"', 'phrases "c a"', 'except "c a b"', 'except sentences "a b"'),
    ),
)
"""Rules that exceptions take back, of each action: a topic's sentence may then be all that is left, or go before."""


@pytest.mark.slow
def test_a_topic_beside_an_exception_means_what_the_reference_says() -> None:
    files = compared = about = 0
    for topic_block, other in product(TOPICS, EXCEPTING):
        rules = compile_sound({ROOT: ("ruleset small", topic_block, other)})
        if rules is None:
            continue
        files += 1
        matcher = rules.matcher()
        for context, text in product(CONTEXTS, MESSAGES):
            compared += 1
            expected = meaning(table(rules.ruleset, context.country), text, context.language)
            found = compiled_decision(matcher, text, context)
            assert found == expected, (topic_block, other, text)
            about += found is not None and found.topic is not None

    assert (files, compared) == (17, 5_100)
    assert about > compared / 40


@pytest.mark.parametrize("word", PROTECTED)
@pytest.mark.parametrize("spelling", ["{}", "{}!", "*{}*", "“{}”", "{0} {0}"])
def test_no_topic_can_have_a_protected_word(word: str, spelling: str) -> None:
    text = spelling.format(word)
    for kind, action in product(("keywords", "sentences"), ("opt-out", "opt-in", "help")):
        inner = topic("x", Block(action, (f'{kind} "{text}"', "reply none")))
        for block in (inner, Block("country MX", (inner,)), Block("language es", (inner,))):
            found = {each.code.id for each in errors(check({ROOT: ("ruleset small", block)}))}
            assert found == {"O801"}
