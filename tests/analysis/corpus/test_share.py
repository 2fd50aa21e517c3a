"""Shares and their intervals."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from optoutlang.analysis.corpus.share import Share

# Part, whole, and the interval in thousandths of a percent, by an independent table:
# R. G. Newcombe, "Two-sided confidence intervals for the single proportion" (1998), table I, method 3.
PUBLISHED = [
    (81, 263, 0.2553, 0.3662),
    (15, 148, 0.0624, 0.1605),
    (0, 20, 0.0000, 0.1611),
    (1, 29, 0.0061, 0.1718),
]


@pytest.mark.parametrize(("part", "whole", "low", "high"), PUBLISHED)
def test_the_interval_is_the_published_one(part: int, whole: int, low: float, high: float) -> None:
    assert Share(part, whole).interval == pytest.approx((low, high), abs=0.00005)


@given(st.integers(1, 10_000).flatmap(lambda n: st.tuples(st.integers(0, n), st.just(n))))
def test_the_interval_solves_the_score_equation(counts: tuple[int, int]) -> None:
    part, whole = counts
    share = part / whole
    for bound in Share(part, whole).interval:
        distance = abs(share - bound)
        error = (bound * (1 - bound) / whole) ** 0.5
        at_the_edge = part in (0, whole) and bound == share
        assert at_the_edge or distance == pytest.approx(1.959964 * error, rel=1e-5, abs=1e-9)


def test_of_nothing_there_is_no_share_and_everything_is_possible() -> None:
    assert Share(0, 0).value is None
    assert Share(0, 0).interval == (0.0, 1.0)


@pytest.mark.parametrize(("part", "whole"), [(2, 1), (-1, 3)])
def test_a_part_is_never_more_than_the_whole(part: int, whole: int) -> None:
    with pytest.raises(ValueError, match="no share"):
        Share(part, whole)
