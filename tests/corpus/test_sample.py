"""A sample of a stream."""

from __future__ import annotations

from collections import Counter

from hypothesis import given
from hypothesis import strategies as st

from optoutlang.corpus.sample import Sample


@given(st.integers(0, 50), st.integers(1, 10))
def test_a_sample_is_some_of_the_stream_in_its_order_and_always_the_same(
    length: int, size: int
) -> None:
    samples: list[Sample[int]] = [Sample(size), Sample(size)]
    for each in samples:
        for value in range(length):
            each.add(value)
    shown = samples[0].values()
    assert shown == samples[1].values()
    assert samples[0].seen == length
    assert len(shown) == min(length, size)
    assert list(shown) == sorted(set(shown))


def test_every_place_of_the_stream_has_a_fair_chance() -> None:
    """400 of 4,000: each tenth of the stream gives about 40, and the seed is fixed."""
    drawn: Counter[int] = Counter()
    sample: Sample[int] = Sample(400)
    for value in range(4_000):
        sample.add(value)
    drawn.update(value // 400 for value in sample.values())
    assert all(20 <= drawn[tenth] <= 60 for tenth in range(10))
