"""Identifiers that a database cannot keep are refused before it is asked, by every store in the same words."""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import UTC, datetime, timedelta

import pytest

from optoutlang.consent import (
    Account,
    Channel,
    ConsentReported,
    DeliveryReport,
    Engine,
    Forward,
    InboundMessage,
    Ledger,
    NumberEnded,
    ReviewDecided,
    Selection,
    Sender,
    SenderKind,
    Service,
    SettingsChanged,
    Source,
    Store,
    StoreError,
    Undo,
    Wish,
)
from optoutlang.consent.engine.identifier import IdentifierError
from optoutlang.consent.engine.scope import Scope, ScopeKind
from optoutlang.consent.engine.transition import Reads, Snapshot, Transition
from optoutlang.consent.engine.wire import WireError, decode_any, encode
from optoutlang.consent.stores.port import Stats
from optoutlang.consent.transfer.importing import Target
from tests.consent.scenario import standard
from tests.consent.stores.conftest import Place

AT = datetime(2026, 1, 1, tzinfo=UTC)
BAD = {"nul": "a\x00b", "high surrogate": "a\ud83db", "low surrogate": "a\udcffb"}
NAMES = {"nul": "U+0000", "high surrogate": "U+D83D", "low surrogate": "U+DCFF"}
GOOD = (
    "a b",
    "\U0010ffff",
    "\U0001f6d1",
    "\x01",
    "\ufffd",
    "ＳＭ１",
    "' OR 1=1 --",
    "%00",
    "\\x00",
)
ENGINE = Engine(
    Account(services=(Service("X", (Sender("A", SenderKind.LONG_CODE),)),)), standard=standard()
)


def message(name: str, recipient: str = "R", text: str = "STOP") -> InboundMessage:
    return InboundMessage(
        id=name, recipient=recipient, sender="A", channel=Channel.SMS, at=AT, text=text
    )


def report(name: str, recipient: str = "R", status: str = "failed") -> DeliveryReport:
    return DeliveryReport(
        id=name,
        status=status,
        error=21610,
        recipient=recipient,
        sender="A",
        channel=Channel.SMS,
        at=AT,
    )


def told(name: str, recipient: str = "R", batch: str | None = None) -> ConsentReported:
    return ConsentReported(
        id=name, recipient=recipient, wish=Wish.OPT_OUT, source=Source.API, at=AT, batch=batch
    )


def ended(name: str, recipient: str = "R", batch: str | None = None) -> NumberEnded:
    return NumberEnded(id=name, recipient=recipient, source=Source.REASSIGNED, at=AT, batch=batch)


def undo(name: str, *, events: tuple[str, ...] = (), batch: str | None = "b") -> Undo:
    return Undo(
        id=name, selection=Selection(events=events, batch=batch), by="Ann", at=AT, reason="a test"
    )


def review(name: str, event: str = "message:m1") -> ReviewDecided:
    return ReviewDecided(id=name, review=event, accepted=True, by="Ann", at=AT)


MADE: dict[str, Callable[[str], object]] = {
    "the id of a message": message,
    "the recipient of a message": lambda text: message("m", text),
    "the id of a delivery report": report,
    "the recipient of a delivery report": lambda text: report("m", text),
    "the status of a delivery report": lambda text: report("m", status=text),
    "the id of a word from elsewhere": told,
    "the recipient of a word from elsewhere": lambda text: told("m", text),
    "the batch of a word from elsewhere": lambda text: told("m", batch=text),
    "the id of a number's end": ended,
    "the recipient of a number's end": lambda text: ended("m", text),
    "the batch of a number's end": lambda text: ended("m", batch=text),
    "the id of a review's decision": review,
    "the review of a review's decision": lambda text: review("m", text),
    "the id of an undo": undo,
    "the batch of an undo": lambda text: undo("m", batch=text),
    "an event of an undo": lambda text: undo("m", events=("message:m1", text)),
    "the id of a change of settings": lambda text: SettingsChanged(
        id=text, what="w", by="Ann", at=AT
    ),
    "the name of a service": Service,
    "the name of an account": lambda text: Account(name=text),
    "the address of a sender": lambda text: Sender(text, SenderKind.LONG_CODE),
    "the name of a scope": lambda text: Scope(ScopeKind.SERVICE, text),
    "the batch of an import": lambda text: Target(batch=text),
}

ASKED: dict[str, Callable[[Store, str], object]] = {
    "apply, a claim": lambda store, text: store.apply(Reads(claim=text), nothing),
    "apply, a recipient": lambda store, text: store.apply(
        Reads(claim="c", recipient=text), nothing
    ),
    "apply, a review": lambda store, text: store.apply(Reads(claim="c", review=text), nothing),
    "states": lambda store, text: store.states(text),
    "states_of": lambda store, text: store.states_of(["R", text]),
    "summaries": lambda store, text: store.summaries(["R", text]),
    "packed_states": lambda store, text: store.packed_states(["R", text]),
    "history": lambda store, text: store.history(text),
    "reviews": lambda store, text: store.reviews(after=text),
    "review": lambda store, text: store.review(text),
    "may_send": lambda store, text: Ledger(ENGINE, store).may_send(text, "A", at=AT),
    "may_send_many": lambda store, text: Ledger(ENGINE, store).may_send_many(
        ["R", text], "A", at=AT
    ),
    "who_may_be_sent": lambda store, text: Ledger(ENGINE, store).who_may_be_sent(
        ["R", text], "A", at=AT
    ),
    "consent": lambda store, text: Ledger(ENGINE, store).consent(text, "A", at=AT),
}


def nothing(_snapshot: Snapshot) -> Transition:
    return Transition()


@pytest.mark.parametrize("bad", BAD)
@pytest.mark.parametrize("what", MADE)
def test_a_value_cannot_be_made_with_it(what: str, bad: str) -> None:
    with pytest.raises(IdentifierError, match=re.escape(f"holds the character {NAMES[bad]}")):
        MADE[what](BAD[bad])


@pytest.mark.parametrize("bad", BAD)
@pytest.mark.parametrize("how", ASKED)
def test_a_store_is_not_asked_with_it(store: Store, how: str, bad: str) -> None:
    with pytest.raises(StoreError, match=re.escape(f"holds the character {NAMES[bad]}")):
        ASKED[how](store, BAD[bad])
    assert store.stats() == Stats(0, 0, 0, 0, 0)


@pytest.mark.parametrize("bad", BAD)
def test_the_error_can_be_printed_anywhere_and_shows_where_it_is(bad: str) -> None:
    with pytest.raises(IdentifierError) as caught:
        message(BAD[bad])
    assert str(caught.value).isascii()
    assert ascii(BAD[bad])[1:-1] in str(caught.value)


def test_it_does_not_come_in_by_json_either() -> None:
    data = encode(message("m1"))
    assert isinstance(data, dict)
    with pytest.raises(WireError, match=r"the id of an event holds the character U\+0000"):
        decode_any(data | {"id": "m\x001"})


@pytest.mark.parametrize("name", GOOD)
def test_every_other_character_is_kept(place: Place, name: str) -> None:
    assert Ledger(ENGINE, place.open()).record(message(name, recipient=name)) is not None
    other = place.open()
    assert [each.event for each in other.history(name)] == [f"message:{name}"]
    assert not Ledger(ENGINE, other).may_send(name, "A", at=AT + timedelta(hours=1)).allowed
    assert Ledger(ENGINE, other).who_may_be_sent([name, "R"], "A", at=AT) == {"R"}
    assert [each.event for each in other.records(Selection(events=(f"message:{name}",)))] == [
        f"message:{name}"
    ]


def test_what_a_person_wrote_is_no_identifier(place: Place) -> None:
    for number, text in enumerate(BAD.values()):
        Ledger(ENGINE, place.open()).record(message(f"m{number}", text=f"STOP {text}"))
    effects = [each.effect for each in place.open().outbox()]
    texts = [each.message.text for each in effects if isinstance(each, Forward)]
    assert texts == [f"STOP {text}" for text in BAD.values()]
