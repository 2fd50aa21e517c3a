"""STOP, START and HELP keep their actions, whatever a ruleset tries."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from optoutlang.runtime.matcher import Matcher
from optoutlang.runtime.terms.action import PROTECTED, MatchedBy
from optoutlang.testing.library import ROOT, Block, Item
from optoutlang.testing.messages import contexts
from optoutlang.testing.noise import noise
from optoutlang.testing.rulesets import GeneratedRuleset, check, compile_library, errors, rulesets
from optoutlang.testing.statement_words import ACTIONS

SPELLINGS = (
    "{0}",
    "{1}",
    '"{0}!"',
    "S-T-O-P",
    '"s t a r t"',
    '"ＨＥＬＰ"',
    '"h\u00e9lp"',
    '"st\\u{{200B}}op"',
)


def assert_protected(matcher: Matcher) -> None:
    for country in (None, "MX", "CO", "US"):
        for word, action in PROTECTED.items():
            for text in (word, word.lower(), f" {word}. ", f"“{'.'.join(word)}”"):
                decision = matcher.match(text, country=country)
                assert decision is not None
                assert (decision.action, decision.matched_by) == (action, MatchedBy.EXACT)


@pytest.mark.slow
@settings(max_examples=settings().max_examples // 5)
@given(rulesets())
def test_every_ruleset_keeps_the_protected_words(rules: GeneratedRuleset) -> None:
    assert_protected(rules.matcher())


@pytest.mark.slow
@settings(max_examples=settings().max_examples // 5)
@given(rulesets(), st.sampled_from(sorted(PROTECTED)), st.data())
def test_a_protected_word_means_the_same_in_every_context_and_spelling(
    rules: GeneratedRuleset, word: str, data: st.DataObject
) -> None:
    text, context = data.draw(noise(word)), data.draw(contexts(rules))

    decision = rules.matcher().match(text, country=context.country, language=context.language)

    assert decision is not None
    assert decision.action is PROTECTED[word]


@st.composite
def attacks(draw: st.DrawFn) -> Item:
    """Draw a statement that would take a protected word away, were that possible."""
    word = draw(st.sampled_from(sorted(PROTECTED)))
    spelt = draw(st.sampled_from(SPELLINGS)).format(word, word.lower())
    statement = draw(
        st.sampled_from(
            (
                *("remove {}", "keywords {}", "only keywords {}", "require keywords {}"),
                *("only keywords NOTHING", "except {}", "phrases {}", "filler {}"),
            )
        )
    ).format(spelt)
    if statement.startswith("filler"):
        block: Item = statement
    else:
        if statement.startswith(("except", "phrases")) and not spelt.startswith('"'):
            statement = statement.replace(spelt, f'"{spelt}"')
        block = Block(draw(st.sampled_from(ACTIONS)), (statement,))
        if draw(st.booleans()):
            block = Block("language es", (block,))
    return Block("country MX", (block,)) if draw(st.booleans()) else block


@pytest.mark.slow
@settings(max_examples=settings().max_examples // 5)
@given(rulesets(), st.lists(attacks(), min_size=1, max_size=3), st.data())
def test_an_attack_on_a_protected_word_is_an_error_or_has_no_effect(
    rules: GeneratedRuleset, items: list[Item], data: st.DataObject
) -> None:
    name = data.draw(st.sampled_from(sorted(rules.library)))
    library = rules.library | {name: (*rules.library[name], *items)}
    if not errors(check(library)):
        assert_protected(compile_library(library).matcher())


@pytest.mark.parametrize("word", sorted(PROTECTED))
@pytest.mark.parametrize("scope", [None, "MX"])
def test_removing_rebinding_or_skipping_a_protected_word_is_an_error(
    word: str, scope: str | None
) -> None:
    wrong = [action for action in ACTIONS if action != PROTECTED[word].value]
    attempts: list[Item] = [Block(action, (f"remove {word}",)) for action in ACTIONS]
    attempts += [Block(action, (f"{how} {word}",)) for action in wrong for how in MODES]
    attempts.append(f"filler {word}")
    for attempt in attempts:
        item = attempt if scope is None else Block(f"country {scope}", (attempt,))
        assert errors(check({ROOT: (item,)})), item


MODES = ("keywords", "only keywords", "require keywords")
