"""Values of the wrong type are refused where they come in: some would else pass for the opposite of what they say."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta, timezone
from typing import Any

import pytest

from optoutlang.consent import (
    Account,
    Channel,
    ConsentReported,
    DeliveryReport,
    Engine,
    InboundMessage,
    Ledger,
    MemoryStore,
    NumberEnded,
    ReviewDecided,
    Selection,
    Sender,
    SenderKind,
    Service,
    Source,
    Wish,
)
from tests.consent.scenario import standard

AT = datetime(2026, 1, 1, tzinfo=UTC)
ENGINE = Engine(
    Account(services=(Service("X", (Sender("A", SenderKind.LONG_CODE),)),)), standard=standard()
)
MESSAGE = InboundMessage(
    id="m1", recipient="R", sender="A", channel=Channel.SMS, at=AT, text="STOP"
)
REPORT = DeliveryReport(
    id="m2", status="failed", recipient="R", sender="A", channel=Channel.SMS, at=AT, error=21610
)
CONSENT = ConsentReported(id="1", recipient="R", wish=Wish.OPT_OUT, source=Source.API, at=AT)
ENDED = NumberEnded(id="1", recipient="R", source=Source.REASSIGNED, at=AT)
REVIEW = ReviewDecided(id="1", review="message:m1", accepted=False, by="Ann", at=AT)
SELECTION = Selection(events=("message:m1",), source=Source.API)

WRONG: dict[str, tuple[Any, dict[str, Any]]] = {
    "a wish as text, which would be an opt-in": (CONSENT, {"wish": "opt-out"}),
    "a source as text": (CONSENT, {"source": "api"}),
    "a channel as text": (CONSENT, {"channel": "sms"}),
    "an error as text, which would be no opt-out": (REPORT, {"error": "21610"}),
    "a report's channel as text": (REPORT, {"channel": "sms"}),
    "a message's channel as text": (MESSAGE, {"channel": "sms"}),
    "no text": (MESSAGE, {"text": None}),
    "an id as number": (MESSAGE, {"id": 5}),
    "a recipient as number": (MESSAGE, {"recipient": 15145550100}),
    "a date": (MESSAGE, {"at": date(2026, 1, 1)}),
    "a time as text": (MESSAGE, {"at": "2026-01-01T00:00:00Z"}),
    "an end's source as text": (ENDED, {"source": "reassigned number"}),
    "a decision as text, which would accept": (REVIEW, {"accepted": "no"}),
    "a key as the list of keys, which would be its letters": (SELECTION, {"events": "message:m1"}),
    "a selection's source as text": (SELECTION, {"source": "api"}),
}
FAR: dict[str, datetime] = {
    "the last": datetime.max.replace(tzinfo=UTC),
    "the first": datetime.min.replace(tzinfo=timezone(timedelta(hours=23))),
}


@pytest.mark.parametrize(("value", "changed"), WRONG.values(), ids=WRONG)
def test_a_value_of_the_wrong_type_is_refused(value: Any, changed: dict[str, Any]) -> None:  # noqa: ANN401
    with pytest.raises(TypeError, match="is of the type"):
        replace(value, **changed)


@pytest.mark.parametrize("at", FAR.values(), ids=FAR)
def test_a_time_that_no_zone_can_hold_is_refused(at: datetime) -> None:
    with pytest.raises(ValueError, match="lies in the years 1900 to 9000"):
        replace(MESSAGE, at=at)


ASKED: dict[str, Callable[[Ledger, Any, datetime], object]] = {
    "may_send": lambda ledger, whom, at: ledger.may_send(whom, "A", at=at),
    "consent": lambda ledger, whom, at: ledger.consent(whom, "A", at=at),
    "may_send_many": lambda ledger, whom, at: ledger.may_send_many(["R", whom], "A", at=at),
    "who_may_be_sent": lambda ledger, whom, at: ledger.who_may_be_sent(["R", whom], "A", at=at),
}


@pytest.mark.parametrize("ask", ASKED.values(), ids=ASKED)
def test_nobody_is_no_recipient_who_may_be_texted(
    ask: Callable[[Ledger, Any, datetime], object],
) -> None:
    ledger = Ledger(ENGINE, MemoryStore())
    for whom in (None, 15145550100):
        with pytest.raises(TypeError, match="recipient is of the type"):
            ask(ledger, whom, AT)
    with pytest.raises(ValueError, match="is empty"):
        ask(ledger, "", AT)
    with pytest.raises(ValueError, match="a time needs a zone"):
        ask(ledger, "R", AT.replace(tzinfo=None))


def test_one_number_is_no_list_of_numbers() -> None:
    ledger = Ledger(ENGINE, MemoryStore())
    for ask in (ledger.may_send_many, ledger.who_may_be_sent):
        with pytest.raises(TypeError, match="not one text"):
            ask("+15145550100", "A", at=AT)


def test_a_channel_as_text_is_refused_with_what_it_should_be() -> None:
    ledger: Any = Ledger(ENGINE, MemoryStore())
    with pytest.raises(TypeError, match="a channel is of the type Channel"):
        ledger.may_send("R", "A", "sms", at=AT)


@pytest.mark.parametrize("limit", [-1, 2**70])
def test_a_limit_is_not_negative_and_has_an_end(limit: int) -> None:
    store = MemoryStore()
    for ask in (store.outbox, store.reviews):
        with pytest.raises(ValueError, match="a limit lies between"):
            ask(limit=limit)
