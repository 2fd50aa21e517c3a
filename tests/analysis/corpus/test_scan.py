"""What a scan counts, beside counts made here."""

from __future__ import annotations

import tracemalloc
from collections.abc import Iterable, Mapping
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

import optoutlang
from optoutlang import Matcher
from optoutlang.analysis.corpus.columns import Columns
from optoutlang.analysis.corpus.scan import (
    DIFFERENT_TEXTS,
    EXAMPLES,
    LISTED_PROBLEMS,
    LONGEST,
    Scan,
)
from optoutlang.analysis.corpus.table import Problem, Row

RULES = """\
ruleset x language en
opt-out { phrases "remove me" }
country MX { language es { opt-out { keywords BAJA } } }
filler "please"
"""
SUGGESTING = f"{RULES}\nsuggest phrases\n"
READY = optoutlang.compile(RULES)
MONDAY = date(2026, 11, 23)
ALL = Columns("text", "country", "date", "already")


@pytest.fixture(scope="module")
def matcher() -> Matcher:
    return READY


def scanned(
    matcher: Matcher,
    rows: Iterable[Mapping[str, object]],
    columns: Columns = ALL,
    *,
    country: str | None = None,
    show_numbers: bool = False,
) -> Scan:
    scan = Scan(matcher, columns, country=country, show_numbers=show_numbers)
    for number, cells in enumerate(rows, start=1):
        scan.take(Row(number, cells))
    return scan


def test_a_hit_is_missed_if_the_present_system_did_something_else(matcher: Matcher) -> None:
    rows: list[dict[str, object]] = [
        {"text": "STOP", "already": "STOP"},
        {"text": "please stop", "already": ""},
        {"text": "help", "already": "opt-out"},
        {"text": "stop by", "already": "yes"},
        {"text": "hello", "already": None},
    ]
    scan = scanned(matcher, rows)
    assert scan.messages == 5
    assert scan.asked.hits == {"opt-out": 2, "help": 1}
    assert scan.asked.missed == {"opt-out": 1, "help": 1}
    assert scan.surplus == {"opt-out": 2}
    assert scan.steps.hits == {"exact": 2, "filler": 1}
    assert [each.value.text for each in scan.frequent.most(9)] == ["help", "please stop"]


def test_where_nothing_is_known_of_the_present_system_nothing_is_missed(matcher: Matcher) -> None:
    scan = scanned(matcher, [{"text": "stop"}, {"text": "Stop."}], Columns("text"))
    assert not scan.compares
    assert scan.asked.missed.total() == 0
    [found] = scan.frequent.most(9)
    assert (found.count, found.value.text) == (2, "stop")


def test_a_suggestion_is_a_hit_of_its_own_kind() -> None:
    matcher = optoutlang.compile(SUGGESTING)
    rows = [{"text": "remove me", "already": done} for done in ("", "opt-out")]
    scan = scanned(matcher, rows)
    assert scan.asked.hits == {"suggest opt-out": 2}
    assert scan.asked.missed == {"suggest opt-out": 1}
    assert not scan.surplus


def test_weeks_begin_on_monday(matcher: Matcher) -> None:
    days = ["2026-11-22", "2026-11-23", "2026-11-29T23:00:00Z", "2026-11-30", ""]
    scan = scanned(matcher, [{"text": "stop", "date": day} for day in days])
    assert scan.weeks == {date(2026, 11, 16): 1, MONDAY: 2, date(2026, 11, 30): 1}
    assert scan.weekly.hits[MONDAY, "opt-out"] == 2


def test_the_country_of_a_row_goes_before_the_one_for_all(matcher: Matcher) -> None:
    countries = ("MX", "US", "", "UK")
    rows = [{"text": "baja", "country": country} for country in countries]
    assert scanned(matcher, rows).languages.hits == {"es": 1}
    assert scanned(matcher, rows, country="MX").languages.hits == {"es": 2}


def test_what_cannot_be_read_is_counted_and_told_without_its_digits(matcher: Matcher) -> None:
    rows: list[dict[str, object]] = [
        {},
        {"text": 4155550100},
        {"text": "stop", "country": "+1 415", "date": "23.11.2026", "already": "code 7"},
    ]
    scan = scanned(matcher, rows)
    scan.take(Problem(9, None, "not UTF-8"))
    assert (scan.messages, scan.skipped, scan.is_clean) == (1, 3, False)
    assert scan.ignored == {"country": 1, "date": 1, "already": 1}
    assert [(each.number, each.column, each.reason) for each in scan.problems] == [
        (1, "text", "missing"),
        (2, "text", "no text: `#`"),
        (3, "country", "no ISO 3166-1 alpha-2 country code: `+# #`"),
        (3, "date", "no ISO 8601 or RFC 5322 date: `#.#.#`"),
        (3, "already", "neither an action nor yes or no: `code #`"),
        (9, None, "not UTF-8"),
    ]
    assert scan.asked.hits == {"opt-out": 1}
    assert scan.asked.missed["opt-out"] == 0  # nobody knows


def test_all_problems_are_counted_and_the_first_told(matcher: Matcher) -> None:
    scan = scanned(matcher, [{}] * (LISTED_PROBLEMS + 5))
    assert (scan.skipped, len(scan.problems)) == (LISTED_PROBLEMS + 5, LISTED_PROBLEMS)


@pytest.mark.parametrize(
    ("show_numbers", "shown", "counts"),
    [(False, "remove me #", [2]), (True, "remove me 42", [1, 1])],
)
def test_digits_are_hidden_unless_asked_for(
    matcher: Matcher,
    show_numbers: bool,  # noqa: FBT001
    shown: str,
    counts: list[int],
) -> None:
    rows = [{"text": f"remove me {number}"} for number in (42, 7)]
    scan = scanned(matcher, rows, Columns("text"), show_numbers=show_numbers)
    assert [each.count for each in scan.frequent.most(9)] == counts
    assert shown in [each.value.text for each in scan.frequent.most(9)]
    [examples] = scan.examples()
    assert shown in [each.text for each in examples.hits]


def test_a_long_message_is_cut(matcher: Matcher) -> None:
    scan = scanned(matcher, [{"text": "remove me " * 1_000}], Columns("text"))
    [found] = scan.frequent.most(9)
    assert len(found.value.text) == LONGEST
    assert len(found.key) < 2 * LONGEST


MESSAGES = st.sampled_from(["stop", "STOP!", "help", "start", "remove me", "x", "stop 1", "don't"])


@given(st.lists(st.tuples(MESSAGES, st.sampled_from(["", "stop", "help", "?"]))))
def test_every_message_is_counted_on_its_side(rows: list[tuple[str, str]]) -> None:
    scan = scanned(READY, [{"text": text, "already": done} for text, done in rows])
    decided = [READY.match(text) for text, _ in rows]
    assert scan.asked.hits.total() == sum(each is not None for each in decided)
    assert scan.asked.hits.total() == scan.steps.hits.total() == scan.languages.hits.total()
    assert (
        sum(each.count for each in scan.frequent.most(DIFFERENT_TEXTS)) == scan.asked.missed.total()
    )
    assert scan.ignored["already"] == sum(done == "?" for _, done in rows)
    assert scan.messages == len(rows)


def test_examples_are_some_of_the_different_texts_and_always_the_same(matcher: Matcher) -> None:
    rows = [{"text": text} for text in ["Stop", "STOP!"] * 50]
    rows += [{"text": f"{word} remove me"} for word in "abcdefghijklmnop"]
    first, again = (scanned(matcher, rows, Columns("text")).examples() for _ in range(2))
    assert first == again
    assert [(each.matched_by, len(each.hits), each.different) for each in first] == [
        ("exact", 1, 1),
        ("phrase", EXAMPLES, 16),
    ]
    assert len({hit.text for hit in first[1].hits}) == EXAMPLES


def test_memory_does_not_grow_with_the_stream(
    matcher: Matcher, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Every message differs: after four times as many, what is held is no more than a tenth larger."""
    monkeypatch.setattr("optoutlang.analysis.corpus.scan.DIFFERENT_TEXTS", 200)
    scan = Scan(matcher, Columns("text", date="date"), show_numbers=True)

    def held(begin: int, end: int) -> int:
        for number in range(begin, end):
            # Longer than the texts whose decisions a matcher keeps.
            text = f"remove me from whatever list it is, {number}"
            scan.take(Row(number, {"text": text, "date": "2026-11-23"}))
        return tracemalloc.get_traced_memory()[0]

    tracemalloc.start()
    try:
        first = held(0, 500)
        last = held(500, 2_000)
    finally:
        tracemalloc.stop()
    assert not scan.frequent.exact
    assert last < 1.1 * first
