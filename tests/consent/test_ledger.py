"""The ledger and the store in memory: what is asked many at once, listed, and taken out of the outbox."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from threading import Thread

import pytest

import optoutlang
from optoutlang.consent import (
    Account,
    Channel,
    ConsentReported,
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
    UnknownReviewError,
    Wish,
)
from optoutlang.consent.stores.port import Stats, Store

AT = datetime(2026, 1, 1, tzinfo=UTC)
RULES = optoutlang.compile(
    'ruleset acme\nlet brand = "Acme"\nsuggest phrases\n'
    'opt-out { phrases "leave me alone" }\nopt-in { phrases "sign me up again" }\n',
    name="acme.optout",
)


def ledger() -> Ledger:
    service = Service("X", (Sender("A", SenderKind.LONG_CODE),), ruleset="acme")
    engine = Engine(Account(services=(service,)), standard=RULES, rulesets={"acme": RULES})
    store: Store = MemoryStore()
    return Ledger(engine, store)


def message(name: str, text: str, *, person: str = "R", minute: int = 0) -> InboundMessage:
    at = AT + timedelta(minutes=minute)
    return InboundMessage(
        id=name, recipient=person, sender="A", channel=Channel.SMS, at=at, text=text
    )


def test_many_are_asked_about_at_once() -> None:
    book = ledger()
    book.record(message("m1", "STOP", person="R1"))
    found = book.may_send_many(["R1", "R2"], "A", at=AT)
    assert {person: each.allowed for person, each in found.items()} == {"R1": False, "R2": True}
    assert found["R1"] == book.may_send("R1", "A", at=AT)


def test_effects_stay_in_the_outbox_until_they_are_done() -> None:
    book = ledger()
    book.record(message("m1", "STOP"))
    items = book.store.outbox()
    assert [type(each.effect).__name__ for each in items] == [
        "SendReply",
        "CancelPending",
        "Forward",
    ]
    assert {each.event for each in items} == {"message:m1"}
    book.store.done([items[0].number])
    book.store.done([items[0].number])  # twice does no harm
    assert book.store.outbox(limit=1) == items[1:2]


def test_reviews_are_listed_in_pages() -> None:
    book = ledger()
    for number in range(5):
        book.record(message(f"m{number}", "please leave me alone", person=f"R{number}"))
    first = book.store.reviews(limit=2)
    second = book.store.reviews(limit=9, after=first[-1].event)
    assert [each.event for each in first + second] == [f"message:m{number}" for number in range(5)]
    assert book.store.review("message:m3") in second
    assert book.store.review("message:none") is None


def test_a_suggested_opt_in_waits_only_for_who_opted_out() -> None:
    book = ledger()
    assert book.record(message("m1", "please sign me up again")).reviews == ()  # type: ignore[union-attr]
    book.record(message("m2", "STOP", minute=1))
    book.record(message("m3", "please sign me up again", minute=2))
    assert not book.may_send("R", "A", at=AT).allowed
    book.record(ReviewDecided(id="1", review="message:m3", accepted=True, by="Ann", at=AT))
    assert book.may_send("R", "A", at=AT).allowed


def test_a_review_that_there_is_not_is_an_error_and_leaves_nothing() -> None:
    book = ledger()
    with pytest.raises(UnknownReviewError, match="there is no review `message:none`"):
        book.record(ReviewDecided(id="1", review="message:none", accepted=True, by="Ann", at=AT))
    assert book.store.stats() == Stats(0, 0, 0, 0, 0)


def test_records_are_selected_by_event_batch_source_and_time() -> None:
    book = ledger()
    book.record(message("m1", "STOP"))
    for number, hour in enumerate((1, 2, 3)):
        book.record(
            ConsentReported(
                id=f"{number}",
                recipient="R",
                wish=Wish.OPT_OUT,
                source=Source.IMPORT,
                at=AT + timedelta(hours=hour),
                batch="b1" if hour < 3 else "b2",
            )
        )

    def events(**wanted: object) -> list[str]:
        selection = Selection(**wanted)  # type: ignore[arg-type]  # each is one of its members
        return [each.event for each in book.store.records(selection)]

    assert [each.event for each in book.store.records()] == [
        "message:m1",
        "consent:0",
        "consent:1",
        "consent:2",
    ]
    assert events(events=("message:m1",)) == ["message:m1"]
    assert events(batch="b1") == ["consent:0", "consent:1"]
    assert events(source=Source.IMPORT, since=AT + timedelta(hours=2)) == ["consent:1", "consent:2"]
    assert events(source=Source.IMPORT, until=AT + timedelta(hours=1)) == ["consent:0"]


def test_the_end_of_an_unknown_number_is_recorded() -> None:
    book = ledger()
    book.record(NumberEnded(id="1", recipient="R", source=Source.REASSIGNED, at=AT))
    [record] = book.store.history("R")
    assert record.outcome.value == "unchanged"


def test_one_message_through_many_threads_counts_once() -> None:
    book = ledger()
    results: list[object] = []
    threads = [
        Thread(target=lambda: results.append(book.record(message("m1", "STOP")))) for _ in range(8)
    ]
    for each in threads:
        each.start()
    for each in threads:
        each.join()
    assert len([each for each in results if each is not None]) == 1
    assert len(book.store.history("R")) == 1
