"""The tables of legal moves are complete, and the marks that they write lead where they say."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest

from optoutlang.consent.engine.event import Source
from optoutlang.consent.engine.moves import (
    DOUBLE_OPT_IN,
    ELSEWHERE,
    SINGLE_OPT_IN,
    Move,
    Table,
    Trigger,
)
from optoutlang.consent.engine.state import Consent, Mark, MarkKind, Marks

START = datetime(2026, 1, 1, tzinfo=UTC)

MESSAGES = {Trigger.STOP, Trigger.START, Trigger.RETURN, Trigger.HELP}
TABLES = {
    "single": (SINGLE_OPT_IN, MESSAGES),
    "double": (DOUBLE_OPT_IN, MESSAGES | {Trigger.CONFIRM}),
    "elsewhere": (ELSEWHERE, set(Trigger) - MESSAGES - {Trigger.CONFIRM}),
}


def mark(minute: int) -> Mark:
    at = START + timedelta(minutes=minute)
    return Mark(at, f"message:{minute}", Source.MESSAGE, until=at + timedelta(days=30))


def marks(*kinds: MarkKind) -> Marks:
    made = Marks()
    for minute, kind in enumerate(kinds):
        made = made.add(kind, mark(minute))
    return made


OUT, IN, BEGUN = MarkKind.OPT_OUT, MarkKind.OPT_IN, MarkKind.START
PROMPT, END = MarkKind.PROMPT, MarkKind.END
WAYS: dict[Consent, list[Marks]] = {
    Consent.UNKNOWN: [
        marks(),
        marks(BEGUN),
        marks(IN, END),
        marks(PROMPT, END),
        marks(OUT, IN, END),
    ],
    Consent.PENDING: [
        marks(PROMPT),
        marks(OUT, PROMPT),
        marks(IN, END, PROMPT),
        marks(OUT, IN, OUT, PROMPT),
    ],
    Consent.SUBSCRIBED: [
        marks(IN),
        marks(OUT, IN),
        marks(OUT, BEGUN),
        marks(PROMPT, IN),
        marks(IN, END, IN),
    ],
    Consent.OPTED_OUT: [
        marks(OUT),
        marks(IN, OUT),
        marks(PROMPT, OUT),
        marks(OUT, END),
        marks(BEGUN, OUT),
    ],
}
"""Ways to come to each consent."""


@pytest.mark.parametrize("name", TABLES)
def test_a_table_has_a_row_for_each_of_its_triggers_and_every_consent(name: str) -> None:
    table, triggers = TABLES[name]
    assert set(table) == {(trigger, consent) for trigger in triggers for consent in Consent}


@pytest.mark.parametrize("consent", Consent)
def test_the_ways_to_a_consent_lead_there(consent: Consent) -> None:
    assert {each.consent(START + timedelta(minutes=9)) for each in WAYS[consent]} == {consent}


def fits(trigger: Trigger, came: Marks) -> bool:
    """Whether a trigger can be, after some marks: START and RETURN differ by an earlier opt-out."""
    if trigger is Trigger.START:
        return came.opted_out is None
    return trigger not in {Trigger.RETURN, Trigger.SIGN_UP} or came.opted_out is not None


CASES = [
    (trigger, consent, move, came)
    for table in (SINGLE_OPT_IN, DOUBLE_OPT_IN, ELSEWHERE)
    for (trigger, consent), move in table.items()
    for came in WAYS[consent]
    if fits(trigger, came)
]


@pytest.mark.parametrize(("trigger", "consent", "move", "came"), CASES)
def test_the_mark_of_a_move_leads_where_the_move_says(
    trigger: Trigger, consent: Consent, move: Move, came: Marks
) -> None:
    at = START + timedelta(minutes=10)
    after = came if move.mark is None else came.add(move.mark, mark(10))
    prompt_ended = trigger is Trigger.NUMBER_ENDED and consent is Consent.PENDING
    if trigger is Trigger.SIGN_UP and consent is not Consent.OPTED_OUT:
        return  # asked for only where an opt-out by message stands
    # The end of a number ends a prompt: what was there before it comes back, an opt-out among it.
    before_prompt = Consent.OPTED_OUT if came.opted_out else Consent.UNKNOWN
    assert after.consent(at) is (before_prompt if prompt_ended else move.to)


def test_what_does_nothing_answers_nothing() -> None:
    silent = [move for move in _all() if not move.acts]
    assert silent
    assert not [move for move in silent if move.reply is not None]


def test_nothing_but_an_opt_in_leads_to_a_subscription() -> None:
    leads = {
        trigger
        for table in (SINGLE_OPT_IN, DOUBLE_OPT_IN, ELSEWHERE)
        for (trigger, consent), move in table.items()
        if move.to is Consent.SUBSCRIBED and consent is not Consent.SUBSCRIBED
    }
    assert leads == {Trigger.START, Trigger.RETURN, Trigger.CONFIRM, Trigger.REPORTED_OPT_IN}


def test_every_opt_out_leads_out_from_everywhere() -> None:
    for table in (SINGLE_OPT_IN, DOUBLE_OPT_IN, ELSEWHERE):
        for (trigger, _), move in table.items():
            if trigger in {Trigger.STOP, Trigger.REPORTED_OPT_OUT, Trigger.PROVIDER_OPT_OUT}:
                assert move.to is Consent.OPTED_OUT


def _all() -> list[Move]:
    tables: tuple[Table, ...] = (SINGLE_OPT_IN, DOUBLE_OPT_IN, ELSEWHERE)
    return [move for table in tables for move in table.values()]
