"""A keyword among other sentences, in every short message: matcher = reference, and what it leaves alone."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from itertools import product

import pytest

from optoutlang.language.compiler.from_model import from_model
from optoutlang.language.model.ruleset import Ruleset
from optoutlang.language.reference import decide
from optoutlang.runtime.matcher import Matcher
from optoutlang.runtime.terms import MatchedBy
from tests.builders.rulesets import ruleset_of

FOUNDATION = (
    "ruleset a opt-out { keywords STOP } opt-in { keywords START } help { keywords HELP }\n"
)
RULES = {
    "a phrase and filler": 'filler "please" opt-out { sentences "stop" phrases "x y" }',
    "filler that is a keyword": 'filler "y" opt-out { keywords Y sentences "y", "stop", "stop y" }',
    "another action": 'help { keywords X, "X Y" sentences "x", "stop", "x y" } opt-in { sentences "x" }',
    "open sentences": 'suggest keyword-sentences opt-out { sentences "stop", "... x stop", "stop y ..." }',
    "symbols": 'suggest sentences filler "🛑" opt-out { keywords "🛑" sentences "🛑", "stop", "x" }',
}
TOKENS = ("stop", "please", "x", "y", "🛑", "“x”")
LONGEST = 3


def messages() -> Iterator[str]:
    for length in range(1, LONGEST + 1):
        for tokens in product(TOKENS, repeat=length):
            for marks in product((" ", ". "), repeat=length - 1):
                yield "".join(map("".join, zip(tokens, (*marks, ""), strict=True)))


def ruleset(name: str) -> Ruleset:
    return ruleset_of(("a.optout", FOUNDATION + RULES[name]))


@pytest.mark.parametrize("name", RULES)
def test_every_short_message_means_what_the_reference_says(name: str) -> None:
    rules = ruleset(name)
    matcher = Matcher(from_model(rules))
    seen = set()
    for text in messages():
        expected, found = decide(rules, text), matcher.match(text)
        assert (found and replace(found, digest="")) == expected, text
        seen.add(found and found.matched_by)
    assert MatchedBy.KEYWORD_SENTENCE in seen


@pytest.mark.parametrize("name", RULES)
def test_it_decides_only_where_no_other_sentence_or_phrase_of_its_action_does(name: str) -> None:
    matcher = Matcher(from_model(ruleset(name)))
    for text in messages():
        found = matcher.explain(text)
        decision = found.decision
        if decision is not None and decision.matched_by is MatchedBy.KEYWORD_SENTENCE:
            others = {each.matched_by for each in found.fired if each.action is decision.intent}
            assert others <= {MatchedBy.KEYWORD_SENTENCE}, text
            assert not decision.certain
