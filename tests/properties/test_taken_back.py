"""What countries take back: every few statements that meet, compiled = reference, enumerated and counted."""

from __future__ import annotations

from itertools import combinations, product

import pytest

from optoutlang.language.reference.decide import meaning
from optoutlang.language.reference.layers import table
from optoutlang.testing.library import ROOT, Block, Item
from optoutlang.testing.messages import Context
from optoutlang.testing.rulesets import GeneratedRuleset, compile_sound
from tests.strategies.outcomes import compiled_decision

MESSAGES = (
    *("stop", "please stop", "stop, please. thanks", "sotp", "stop 12345", "St0p", "leave"),
    *("cease it", "ok. cease all of it", "please cease it", "end it", "end it now", "info", "help"),
)
CONTEXTS = tuple(Context(country, None) for country in (None, "MX", "US"))
PACK: tuple[Item, ...] = (
    'filler please, "thanks"',
    "class halt is halt, cease",
    Block("help", ('reply "How."', 'reply to INFO "About."')),
    Block(
        "opt-out",
        (
            *("keywords LEAVE", "tolerate typos, numbers", 'frames "{halt} .. it"'),
            *('sentences "end it"', 'phrases "end it"', 'reply "Bye."'),
        ),
    ),
    Block("country MX", ("filler gracias", Block("opt-out", ('reply "Adios."',)))),
)

_IN_SECTIONS = (
    *("tolerate typos", 'frames "{halt} .. it"', 'reply "Bye."'),
    *("remove tolerate typos", "remove tolerate numbers, typos", 'remove frames "{halt} .. it"'),
    *('remove sentences "end it"', 'remove phrases "end it"'),
    *('remove reply "Bye."', 'remove reply "Adios."'),
)
_PLACED: tuple[Item, ...] = (
    *("filler please", "remove filler please"),
    *(Block("opt-out", (each,)) for each in _IN_SECTIONS),
    *(Block("help", (f'remove reply "{each}"',)) for each in ("How.", "About.")),
)
STATEMENTS = (*_PLACED, *(Block("country MX", (each,)) for each in _PLACED))


@pytest.mark.slow
@pytest.mark.parametrize("size", [1, 2])
def test_every_few_statements_that_take_back_leave_what_the_reference_leaves(size: int) -> None:
    files = compared = changed = 0
    before = {each: _meaning((), *each) for each in product(CONTEXTS, MESSAGES)}
    for chosen in combinations(STATEMENTS, size):
        rules = _rules(chosen)
        if rules is None:
            continue
        files += 1
        matcher = rules.matcher()
        for context, text in product(CONTEXTS, MESSAGES):
            compared += 1
            here = table(rules.ruleset, context.country)
            expected = meaning(here, text, context.language)
            changed += expected != before[context, text]
            assert compiled_decision(matcher, text, context) == expected, (chosen, text, context)

    assert (files, compared) == {1: (27, 1_134), 2: (351, 14_742)}[size]
    assert changed > compared / 20


def _rules(chosen: tuple[Item, ...]) -> GeneratedRuleset | None:
    root = ("ruleset small", 'use "./pack.optout"', *chosen)
    return compile_sound({"pack.optout": ("ruleset pack", *PACK), ROOT: root})


def _meaning(chosen: tuple[Item, ...], context: Context, text: str) -> object:
    rules = _rules(chosen)
    assert rules is not None
    return meaning(table(rules.ruleset, context.country), text, context.language)
