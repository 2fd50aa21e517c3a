"""Buttons: compiled = reference for every few statements; what a text means alone is as without them."""

from __future__ import annotations

from itertools import combinations, product

import pytest
from hypothesis import assume, event, given, settings
from hypothesis import strategies as st

from optoutlang.language.model.button import Button
from optoutlang.runtime.program.artefact import from_bytes, to_bytes
from optoutlang.runtime.terms import Action, MatchedBy
from optoutlang.testing.library import ROOT, Block, Item
from optoutlang.testing.messages import Context, contexts, messages
from optoutlang.testing.rulesets import GeneratedRuleset, check, compile_library, errors, rulesets
from tests.strategies.outcomes import compiled_decision, reference_decision

PAYLOADS = ("a", "A", " a", "b", "stop", "c")
TEXTS = ("", "a", "b", "stop", "Stop, pls", "stop it", "help", "start", "c")
CONTEXTS = tuple(
    Context(country, language) for country, language in product((None, "MX"), (None, "es", "fr"))
)
BUTTONS: tuple[Item, ...] = (
    Block("opt-out", ("buttons a",)),
    Block("help", ("buttons a, b",)),
    Block("opt-in", ('buttons "A", stop',)),
    Block("answer x", ("keywords B", 'buttons b, "c"', 'reply "x"', 'reply to B "not this"')),
    Block("language es", (Block("opt-out", ('buttons a, " a"', 'reply "es"')),)),
    Block("language es", (Block("answer x", ("buttons c", 'reply "x es"')),)),
    Block(
        "topic y",
        (
            Block("opt-out", ("buttons a, c", 'reply "y"')),
            Block("help", ("buttons stop", "keywords D", 'reply to D "not this"')),
        ),
    ),
    Block("country MX", (Block("topic y", (Block("opt-out", ("buttons a", "reply none")),)),)),
    Block("country MX", (Block("opt-out", ("buttons a", 'reply "MX"')),)),
    Block("country MX", (Block("help", ("buttons b", "reply none")),)),
    Block("country MX", ("prefer es", Block("opt-in", ("buttons c",)))),
)
BESIDE: tuple[Item, ...] = (
    "filler pls",
    "suggest phrases",
    Block("opt-out", ('phrases "stop it"', 'reply to A "to the keyword"', "keywords A")),
)


@pytest.mark.slow
@pytest.mark.parametrize("size", [1, 2, 3])
def test_every_few_buttons_mean_what_the_reference_says(size: int) -> None:
    files = refused = compared = pressed = overruled = 0
    for chosen in combinations(BUTTONS, size):
        library = {ROOT: ("ruleset small", *BESIDE, *chosen)}
        found = errors(check(library))
        if found:
            assert {each.code.id for each in found} == {"O826"}
            refused += 1
            continue
        files += 1
        rules = compile_library(library)
        matcher = rules.matcher()
        again = from_bytes(to_bytes(rules.program))
        assert again == rules.program
        for context, payload, text in product(CONTEXTS, PAYLOADS, TEXTS):
            compared += 1
            expected = reference_decision(rules.ruleset, text, context, payload)
            assert compiled_decision(matcher, text, context, payload) == expected, (chosen, text)
            assert compiled_decision(matcher, text, context, payload.encode()) == expected
            written = reference_decision(rules.ruleset, text, context)
            pressed += expected is not None and expected.matched_by is MatchedBy.BUTTON
            if expected != written:
                assert expected is not None
                assert expected.matched_by is MatchedBy.BUTTON
            elif written is not None and payload in PAYLOADS[:1]:
                overruled += written.action is Action.OPT_OUT

    assert (files, refused) == {1: (11, 0), 2: (36, 19), 3: (53, 112)}[size]
    assert compared == files * len(CONTEXTS) * len(PAYLOADS) * len(TEXTS)
    assert pressed > compared / 20
    assert overruled > 0


@pytest.mark.slow
@settings(max_examples=settings().max_examples // 5)
@given(rulesets(), st.data())
def test_the_matcher_says_of_buttons_what_the_reference_says(
    rules: GeneratedRuleset, data: st.DataObject
) -> None:
    payloads = sorted({each.payload for each in rules.ruleset.of(Button)})
    assume(payloads)
    matcher = rules.matcher()
    for _ in range(6):
        context = data.draw(contexts(rules))
        text = data.draw(st.just("") | messages(rules))
        payload = data.draw(st.sampled_from([*payloads, "none of them"]))
        expected = reference_decision(rules.ruleset, text, context, payload)
        event("nothing" if expected is None else expected.matched_by.value)
        assert compiled_decision(matcher, text, context, payload) == expected
        if expected is not None and expected.matched_by is MatchedBy.BUTTON:
            explained = matcher.explain(
                text, country=context.country, language=context.language, payload=payload
            )
            assert explained.decision is not None
            assert explained.decision.keyword == payload
            assert all(each.lost is not None for each in explained.fired)


@pytest.mark.slow
@settings(max_examples=settings().max_examples // 5)
@given(rulesets(), st.data())
def test_a_text_means_what_it_means_without_the_buttons(
    rules: GeneratedRuleset, data: st.DataObject
) -> None:
    assume(rules.ruleset.of(Button))
    without = rules.ruleset.replacing(Button, ())
    matcher = rules.matcher()
    for _ in range(6):
        context = data.draw(contexts(rules))
        payloads = [each.payload for each in rules.ruleset.of(Button)]
        text = data.draw(messages(rules) | st.sampled_from(payloads))
        assert compiled_decision(matcher, text, context) == reference_decision(
            without, text, context
        )


@pytest.mark.parametrize("payload", ["STOP", "stop", "HELP", "anything"])
def test_no_button_takes_stop_from_a_message_that_is_it(payload: str) -> None:
    block = Block("opt-in", (f'buttons "{payload}"',))
    matcher = compile_library({ROOT: ("ruleset small", block)}).matcher()
    for text in ("STOP", "stop!", "“Stop”", "stop stop"):
        decision = matcher.match(text, payload=payload)
        assert decision is not None
        assert decision.action is Action.OPT_OUT
    pressed = matcher.match("please do not stop", payload=payload)
    assert pressed is not None
    assert pressed.action is Action.OPT_IN


def test_a_payload_that_is_no_text_is_none_of_ours() -> None:
    matcher = compile_library({ROOT: ("ruleset small", Block("help", ('buttons "a"',)))}).matcher()
    assert matcher.match("hello", payload=b"a\xff") is None
    with pytest.raises(TypeError, match="a payload is str or bytes, not int"):
        matcher.match("hello", payload=1)  # type: ignore[arg-type]
