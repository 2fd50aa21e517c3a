"""Generated topics, whose words meet those of ordinary statements."""

from __future__ import annotations

from hypothesis import strategies as st

from optoutlang.testing.draws import blocks, lists_of, weighted
from optoutlang.testing.library import Item
from optoutlang.testing.statement_words import BUTTONS, COUNTRIES, LANGUAGES, REPLIES

TOPIC_WORDS = (
    *('"stop <name>"', '"STOP <name>"', '"start <name>"', '"no <name> pls"', '"<name> bar"'),
    *("FOOBAR", '"foo bar"', "QUX", "停订", '"stop qux"', '"bar pls"', '"thank foo"'),
)
TOPIC_SENTENCES = ('"no more <name>"', '"stop <name>"', '"no [more] foo"', '"foo (bar|qux)"', "bar")
TOPIC_NAMES = ("foo", "QUX", "12345", '"foo bar"', "停")
topic_statements = weighted(
    lists_of(TOPIC_WORDS, up_to=2).map("keywords {}".format),
    lists_of(TOPIC_WORDS, up_to=2).map("keywords {}".format),
    st.sampled_from(TOPIC_SENTENCES).map("sentences {}".format),
    st.sampled_from(REPLIES),
    lists_of(BUTTONS, up_to=1).map("buttons {}".format),
)
topic_sections = blocks(
    st.sampled_from(("opt-out", "opt-out", "opt-out", "opt-in", "help")), topic_statements, up_to=3
)
topics = blocks(
    st.sampled_from(("topic offers", "topic news")),
    weighted(topic_sections, topic_sections, lists_of(TOPIC_NAMES, up_to=2).map("names {}".format)),
    up_to=3,
)
topic_blocks = weighted(
    topics,
    topics,
    blocks(st.sampled_from(LANGUAGES).map("language {}".format), topics, up_to=2),
    blocks(lists_of(COUNTRIES, up_to=2).map("country {}".format), topics, up_to=2),
)


@st.composite
def having_topics(draw: st.DrawFn) -> tuple[Item, ...]:
    """Draw topics, or more often none."""
    if draw(st.integers(0, 3)):
        return ()
    return tuple(draw(st.lists(topic_blocks, min_size=1, max_size=3)))
