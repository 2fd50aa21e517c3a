"""Tables for a terminal: no line is wider than it, and nothing is lost."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from optoutlang.interfaces.reports.text_table import LEAST, WIDEST, terminal_width, text_table
from optoutlang.interfaces.reports.visible import visible, width

CELLS = st.text("ab cé停止|-", max_size=120).map(visible)


@given(
    st.integers(1, 6).flatmap(
        lambda size: st.lists(st.lists(CELLS, min_size=size, max_size=size), max_size=6)
    ),
    st.integers(LEAST, 200),
)
def test_no_line_is_wider_than_the_terminal_and_nothing_is_lost(
    rows: list[list[str]], limit: int
) -> None:
    lines = list(text_table(rows, limit))
    assert all(width(line) <= limit for line in lines)
    shown = sorted("".join(lines).replace(" ", ""))
    assert shown == sorted("".join("".join(row) for row in rows).replace(" ", ""))


@given(st.lists(st.lists(CELLS, min_size=3, max_size=3), max_size=6))
def test_without_a_width_a_row_is_a_line_and_holds_its_cells(rows: list[list[str]]) -> None:
    lines = list(text_table(rows, None))
    assert len(lines) == len(rows)
    for line, row in zip(lines, rows, strict=True):
        assert all(cell.strip() in line for cell in row)


def test_a_long_cell_moves_its_own_line_alone() -> None:
    lines = list(text_table([["x" * 200, "end"], ["short", "end"]], None))
    assert [line.index("end") for line in lines] == [202, WIDEST + 2]


@pytest.mark.parametrize(
    ("told", "columns"), [("60", 60), ("10", LEAST), ("wide", None), ("0", None), ("", None)]
)
def test_columns_says_how_wide_a_line_is(
    told: str, columns: int | None, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("COLUMNS", told)
    monkeypatch.setattr("sys.stdout.isatty", lambda: False)
    assert terminal_width() == columns
