"""The meaning said twice: what is compiled equals the reference interpreter (docs/language.md §4 and §5)."""

from __future__ import annotations

from hypothesis import event, given
from hypothesis import strategies as st

from optoutlang.matcher.artefact import from_bytes, to_bytes
from tests.strategies.compiled import Compiled, compiled
from tests.strategies.messages import contexts, messages
from tests.strategies.outcomes import compiled_decision, reference_decision

MESSAGES = 12
"""How many messages each ruleset is asked about: making a ruleset takes most of the time."""


@given(compiled(), st.data())
def test_the_matcher_says_what_the_reference_says(rules: Compiled, data: st.DataObject) -> None:
    matcher = rules.matcher()
    for _ in range(MESSAGES):
        context, text = data.draw(contexts), data.draw(messages(rules.ruleset))
        expected = reference_decision(rules.ruleset, text, context)
        event("nothing" if expected is None else expected.matched_by.value)

        assert compiled_decision(matcher, text, context) == expected


@given(compiled(), st.data())
def test_an_artefact_comes_back_as_it_went(rules: Compiled, data: st.DataObject) -> None:
    artefact = to_bytes(rules.program)
    again = from_bytes(artefact)
    context, text = data.draw(contexts), data.draw(messages(rules.ruleset))

    assert again == rules.program
    assert to_bytes(again) == artefact
    assert compiled_decision(rules.matcher(), text, context) == reference_decision(
        rules.ruleset, text, context
    )
