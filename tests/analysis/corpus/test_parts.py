"""Parts of a stream that are scanned apart and put together count what one scan counts."""

from __future__ import annotations

import pickle
from dataclasses import fields
from datetime import date
from random import Random

from hypothesis import given
from hypothesis import strategies as st

from optoutlang.analysis.corpus.columns import Columns
from optoutlang.analysis.corpus.frequent import Frequent
from optoutlang.analysis.corpus.parts import Part, add
from optoutlang.analysis.corpus.scan import LISTED_PROBLEMS, Scan
from optoutlang.analysis.corpus.table import Problem, Row
from optoutlang.interfaces.reports.scan_page import Input, scan_page
from optoutlang.interfaces.reports.scan_summary import scan_summary
from optoutlang.runtime.matcher import Matcher
from tests.builders.rulesets import program

RULES = Matcher(program('opt-out { phrases "stop texting", "no more" } suggest phrases'))
COLUMNS = Columns("text", country="country", date="sent", already="done")
TEXTS = ["STOP", "stop texting", "stop texting 5551234", "no more!", "hello", "HELP", None, ""]


def new_scan() -> Scan:
    return Scan(RULES, COLUMNS)


def _page(scan: Scan) -> str:
    return scan_page(scan, inputs=(Input("a", None),), made=date(2026, 11, 28))


def random_rows(random: Random, count: int) -> list[Row | Problem]:
    return [
        Problem(number, None, "no CSV")
        if random.random() < 0.02
        else Row(
            number,
            {
                "text": random.choice(TEXTS),
                "country": random.choice(["US", "Germany", "Atlantis", None]),
                "sent": random.choice(["2026-11-16T09:00:00Z", "2026-11-24", "never"]),
                "done": random.choice(["STOP", "no", "", "HELP"]),
            },
        )
        for number in range(1, count + 1)
    ]


def test_parts_count_what_one_scan_counts() -> None:
    for seed in range(20):
        random = Random(seed)  # noqa: S311  # no secret
        rows = random_rows(random, 300)
        cut = sorted(random.sample(range(300), 3))
        whole, together = new_scan(), new_scan()
        for row in rows:
            whole.take(row)
        for begin, end in zip([0, *cut], [*cut, 300], strict=True):
            part = new_scan()
            for row in rows[begin:end]:
                part.take(row)
            add(together, pickle.loads(pickle.dumps(Part.of(part))))  # noqa: S301

        assert len(whole.problems) == LISTED_PROBLEMS
        assert scan_summary(together) == scan_summary(whole)
        assert _page(together) == _page(whole)
        assert together.suggestions.most() == whole.suggestions.most()


def test_a_part_has_all_that_a_scan_counts() -> None:
    scan = new_scan()
    settings = {"matcher", "columns", "country", "source"}
    counted = {name for name in vars(scan) if not name.startswith("_")} - settings | {"renamed"}
    assert {each.name for each in fields(Part)} == counted


@given(
    st.lists(st.lists(st.sampled_from("abcdefghij"), max_size=60), min_size=1, max_size=4),
    st.integers(1, 12),
)
def test_merged_counts_are_never_too_low_and_at_most_n_over_capacity_too_high(
    streams: list[list[str]], capacity: int
) -> None:
    merged: Frequent[int] = Frequent(capacity)
    everything = [key for stream in streams for key in stream]
    for stream in streams:
        part: Frequent[int] = Frequent(capacity)
        for key in stream:
            part.add(key, ord(key))
        merged.merge(part)
    known = {each.key: each for each in merged.most(capacity)}
    assert len(known) <= capacity
    for key in set(everything):
        true = everything.count(key)
        if key not in known:
            assert true * capacity <= len(everything)
            assert not merged.exact
            continue
        each = known[key]
        assert each.count - each.excess <= true <= each.count
        assert (each.count - true) * capacity <= len(everything)
        assert each.value == ord(key)
        if merged.exact:
            assert each.count == true
    merged.add("new", 1)
    assert "new" in {each.key for each in merged.most(capacity)}
