"""What a country's scope says holds there and nowhere else; and a keyword added changes only what says it."""

from __future__ import annotations

import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from optoutlang.language.reference.text import key
from optoutlang.runtime.terms.action import Action
from optoutlang.runtime.terms.decision import Decision
from optoutlang.testing.library import ROOT, Block, Item, Library
from optoutlang.testing.messages import Context, contexts, messages
from optoutlang.testing.rulesets import GeneratedRuleset, check, compile_library, errors, rulesets
from optoutlang.testing.statement_words import KEYWORDS
from optoutlang.testing.statements import fillers, languages, preferences, sections
from tests.strategies.outcomes import compiled_decision


def with_more(library: Library, item: Item) -> Library:
    """Add a statement or block at the end of the root file, where it moves no other line."""
    return library | {ROOT: (*library[ROOT], item)}


def with_what_compiles(library: Library, head: str, statements: list[Item]) -> Library:
    """Add those of the statements, each in a block of its own, that the compiler does not call an error."""
    for each in statements:
        more = with_more(library, Block(head, (each,)))
        library = library if errors(check(more)) else more
    return library


def anywhere_but_mexico(rules: GeneratedRuleset) -> st.SearchStrategy[Context]:
    return contexts(rules).filter(lambda context: (context.country or "").upper() != "MX")


overrides = st.one_of(sections, sections, languages, fillers, preferences)


@pytest.mark.slow
@settings(max_examples=settings().max_examples // 5)
@given(rulesets(), st.lists(overrides, min_size=1, max_size=3), st.data())
def test_an_override_for_one_country_changes_no_other(
    rules: GeneratedRuleset, statements: list[Item], data: st.DataObject
) -> None:
    other = compile_library(with_what_compiles(rules.library, "country MX", statements))
    one, another = rules.matcher(), other.matcher()
    for _ in range(6):
        context, text = data.draw(anywhere_but_mexico(other)), data.draw(messages(other))

        assert compiled_decision(another, text, context) == compiled_decision(one, text, context)


@pytest.mark.slow
@settings(max_examples=settings().max_examples // 5)
@given(
    rulesets(),
    st.sampled_from(("opt-out", "opt-in", "help")),
    st.sampled_from(KEYWORDS),
    st.data(),
)
def test_an_added_keyword_changes_only_messages_that_say_it(
    rules: GeneratedRuleset, action: str, word: str, data: st.DataObject
) -> None:
    more = with_more(rules.library, Block(action, (f"keywords {word}",)))
    assume(not errors(check(more)))
    other = compile_library(more)
    one, another = rules.matcher(), other.matcher()
    for _ in range(6):
        context, text = data.draw(contexts(other)), data.draw(messages(other))
        before, after = (
            compiled_decision(one, text, context),
            compiled_decision(another, text, context),
        )
        if before is None or before.action is Action.OPT_OUT:
            # Among several keywords of one action, the first is the one that is named.
            said = says(after, word) or key(word) in key(text)
            assert action_of(after) is action_of(before) or said


def action_of(decision: Decision | None) -> Action | None:
    return None if decision is None else decision.action


def says(decision: Decision | None, word: str) -> bool:
    """Tell whether a decision was made by a keyword."""
    return decision is not None and key(decision.keyword) == key(word)
