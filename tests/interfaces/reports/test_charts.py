"""Charts: what stands in the field is in proportion to the counts."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from optoutlang.interfaces.reports.charts import FIELD, Column, columns

COUNTS = st.tuples(st.integers(0, 10_000), st.integers(0, 10_000))


@given(st.lists(COUNTS, max_size=60))
def test_columns_stand_beside_each_other_as_high_as_their_counts(
    counts: list[tuple[int, int]],
) -> None:
    shown = [Column(f"{place}", main, main + rest) for place, (main, rest) in enumerate(counts)]
    shapes = columns(shown, main="missed", rest="handled")
    assert len(shapes) == sum(bool(count) for pair in counts for count in pair)
    most = max((each.total for each in shown), default=1) or 1
    by_column = {each.name: each for each in shown}
    room = FIELD / max(1, len(shown))
    for shape in shapes:
        name, _, said = shape.title.partition(": ")
        column = by_column[name]
        count = column.main if shape.is_main else column.total - column.main
        assert said == f"{count:,} {'missed' if shape.is_main else 'handled'}"
        assert shape.height == pytest.approx(FIELD * count / most, abs=0.001)
        bottom = FIELD if shape.is_main else FIELD - FIELD * column.main / most
        assert shape.y + shape.height == pytest.approx(bottom, abs=0.002)
        assert shape.x == pytest.approx(room * int(name), abs=0.001)
        assert shape.x + shape.width <= room * (int(name) + 1)


def test_a_count_of_nothing_has_no_shape() -> None:
    assert columns([], main="a", rest="b") == ()
    assert columns([Column("x", 0, 0)], main="a", rest="b") == ()
