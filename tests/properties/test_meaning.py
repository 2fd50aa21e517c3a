"""The meaning said twice: what is compiled equals the reference interpreter (docs/language.md §4 and §5)."""

from __future__ import annotations

import pytest
from hypothesis import event, given, settings
from hypothesis import strategies as st

from optoutlang.runtime.program.artefact import from_bytes, to_bytes
from optoutlang.testing.messages import contexts, messages
from optoutlang.testing.rulesets import GeneratedRuleset, rulesets
from tests.strategies.outcomes import compiled_decision, reference_decision

MESSAGES = 12
"""How many messages each ruleset is asked about: making a ruleset takes most of the time."""


@pytest.mark.slow
@settings(max_examples=settings().max_examples // 5)
@given(rulesets(), st.data())
def test_the_matcher_says_what_the_reference_says(
    rules: GeneratedRuleset, data: st.DataObject
) -> None:
    matcher = rules.matcher()
    for _ in range(MESSAGES):
        context, text = data.draw(contexts(rules)), data.draw(messages(rules))
        expected = reference_decision(rules.ruleset, text, context)
        event("nothing" if expected is None else expected.matched_by.value)

        assert compiled_decision(matcher, text, context) == expected


@pytest.mark.slow
@settings(max_examples=settings().max_examples // 5)
@given(rulesets(), st.data())
def test_an_artefact_comes_back_as_it_went(rules: GeneratedRuleset, data: st.DataObject) -> None:
    artefact = to_bytes(rules.program)
    again = from_bytes(artefact)
    context, text = data.draw(contexts(rules)), data.draw(messages(rules))

    assert again == rules.program
    assert to_bytes(again) == artefact
    assert compiled_decision(rules.matcher(), text, context) == reference_decision(
        rules.ruleset, text, context
    )
