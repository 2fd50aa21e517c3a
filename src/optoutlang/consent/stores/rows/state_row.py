"""One row of state as compact JSON, and back.

The facts are a list by position: the five marks in the order of `MarkKind`,
`began`, `first_opted_out`, then replies, question, lift and reviews. A mark
that is the same as an earlier one of the list is written as its position.
Reading is on the way of every `may_send`, so that it is written out by hand.
"""

from __future__ import annotations

from typing import Any

from optoutlang.consent.engine.event import Source
from optoutlang.consent.engine.scope import Key
from optoutlang.consent.engine.state import (
    ConsentState,
    Mark,
    Marks,
    OpenQuestion,
    SentReply,
)
from optoutlang.consent.stores.rows.texts import Reader, Texts
from optoutlang.consent.stores.rows.times import (
    micros,
    moment,
    optional_micros,
    optional_moment,
)

_SOURCES = {each.value: each for each in Source}

Json = Any  # positional JSON of our own making: its shape stands in the docstring above


def state_facts(state: ConsentState, texts: Texts) -> Json:
    """Return the facts of a row; its texts go to `texts`."""
    marks = state.marks
    slots = (
        marks.opted_out,
        marks.opted_in,
        marks.started,
        marks.prompted,
        marks.ended,
        marks.began,
    )
    question = state.question
    return [
        [None if mark is None else _slot(slots, at, texts) for at, mark in enumerate(slots)],
        optional_micros(marks.first_opted_out),
        [[each.kind, micros(each.at), each.digest] for each in state.replies],
        None if question is None else [question.event, micros(question.until)],
        optional_micros(state.lifted),
        list(state.reviews),
    ]


def read_state(key: Key, facts: Json, texts: Reader) -> ConsentState:
    """Return the row with a key from its facts and texts."""
    slots, first, replies, question, lifted, reviews = facts
    marks: list[Mark | None] = []
    for slot in slots:
        if slot is None:
            marks.append(None)
        elif isinstance(slot, int):
            marks.append(marks[slot])
        else:
            marks.append(read_mark(slot, texts))
    opted_out, opted_in, started, prompted, ended, began = marks
    return ConsentState(
        key,
        Marks(opted_out, opted_in, started, prompted, ended, began, optional_moment(first)),
        tuple(SentReply(kind, moment(at), digest) for kind, at, digest in replies),
        None if question is None else OpenQuestion(question[0], moment(question[1])),
        optional_moment(lifted),
        tuple(reviews),
    )


def mark_facts(mark: Mark, texts: Texts) -> Json:
    """Return a mark as a list."""
    return [
        micros(mark.at),
        mark.event,
        mark.source.value,
        texts.add(mark.text),
        optional_micros(mark.until),
    ]


def read_mark(facts: Json, texts: Reader) -> Mark:
    """Return a mark from its list."""
    at, event, source, text, until = facts
    return Mark(moment(at), event, _SOURCES[source], texts.get(text), optional_moment(until))


def _slot(slots: tuple[Mark | None, ...], at: int, texts: Texts) -> Json:
    """Return a mark, or where in the list the same one stands first."""
    mark = slots[at]
    assert mark is not None  # noqa: S101 - `state_facts` looked
    earlier = slots.index(mark)
    return mark_facts(mark, texts) if earlier == at else earlier
