"""Exceptions to phrases: whether one shares a token with an occurrence, against the literal reading."""

from __future__ import annotations

from hypothesis import example, given
from hypothesis import strategies as st

from optoutlang.matcher.action import Action
from optoutlang.matcher.program import Meaning, Origin
from optoutlang.matcher.search import Excepted, Occurrence

MEANING = Meaning(Action.OPT_OUT, (Origin("en", "x", 0, 1),))
spans = st.tuples(st.integers(0, 9), st.integers(1, 5)).map(lambda each: (each[0], sum(each)))


@example([(5, 6), (0, 8)], (1, 3))
@example([(5, 6), (6, 7), (0, 8)], (1, 3))
@given(st.lists(spans, max_size=6), spans)
def test_an_exception_is_found_just_if_one_of_them_shares_a_place(
    exceptions: list[tuple[int, int]], phrase: tuple[int, int]
) -> None:
    found = sorted((Occurrence(*span, "x") for span in exceptions), key=lambda each: each.end)
    excepted = Excepted([(each, MEANING) for each in found])
    start, end = phrase

    expected = any(each.start < end and start < each.end for each in found)
    assert (excepted.overlapping(start, end) is not None) == expected
