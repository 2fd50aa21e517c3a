"""Named answers: every few statements that meet, every short message, compiled = reference; none takes a request."""

from __future__ import annotations

from itertools import combinations, product

import pytest

from optoutlang.language.reference.decide import meaning
from optoutlang.language.reference.layers import table
from optoutlang.runtime.terms import PROTECTED, Action, Decision
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

ANSWERS: tuple[Item, ...] = (
    Block("answer x", ("keywords A", 'reply "x"')),
    Block("answer x", ('keywords "A B", "B.A"', 'reply to AB "ab"')),
    Block("answer y", ('keywords B, "STOP A"', "reply none")),
    Block("answer y", ('sentences "a [b]", "c"', 'reply "y"')),
    Block("answer z", ('sentences "b c", "a (b|c) a"',)),
    Block("language es", (Block("answer x", ("keywords A, C", 'sentences "b c"', 'reply "es"')),)),
    Block("country MX", (Block("answer y", ("keywords A", 'sentences "c"')),)),
    Block("country MX", (Block("answer x", ('reply "MX"', 'reply to A "MX a"')),)),
)
REQUESTS: tuple[Item, ...] = (
    "filler b",
    Block("opt-out", ("keywords C", 'sentences "a b"')),
    Block("opt-out", ('phrases "a b"', 'except "c a b"')),
    Block("help", ('sentences "a"',)),
    Block("country MX", (Block("opt-out", ("keywords AB",)),)),
    "suggest sentences, phrases",
)


def _decisions(request: Item) -> dict[tuple[Context, str], Decision | None]:
    """Return what every message means to rules with a request alone."""
    matcher = compile_library({ROOT: ("ruleset small", request)}).matcher()
    return {
        (context, text): compiled_decision(matcher, text, context)
        for context, text in product(CONTEXTS, MESSAGES)
    }


@pytest.mark.slow
@pytest.mark.parametrize("size", [1, pytest.param(2, marks=pytest.mark.thorough)])
def test_every_few_answers_beside_a_request_mean_what_the_reference_says(size: int) -> None:
    files = compared = answered = 0
    requested = {other: _decisions(other) for other in REQUESTS}
    for chosen, other in product(combinations(ANSWERS, size), REQUESTS):
        library: Library = {ROOT: ("ruleset small", *chosen, other)}
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
                found = compiled_decision(matcher, text, context)
                assert found == expected, (chosen, other, text)
                asked = requested[other][context, text]
                if found is not None and found.action is Action.ANSWER:
                    answered += 1
                    assert asked is None, (chosen, other, text)
                elif asked is not None:
                    assert found is not None
                    assert (found.action, found.suggested) == (asked.action, asked.suggested)

    assert (files, compared) == {1: (41, 12_300), 2: (120, 36_000)}[size]
    assert answered > compared / 25


@pytest.mark.parametrize("word", PROTECTED)
@pytest.mark.parametrize("spelling", ["{}", "{}!", "*{}*", "“{}”"])
def test_no_answer_can_have_a_protected_word(word: str, spelling: str) -> None:
    text = spelling.format(word)
    for block in (
        Block("answer x", (f'keywords "{text}"',)),
        Block("country MX", (Block("answer x", (f'keywords "{text.lower()}"',)),)),
    ):
        assert {each.code.id for each in errors(check({ROOT: ("ruleset small", block)}))} == {
            "O202"
        }

    rules = compile_library({ROOT: ("ruleset small", Block("answer x", (f'sentences "{word}"',)))})
    decision = rules.matcher().match(text)
    assert decision is not None
    assert decision.action is PROTECTED[word]


def test_an_explanation_tells_an_answer_from_a_keyword_of_one_key() -> None:
    library: Library = {
        ROOT: (
            "ruleset small",
            Block("answer hours", ("keywords HORAS", 'reply "9 to 5"')),
            Block("country MX", (Block("opt-out", ("keywords HORAS",)),)),
        )
    }
    explained = compile_library(library).matcher().explain("horas", country="MX")

    assert [each.action for each in explained.fired] == [Action.OPT_OUT, Action.ANSWER]
