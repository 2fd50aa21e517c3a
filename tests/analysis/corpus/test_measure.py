"""Figures of labelled rows, counted here by hand and by sets."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

import optoutlang
from optoutlang import Action, MatchedBy
from optoutlang.analysis.corpus.answer import Answer, answer_of
from optoutlang.analysis.corpus.labelled import Labelled
from optoutlang.analysis.corpus.measure import (
    Measured,
    Verdict,
    by_action,
    by_field,
    by_step,
    changes,
    measure,
    summary,
)
from optoutlang.analysis.corpus.share import Share
from optoutlang.runtime.terms import REQUESTS

OUT, IN, HELP = Action.OPT_OUT, Action.OPT_IN, Action.HELP
EXACT, PHRASE = MatchedBy.EXACT, MatchedBy.PHRASE


def row(expect: Action | None, *acceptable: Action | None, kind: str = "") -> Labelled:
    return Labelled(1, "", expect, frozenset(acceptable), fields={"kind": kind})


# What is expected, what was answered, and what to think of that.
MEASURED = (
    (row(OUT, kind="a"), Answer(OUT, None, EXACT), Verdict.RIGHT),
    (row(OUT, kind="a"), Answer(OUT, None, PHRASE), Verdict.RIGHT),
    (row(OUT, kind="a"), Answer(), Verdict.MISS),
    (row(OUT, kind="b"), Answer(HELP, None, EXACT), Verdict.MISS),
    (row(OUT, None), Answer(), Verdict.RIGHT),
    (row(OUT), Answer(None, OUT, PHRASE), Verdict.MISS),
    (row(HELP), Answer(None, OUT, PHRASE), Verdict.MISS),
    (row(None), Answer(), Verdict.RIGHT),
    (row(None), Answer(OUT, None, PHRASE), Verdict.FALSE_ALARM),
    (row(None, HELP), Answer(HELP, None, EXACT), Verdict.RIGHT),
    (row(None), Answer(None, OUT, PHRASE), Verdict.RIGHT),
)
ROWS = tuple(Measured(each, answer) for each, answer, _ in MEASURED)


@pytest.mark.parametrize(("expected", "answer", "verdict"), MEASURED)
def test_a_verdict(expected: Labelled, answer: Answer, verdict: Verdict) -> None:
    assert Measured(expected, answer).verdict is verdict


def test_the_figures_of_all_rows() -> None:
    found = summary(ROWS)
    assert (found.name, found.rows) == ("all", 11)
    assert found.recall == Share(3, 7)
    assert found.precision == Share(3, 5)
    assert found.false_alarms == Share(1, 4)
    assert found.suggested == Share(1, 7)
    assert found.false_suggestions == Share(1, 4)


def test_the_figures_of_actions() -> None:
    opt_out, help_, opt_in = by_action(ROWS)
    assert [opt_out.name, help_.name, opt_in.name] == ["opt-out", "help", "opt-in"]
    assert (opt_out.recall, opt_out.precision) == (Share(3, 6), Share(2, 3))
    assert (help_.recall, help_.precision) == (Share(0, 1), Share(1, 2))
    assert (opt_in.recall, opt_in.precision) == (Share(0, 0), Share(0, 0))
    assert [each.false_alarms for each in (opt_out, help_)] == [Share(1, 4), Share(0, 4)]


def test_the_figures_of_steps_add_up_to_the_recall_of_all_but_for_silence_that_is_right() -> None:
    exact, phrase = by_step(ROWS)
    assert (exact.name, exact.rows, exact.recall) == ("exact", 3, Share(1, 7))
    assert (phrase.name, phrase.rows, phrase.recall) == ("phrase", 5, Share(1, 7))
    assert phrase.precision == Share(1, 2)
    assert phrase.suggested == Share(1, 7)


def test_the_figures_of_a_field_begin_with_the_most_rows() -> None:
    assert [(each.name, each.rows) for each in by_field(ROWS, "kind")] == [
        ("", 7),
        ("a", 3),
        ("b", 1),
    ]


def test_changes_are_the_rows_that_cross_between_right_and_wrong() -> None:
    expected = row(OUT)
    right, wrong, other = Answer(OUT), Answer(), Answer(HELP)
    before = [Measured(expected, each) for each in (right, wrong, wrong, right)]
    after = [Measured(expected, each) for each in (wrong, right, other, right)]
    assert [each.fixed for each in changes(before, after)] == [False, True]


def test_a_matcher_is_asked_in_the_country_of_the_row() -> None:
    rules = "ruleset x language en\ncountry MX { opt-out { keywords BAJA } }\n"
    rows = [Labelled(1, "baja", OUT, country=where) for where in (None, "MX")]
    asked = measure(optoutlang.compile(rules), rows)
    assert [each.answer for each in asked] == [Answer(), Answer(OUT, None, EXACT)]
    assert answer_of(None) == Answer()


ACTIONS = st.sampled_from([None, *REQUESTS])


@given(st.lists(st.tuples(ACTIONS, ACTIONS)))
def test_every_row_is_counted_once_as_recalled_missed_silent_or_false(
    pairs: list[tuple[Action | None, Action | None]],
) -> None:
    measured = [Measured(row(expect), Answer(got)) for expect, got in pairs]
    found = summary(measured)
    wrong_action = sum(None not in pair and pair[0] is not pair[1] for pair in pairs)
    assert found.recall.whole + found.false_alarms.whole == len(pairs)
    assert found.precision.part == found.recall.part
    assert found.precision.whole == found.recall.part + wrong_action + found.false_alarms.part
