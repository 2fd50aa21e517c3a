"""Frames: matcher = reference, in every short message under some rules, and in messages of generated rules."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from itertools import product

import pytest
from hypothesis import event, given, settings
from hypothesis import strategies as st

from optoutlang.language.compiler.from_model import from_model
from optoutlang.language.model.ruleset import Ruleset
from optoutlang.language.reference import decide
from optoutlang.runtime.matcher import Matcher
from optoutlang.runtime.terms import MatchedBy
from optoutlang.testing.messages import Kind, contexts, messages
from optoutlang.testing.rulesets import GeneratedRuleset, rulesets
from tests.builders.rulesets import CORE, ruleset_of
from tests.strategies.outcomes import compiled_decision, reference_decision

CLASSES = """
class verb is stop, "no more", "{long}"
class long is texting, "spam*"
class me is me, "me too"
guard negated is me within 1 before
guard late is verb, me within 2 after
guard jumped is me between
guard doubtful is me anywhere
filler "please"
"""
RULES = {
    "gaps": 'opt-out { frames "{verb} .. {me}", "{me} ..1 {verb} [..1 {me}]" }',
    "edges": 'opt-out { frames ". {verb}", "{me} .", ". {verb} ..2 {me} ." }',
    "before": 'opt-out { frames "{verb}" unless negated }',
    "after": 'opt-out { frames "{verb} [{verb}]" unless late }',
    "between": 'opt-out { frames "{verb} .. {verb}" unless jumped }',
    "anywhere": 'opt-out { frames "{verb} {verb}" unless doubtful }',
    "needs": 'opt-out { frames "{verb}" needs me }',
    "slips": 'opt-out { tolerate typos frames "{verb} ..1 {me}", "{long}", "{me} texting" }',
    "exceptions": 'opt-out { frames "{verb} .. {me}" except "please me", "stop me" }',
    "actions": 'help { frames "{verb} {me}" } opt-out { frames "{me} .. {verb}" } opt-in { frames "{me}" }',
    "beside phrases": 'opt-out { frames "{verb} .. {me}" phrases "more me" sentences "stop me" }',
    "suggested": 'suggest frames opt-out { frames "{verb} .. {me}" keywords "no more" }',
}
TOKENS = ("stop", "no", "more", "me", "too", "please", "texitng", "spammer", "x")
LONGEST = 3


def short_messages() -> Iterator[str]:
    for length in range(1, LONGEST + 1):
        for tokens in product(TOKENS, repeat=length):
            yield " ".join(tokens)
            if length > 2:
                yield f"{tokens[0]}, {' '.join(tokens[1:])}"


def ruleset(name: str) -> Ruleset:
    return ruleset_of(("a.optout", f"ruleset a {CORE}{CLASSES}{RULES[name]}"))


@pytest.mark.thorough
@pytest.mark.slow
@pytest.mark.parametrize("name", RULES)
def test_every_short_message_means_what_the_reference_says(name: str) -> None:
    rules = ruleset(name)
    matcher = Matcher(from_model(rules))
    seen = set()
    for text in short_messages():
        expected, decision = decide(rules, text), matcher.match(text)
        assert (decision and replace(decision, digest="")) == expected, text
        seen.add(decision and decision.matched_by)
    assert {MatchedBy.FRAME, None} <= seen


@pytest.mark.slow
@settings(max_examples=settings().max_examples // 4)
@given(rulesets(are_framed=True), st.data())
def test_the_matcher_says_what_the_reference_says_of_frames(
    rules: GeneratedRuleset, data: st.DataObject
) -> None:
    matcher = rules.matcher()
    for _ in range(16):
        context = data.draw(contexts(rules))
        text = data.draw(messages(rules, kinds=(Kind.FRAME, Kind.FRAME, Kind.MIXED)))
        expected = reference_decision(rules.ruleset, text, context)
        event("nothing" if expected is None else expected.matched_by.value)

        assert compiled_decision(matcher, text, context) == expected
