"""Frames of few words, and messages of the same: compiled = reference (docs/language.md §5).

Generated rulesets have frames too (test_meaning.py); here so few words are used that most messages nearly match.
"""

from __future__ import annotations

import pytest
from hypothesis import assume, event, given, reject, settings
from hypothesis import strategies as st

from optoutlang.testing.library import ROOT, Block, Item
from optoutlang.testing.messages import Context
from optoutlang.testing.rulesets import (
    GeneratedRuleset,
    check,
    compile_library,
    compile_sound,
    errors,
)
from tests.strategies.outcomes import compiled_decision, reference_decision, without_rule

CLASSES = ("x", "y", "z", "w")
MEMBERS = ("a", "b", "c", "banana", "a b", "b c", "bana*", "c bana*", "b b c", "(a|c) b", "stopp")
PARTS = (*("{x}", "{y}", "{z}") * 2, "a", "b c", "banana", "[{x}]", "(a|{y})")
GAPS = (" ", " ", " .. ", " ..1 ", " ..2 ")
SIDES = ("within 1 before", "within 2 before", "within 1 after", "within 2 after", "anywhere")
WORDS = ("a", "b", "c", "banana", "bananas", "banan", "bnaana", "baanana", "stop", "zz", "stpp")
EXCEPTIONS = ("a b", "b", "c banana", "b a c")
CONTEXTS = (Context(None, None), Context("MX", "es"))


def listed(words: tuple[str, ...], most: int) -> st.SearchStrategy[str]:
    return st.lists(st.sampled_from(words), min_size=1, max_size=most, unique=True).map(", ".join)


@st.composite
def frames(draw: st.DrawFn) -> str:
    text = draw(st.sampled_from(PARTS))
    for _ in range(draw(st.integers(0, 2))):
        text += draw(st.sampled_from(GAPS)) + draw(st.sampled_from(PARTS))
    begins, ends = draw(st.sampled_from((("", ""),) * 5 + ((". ", ""), ("", " ."), (". ", " ."))))
    return f'"{begins}{text}{ends}"'


@st.composite
def sections(draw: st.DrawFn) -> Block:
    action = draw(st.sampled_from(("opt-out", "opt-out", "help", "opt-in")))
    statement = "frames " + ", ".join(draw(st.lists(frames(), min_size=1, max_size=2)))
    if draw(st.booleans()):
        statement += " unless " + draw(listed(("near", "between"), 2))
    if draw(st.integers(0, 4)) == 0:
        statement += f" needs {draw(st.sampled_from(CLASSES))}"
    items: list[Item] = [statement]
    if action == "opt-out" and draw(st.booleans()):
        items.append("tolerate typos")
    if draw(st.integers(0, 3)) == 0:
        items.append(f'except "{draw(st.sampled_from(EXCEPTIONS))}"')
    section = Block(action, tuple(items))
    head = draw(st.sampled_from((None, None, None, "country MX", "language es")))
    return section if head is None else Block(head, (section,))


@st.composite
def rulesets(draw: st.DrawFn) -> GeneratedRuleset:
    statements: list[Item] = ["ruleset frames"]
    for name in CLASSES:
        members = draw(st.lists(st.sampled_from(MEMBERS), min_size=1, max_size=3, unique=True))
        statements.append(f"class {name} is " + ", ".join(f'"{each}"' for each in members))
    statements.append(f"guard near is {draw(listed(CLASSES, 2))} {draw(st.sampled_from(SIDES))}")
    statements.append(f"guard between is {draw(listed(CLASSES, 2))} between")
    filler = draw(st.sampled_from((None, "c", '"b c"', "a", '"c c", b', "zz")))
    statements += [] if filler is None else [f"filler {filler}"]
    statements += draw(st.lists(sections(), min_size=1, max_size=2))
    library = {ROOT: tuple(statements)}
    rules = compile_sound(library)
    if rules is None:
        reject()
    return rules


messages = st.lists(
    st.tuples(st.sampled_from(WORDS), st.sampled_from((*(" ",) * 9, ". "))), min_size=1, max_size=8
).map(lambda words: "".join(map("".join, words)))


@pytest.mark.slow
@settings(max_examples=settings().max_examples // 5)
@given(rulesets(), st.lists(messages, min_size=12, max_size=12))
def test_frames_match_as_the_reference_says(rules: GeneratedRuleset, texts: list[str]) -> None:
    matcher = rules.matcher()
    for text in texts:
        for context in CONTEXTS:
            expected = reference_decision(rules.ruleset, text, context)
            event("nothing" if expected is None else expected.matched_by.value)

            assert compiled_decision(matcher, text, context) == expected


@pytest.mark.slow
@settings(max_examples=settings().max_examples // 5)
@given(rulesets(), st.lists(messages, min_size=12, max_size=12))
def test_an_explanation_decides_as_the_matcher_does(
    rules: GeneratedRuleset, texts: list[str]
) -> None:
    matcher = rules.matcher()
    for text in texts:
        found = matcher.explain(text)
        decision = matcher.match(text)

        assert found.decision == decision
        for each in found.frames:
            words = " ".join(found.outside_quotes[each.start : each.end])
            assert all(
                part in words or part in " ".join(found.without_filler) for _, part in each.parts
            )


@pytest.mark.slow
@settings(max_examples=settings().max_examples // 4)
@given(rulesets(), frames(), st.lists(messages, min_size=12, max_size=12))
def test_a_frame_of_one_country_changes_no_other(
    rules: GeneratedRuleset, frame: str, texts: list[str]
) -> None:
    library = rules.library
    added = Block("country CO", (Block("opt-out", (f"frames {frame}",)),))
    more = library | {ROOT: (*library[ROOT], added)}
    assume(not errors(check(more)))
    one, another = rules.matcher(), compile_library(more).matcher()
    for text in texts:
        for context in CONTEXTS:
            before, after = (compiled_decision(each, text, context) for each in (one, another))
            assert without_rule(before) == without_rule(after)
