"""Requests of a message about one topic alone (docs/language.md §5.33)."""

from __future__ import annotations

from typing import NamedTuple, TypeVar

from optoutlang.language.model.topics import TopicKeyword, TopicSentence
from optoutlang.language.reference.layers import Table, stronger
from optoutlang.language.reference.phrases import (
    filler_tokens,
    places_without_filler,
    readings,
    rows_of,
    words,
)
from optoutlang.language.reference.text import key, tokens
from optoutlang.runtime.terms.action import Action, MatchedBy

T = TypeVar("T", TopicKeyword, TopicSentence)

ORDER = (Action.OPT_OUT, Action.HELP, Action.OPT_IN)


class About(NamedTuple):
    """The statements that a message meets, all of one action; `topic` None where they are of several topics."""

    statements: tuple[TopicKeyword | TopicSentence, ...]
    matched_by: MatchedBy
    topic: str | None


def whole_message(table: Table, text: str) -> About | None:
    """Return what all of a message asks of a topic: a keyword, as written or without filler, or its one sentence."""
    message = tokens(text)
    kept = places_without_filler(message, filler_tokens(table))
    for wanted, matched_by in (
        (key(text), MatchedBy.EXACT),
        ("".join(message[place] for place in kept), MatchedBy.FILLER),
    ):
        keywords = [each for each in table.topic_keywords if key(each.word) == wanted]
        if keywords:
            agreeing = of_the_strongest(table, keywords)
            return About(agreeing, matched_by, agreeing[0].topic)
    met = strongest(table, text, alone=True)
    return None if met is None else About(met[0], MatchedBy.SENTENCE, met[0][0].topic)


def sentence(table: Table, text: str) -> About | None:
    """Return what a sentence among others asks of a topic.

    Opt-outs of several topics are of everything: nobody is opted out of half of what they ask for.
    """
    met = strongest(table, text, alone=False)
    if met is None:
        return None
    several = met[0][0].action is Action.OPT_OUT and len(met[1]) > 1
    return About(met[0], MatchedBy.SENTENCE, None if several else met[0][0].topic)


def strongest(
    table: Table, text: str, *, alone: bool
) -> tuple[tuple[TopicSentence, ...], set[str]] | None:
    """Return the sentences of topics that decide, and the topics of all of their action.

    The strongest action, the longest, the first, as written before without
    filler; of those beside which no other sentence has words, or some have.
    """
    both = readings(table, text)
    found = [
        (number, way, met)
        for number in range(len(both[0]))
        for way, reading in enumerate(both)
        if (met := meeting(table, words(reading[number])))
        and alone is not any(each for place, each in enumerate(both[1]) if place != number)
    ]
    for action in ORDER:
        asking = [each for each in found if each[2][0].action is action]
        if asking:
            first = min(asking, key=lambda each: (-len(both[each[1]][each[0]]), each[0], each[1]))
            return first[2], {each[2][0].topic for each in asking}
    return None


def meeting(table: Table, row: tuple[str, ...]) -> tuple[TopicSentence, ...]:
    """Return the sentences of topics that a row of tokens is, those of the strongest one's topic and action."""
    met = [each for each in table.topic_sentences if row and row in rows_of(each.pattern)]
    return of_the_strongest(table, met) if met else ()


def of_the_strongest(table: Table, statements: list[T]) -> tuple[T, ...]:
    """Return those of the topic and the action that the strongest statement gives."""
    first = next(
        each
        for each in statements
        if not any(stronger(table.ruleset, other, each) for other in statements)
    )
    return tuple(
        each for each in statements if (each.topic, each.action) == (first.topic, first.action)
    )
