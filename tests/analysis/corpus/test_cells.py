"""What cells may say."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, date, datetime, timedelta, timezone

import pytest

from optoutlang import Action
from optoutlang.analysis.corpus.cells import (
    CellError,
    read_country,
    read_date,
    read_done,
    read_text,
)

DAY = date(2026, 11, 23)
LATE = timezone(timedelta(hours=-8))
DATES = {
    "2026-11-23": DAY,
    " 20261123 ": DAY,
    "2026-11-23 23:59:59.123": DAY,
    "2026-11-23T23:59:59Z": DAY,
    "2026-11-23T23:59:59-08:00": DAY,
    "Mon, 23 Nov 2026 23:59:59 +0000": DAY,
    "23 Nov 2026 23:59 GMT": DAY,
    DAY: DAY,
    datetime(2026, 11, 23, 23, tzinfo=UTC): DAY,
    datetime(2026, 11, 23, 23, tzinfo=LATE): DAY,
    "": None,
    None: None,
}
DONE = {
    "opt-out": Action.OPT_OUT,
    " OptOut ": Action.OPT_OUT,
    "opt_in": Action.OPT_IN,
    "STOP": Action.OPT_OUT,
    "START": Action.OPT_IN,
    "Help": Action.HELP,
    "yes": Action.OPT_OUT,
    True: Action.OPT_OUT,
    "none": None,
    "0": None,
    "": None,
    None: None,
    False: None,
}


@pytest.mark.parametrize(("cell", "day"), DATES.items(), ids=str)
def test_a_date(cell: object, day: date | None) -> None:
    assert read_date(cell) == day


@pytest.mark.parametrize(("cell", "done"), DONE.items(), ids=str)
def test_what_the_present_system_did(cell: object, done: Action | None) -> None:
    assert read_done(cell) is done


def test_text_and_country() -> None:
    assert [read_text(cell) for cell in ("a", None)] == ["a", ""]
    assert [read_country(cell) for cell in (" us", "", None)] == ["US", None, None]


@pytest.mark.parametrize(
    ("read", "cell", "reason"),
    [
        (read_text, 415, "no text"),
        (read_text, b"a", "no text"),
        (read_country, "UK", "no ISO 3166-1 alpha-2 country code"),
        (read_date, "23.11.2026", "no ISO 8601 or RFC 5322 date"),
        (read_date, 1_795_392_000, "no ISO 8601 or RFC 5322 date"),
        (read_date, "99999999999999999999", "no ISO 8601 or RFC 5322 date"),
        (read_done, "maybe", "neither an action nor yes or no"),
    ],
)
def test_a_cell_that_says_something_else(
    read: Callable[[object], object], cell: object, reason: str
) -> None:
    with pytest.raises(CellError) as raised:
        read(cell)
    assert (raised.value.reason, raised.value.cell) == (reason, str(cell))
