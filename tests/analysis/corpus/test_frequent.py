"""Frequent keys, beside an exact count."""

from __future__ import annotations

from collections import Counter

import pytest
from hypothesis import given
from hypothesis import strategies as st

from optoutlang.analysis.corpus.frequent import Frequent

STREAMS = st.lists(st.sampled_from("abcdefghij"), max_size=200)


def counted(stream: list[str], capacity: int) -> Frequent[int]:
    found: Frequent[int] = Frequent(capacity)
    for number, key in enumerate(stream):
        found.add(key, number)
    return found


@given(STREAMS, st.integers(10, 12))
def test_counts_are_exact_while_all_keys_fit(stream: list[str], capacity: int) -> None:
    found = counted(stream, capacity)
    most = sorted(Counter(stream).items(), key=lambda each: (-each[1], each[0]))
    assert found.exact
    assert [(each.key, each.count, each.excess) for each in found.most(99)] == [
        (key, count, 0) for key, count in most
    ]
    assert all(stream.index(each.key) == each.value for each in found.most(99))


@given(STREAMS, st.integers(1, 9))
def test_past_that_no_count_is_too_low_nor_too_high_by_more_than_its_bound(
    stream: list[str], capacity: int
) -> None:
    found, truth = counted(stream, capacity), Counter(stream)
    held = {each.key: each for each in found.most(99)}
    bound = len(stream) / capacity
    assert len(held) <= capacity
    assert found.exact is (len(truth) <= capacity)
    for each in held.values():
        assert each.excess <= bound
        assert each.count - each.excess <= truth[each.key] <= each.count
    assert all(key in held for key, count in truth.items() if count > bound)


def test_nothing_can_be_held_in_no_place() -> None:
    with pytest.raises(ValueError, match="no capacity"):
        Frequent(0)
