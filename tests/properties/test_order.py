"""The order of statements, blocks and files named decides nothing but the lines that decisions cite."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from optoutlang.language.model.effective import Table, effective_tables
from optoutlang.runtime.terms.action import MatchedBy
from optoutlang.runtime.terms.decision import Decision
from optoutlang.testing.library import Block, Item, Library
from optoutlang.testing.messages import contexts, messages
from optoutlang.testing.rulesets import GeneratedRuleset, compile_library, rulesets
from tests.strategies.outcomes import compiled_decision, without_rule


@st.composite
def shuffled(draw: st.DrawFn, library: Library) -> Library:
    """Draw another order of all that stands in each file, but for `ruleset`, which stands first."""
    return {name: (items[0], *draw(shuffled_items(items[1:]))) for name, items in library.items()}


@st.composite
def shuffled_items(draw: st.DrawFn, items: tuple[Item, ...]) -> tuple[Item, ...]:
    inner = tuple(
        Block(each.head, draw(shuffled_items(each.items))) if isinstance(each, Block) else each
        for each in items
    )
    return tuple(draw(st.permutations(inner)))


def unordered(decision: Decision | None) -> Decision | None:
    """Return a decision without what the order of lines says: its place, and which of several frames is named."""
    found = without_rule(decision)
    if found is None or found.matched_by is not MatchedBy.FRAME:
        return found
    return replace(found, keyword="")


def plain(tables: Mapping[str | None, Table]) -> object:
    """Return tables with everything but the places, in an order of our own."""
    return {
        scope: (
            {
                (each.key, each.action, claim.language, claim.word)
                for each in table.keywords.values()
                for claim in each.claims
            },
            {(each.action, each.language, each.spelling) for each in table.phrases},
            {(each.action, each.language, each.spelling) for each in table.exceptions},
            {each.tokens for each in table.fillers},
            {where: reply.text for where, reply in table.replies.items()},
            {where: reply.text for where, reply in table.keyword_replies.items()},
            {key: each[0].name for key, each in table.answer_keywords.items()},
            {text: each[0].name for text, each in table.answer_sentences.items()},
            {where: reply.text for where, reply in table.answer_replies.items()},
            {key: (each[0].topic, each[0].action) for key, each in table.topic_keywords.items()},
            {text: (each[0].topic, each[0].action) for text, each in table.topic_sentences.items()},
            {where: reply.text for where, reply in table.topic_replies.items()},
            table.prefer,
            table.languages,
        )
        for scope, table in tables.items()
    }


@pytest.mark.slow
@settings(max_examples=settings().max_examples // 5)
@given(rulesets(), st.data())
def test_the_order_of_statements_blocks_and_uses_changes_no_decision(
    rules: GeneratedRuleset, data: st.DataObject
) -> None:
    other = compile_library(data.draw(shuffled(rules.library)))
    one, another = rules.matcher(), other.matcher()

    assert plain(effective_tables(other.ruleset)) == plain(effective_tables(rules.ruleset))
    for _ in range(6):
        context, text = data.draw(contexts(rules)), data.draw(messages(rules))
        assert unordered(compiled_decision(another, text, context)) == without_rule(
            compiled_decision(one, text, context)
        )


@pytest.mark.thorough
@pytest.mark.slow
@settings(max_examples=settings().max_examples // 5)
@given(rulesets(), st.data())
def test_a_block_may_be_cut_in_two(rules: GeneratedRuleset, data: st.DataObject) -> None:
    other = compile_library({name: cut(items) for name, items in rules.library.items()})
    context, text = data.draw(contexts(rules)), data.draw(messages(rules))

    assert plain(effective_tables(other.ruleset)) == plain(effective_tables(rules.ruleset))
    assert unordered(compiled_decision(other.matcher(), text, context)) == without_rule(
        compiled_decision(rules.matcher(), text, context)
    )


def cut(items: tuple[Item, ...]) -> tuple[Item, ...]:
    """Write each block of several items as blocks of one."""
    found: list[Item] = []
    for each in items:
        if isinstance(each, Block):
            found += [Block(each.head, (inner,)) for inner in cut(each.items)] or [each]
        else:
            found.append(each)
    return tuple(found)
