"""Marks without their words are the same marks, so that they come to the same consent."""

from __future__ import annotations

from dataclasses import fields, replace
from datetime import UTC, datetime, timedelta

from hypothesis import given
from hypothesis import strategies as st

from optoutlang.consent import Source
from optoutlang.consent.engine.state import Mark, MarkKind, Marks

AT = datetime(2026, 1, 1, tzinfo=UTC)
TIMES = st.integers(0, 6).map(lambda hours: AT + timedelta(hours=hours))
MARK = st.builds(
    Mark,
    at=TIMES,
    event=st.sampled_from("abc"),
    source=st.sampled_from(Source),
    text=st.none() | st.just("STOP"),
    until=st.none() | TIMES,
)
MARKS = st.lists(st.tuples(st.sampled_from(MarkKind), MARK), max_size=6)


def added(words: list[tuple[MarkKind, Mark]]) -> Marks:
    marks = Marks()
    for kind, mark in words:
        marks = marks.add(kind, mark)
    return marks


def each_of(marks: Marks) -> dict[str, Mark]:
    """Return the marks by the names of their fields, also of a field that comes one day."""
    named = {each.name: getattr(marks, each.name) for each in fields(Marks)}
    return {name: value for name, value in named.items() if isinstance(value, Mark)}


@given(MARKS, st.none() | TIMES)
def test_only_words_older_than_the_time_go(
    words: list[tuple[MarkKind, Mark]], before: datetime | None
) -> None:
    marks = added(words)
    assert each_of(marks.without_texts(before)) == {
        name: mark if before is not None and mark.at >= before else replace(mark, text=None)
        for name, mark in each_of(marks).items()
    }


@given(MARKS, TIMES)
def test_the_consent_stays(words: list[tuple[MarkKind, Mark]], at: datetime) -> None:
    marks, bare = added(words), added(words).without_texts()
    assert bare.consent(at) is marks.consent(at)
    assert bare.first_opted_out == marks.first_opted_out
    assert (bare.cause and bare.cause.event) == (marks.cause and marks.cause.event)
