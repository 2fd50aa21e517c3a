"""Every store keeps what `port.Store` promises."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from functools import partial
from pathlib import Path
from typing import cast

import pytest

from optoutlang import compile as compile_rules
from optoutlang.consent import (
    Account,
    Channel,
    Consent,
    ConsentReported,
    Engine,
    Forward,
    InboundMessage,
    Ledger,
    Selection,
    Sender,
    SenderKind,
    SendReply,
    Service,
    Source,
    Store,
    Undo,
    UnknownSenderError,
    Wish,
)
from optoutlang.consent.engine.record import Outcome
from optoutlang.consent.engine.transition import Reads, Snapshot, Transition
from optoutlang.consent.stores.port import Step
from tests.consent.engine.test_vectors import FILES, Play
from tests.consent.scenario import Table, load, standard, world
from tests.consent.stores.conftest import Place

AT = datetime(2026, 1, 1, tzinfo=UTC)
ENGINE = Engine(
    Account(services=(Service("X", (Sender("A", SenderKind.LONG_CODE),)),)), standard=standard()
)
TOPICAL = Engine(
    Account(services=(Service("X", (Sender("A", SenderKind.LONG_CODE),), ruleset="acme"),)),
    standard=standard(),
    rulesets={
        "acme": compile_rules(
            'topic offers { opt-out { keywords "STOP OFFERS" reply "No more offers." } }',
            name="acme.optout",
        )
    },
)


def message(
    name: str, text: str, *, recipient: str = "+15550100", sender: str = "A", minutes: int = 0
) -> InboundMessage:
    return InboundMessage(
        id=name,
        recipient=recipient,
        sender=sender,
        channel=Channel.SMS,
        at=AT + timedelta(minutes=minutes),
        text=text,
    )


def reported(name: str, recipient: str, *, source: Source, minutes: int = 0) -> ConsentReported:
    return ConsentReported(
        id=name,
        recipient=recipient,
        wish=Wish.OPT_OUT,
        source=source,
        at=AT + timedelta(minutes=minutes),
        service="X",
        batch="b1",
    )


@pytest.mark.parametrize("path", FILES, ids=lambda path: path.stem)
def test_a_scenario_goes_as_its_file_says(path: Path, store: Store) -> None:
    data = load(path)
    play = Play(replace(world(data), store=store))
    for number, step in enumerate(cast("list[Table]", data["step"]), start=1):
        play.step(step, number)


def test_the_same_event_comes_in_effect_once(place: Place) -> None:
    first, second = place.open(), place.open()
    assert Ledger(ENGINE, first).record(message("m1", "STOP")) is not None
    assert Ledger(ENGINE, second).record(message("m1", "STOP")) is None
    assert [type(each.effect) for each in second.outbox()].count(SendReply) == 1
    assert second.stats().records == 1


def test_what_was_committed_is_there_for_the_next_process(place: Place) -> None:
    ledger = Ledger(ENGINE, place.open())
    transition = ledger.record(message("m1", "Stop."))
    assert transition is not None
    other = place.open()
    assert other.states("+15550100") == transition.states
    assert other.history("+15550100") == (transition.record,)
    assert tuple(each.effect for each in other.outbox()) == transition.effects


def test_a_text_in_any_script_comes_back_as_it_was(place: Place) -> None:
    text = "ＳＴＯＰ 🛑 «arrêt» \x00 \ud800 توقف"
    Ledger(ENGINE, place.open()).record(message("m1", text))
    [item] = (each for each in place.open().outbox() if isinstance(each.effect, Forward))
    assert isinstance(item.effect, Forward)
    assert item.effect.message.text == text


def test_an_error_of_the_step_leaves_nothing(store: Store) -> None:
    before = store.stats()
    with pytest.raises(UnknownSenderError):
        Ledger(ENGINE, store).record(message("m1", "STOP", sender="nobody"))
    assert store.stats() == before
    assert Ledger(ENGINE, store).record(message("m1", "STOP")) is not None


def test_an_undo_is_in_the_history_of_each_whom_it_is_about(store: Store) -> None:
    ledger = Ledger(ENGINE, store)
    people = [f"+1555020{each}" for each in range(3)]
    for each in people:
        ledger.record(reported(each, each, source=Source.IMPORT))
    ledger.record(message("m1", "STOP", recipient="+15550300"))
    ledger.record(
        Undo(id="u", selection=Selection(batch="b1"), by="Ann", at=AT, reason="wrong file")
    )
    for each in people:
        assert [record.outcome for record in store.history(each)] == [
            Outcome.CHANGED,
            Outcome.UNDONE,
        ]
        assert ledger.may_send(each, "A", at=AT).allowed
    assert len(store.history("+15550300")) == 1
    assert not ledger.may_send("+15550300", "A", at=AT).allowed


@pytest.mark.parametrize(
    ("selection", "wanted"),
    [
        (Selection(batch="b1"), ["consent:1", "consent:2"]),
        (Selection(source=Source.PROVIDER), ["consent:2"]),
        (Selection(events=("consent:1", "consent:9")), ["consent:1"]),
        (Selection(batch="b1", since=AT + timedelta(minutes=2)), ["consent:2"]),
        (Selection(batch="b1", until=AT + timedelta(minutes=1)), ["consent:1"]),
        (Selection(batch="b2"), []),
        (None, ["consent:1", "consent:2", "message:3"]),
    ],
)
def test_records_are_selected_by_what_they_hold(
    store: Store, selection: Selection | None, wanted: list[str]
) -> None:
    ledger = Ledger(ENGINE, store)
    ledger.record(reported("1", "+15550101", source=Source.IMPORT, minutes=1))
    ledger.record(reported("2", "+15550102", source=Source.PROVIDER, minutes=2))
    ledger.record(message("3", "STOP"))
    assert [each.event for each in store.records(selection)] == wanted


def test_effects_stay_until_they_are_done_and_come_oldest_first(place: Place) -> None:
    ledger = Ledger(ENGINE, place.open())
    for each in range(3):
        ledger.record(message(f"m{each}", "hello"))
    items = place.open().outbox()
    assert [each.event for each in items] == ["message:m0", "message:m1", "message:m2"]
    assert [each.number for each in place.open().outbox(limit=2)] == [
        each.number for each in items[:2]
    ]
    place.open().done([items[0].number, items[1].number])
    assert place.open().outbox() == items[2:]
    place.open().done([items[2].number])
    ledger.record(message("m4", "hello"))
    [last] = place.open().outbox()
    assert last.number > items[2].number


def test_states_of_many_are_those_of_each(store: Store) -> None:
    ledger = Ledger(ENGINE, store)
    people = [f"+1555{each:04}" for each in range(40)]
    for each in people[::2]:
        ledger.record(message(each, "STOP", recipient=each))
    found = store.states_of(people)
    assert {each: found.get(each, ()) for each in people} == {
        each: store.states(each) for each in people
    }
    answers = ledger.may_send_many(people, "A", at=AT)
    assert [each for each in people if answers[each].allowed] == people[1::2]


def test_who_may_be_sent_are_those_whom_may_send_allows(store: Store) -> None:
    ledger = Ledger(ENGINE, store)
    people = [f"+1555{each:04}" for each in range(60)]
    for number, each in enumerate(people[10:]):
        ledger.record(message(each, "STOP", recipient=each))
        if number % 3 == 0:  # some have another row, and some of these came back by it
            whole = replace(
                reported(f"w{each}", each, source=Source.WEB_FORM, minutes=5),
                service=None,
                channel=None,
                batch=None,
                wish=Wish.OPT_IN if number % 2 else Wish.OPT_OUT,
            )
            ledger.record(whole)
        if number % 5 == 0:
            ledger.record(message(f"s{each}", "START", recipient=each, minutes=9))
    later = AT + timedelta(hours=1)
    answers = ledger.may_send_many([*people, *people[:5]], "A", at=later)
    assert list(answers) == people
    assert dict(answers) == {each: ledger.may_send(each, "A", at=later) for each in people}
    allowed = ledger.who_may_be_sent([*people, *people[:5]], "A", at=later)
    assert allowed == {each for each, answer in answers.items() if answer.allowed}
    assert answers.allowed == allowed
    assert people[0] not in repr(answers)
    assert "nobody asked" not in answers
    assert 20 < len(allowed) < 50


def test_a_topic_is_kept_apart_from_everything(place: Place) -> None:
    ledger, person = Ledger(TOPICAL, place.open()), "+15550100"
    ledger.record(message("t", "STOP OFFERS", recipient=person))
    again = place.open()
    later = AT + timedelta(hours=1)
    [state] = [
        each for each in again.states(person) if each.key.scope.topic
    ]  # beside that of replies
    assert str(state.key.scope) == "topic:offers@service:X"
    assert state.marks.consent(later) is Consent.OPTED_OUT
    assert [change.key for record in again.history(person) for change in record.changes] == [
        state.key
    ]
    assert ledger.may_send(person, "A", at=later).allowed
    other = Ledger(TOPICAL, again)
    assert other.who_may_be_sent([person], "A", at=later) == {person}
    assert other.who_may_be_sent([person], "A", at=later, topic="offers") == set()
    assert other.may_send_many([person], "A", at=later).allowed == {person}
    assert other.may_send_many([person], "A", at=later, topic="offers").allowed == frozenset()
    ledger.record(message("s", "STOP", recipient=person, minutes=5))
    assert other.who_may_be_sent([person], "A", at=later) == set()


def test_the_provider_s_changes_are_counted_since_a_time(store: Store) -> None:
    ledger = Ledger(ENGINE, store)
    for each in range(4):
        ledger.record(reported(str(each), f"+1555010{each}", source=Source.PROVIDER, minutes=each))
    ledger.record(reported("other", "+15550109", source=Source.IMPORT, minutes=3))
    counted: list[int] = []

    def look(snapshot: Snapshot) -> Transition:
        counted.append(snapshot.provider_changes)
        return Transition()

    store.apply(Reads(claim="look", provider_since=AT + timedelta(minutes=2)), look)
    assert counted == [2]


STATS: list[tuple[str, Callable[[Store], int], int]] = [
    ("recipients", lambda store: store.stats().recipients, 2),
    ("states", lambda store: store.stats().states, 2),
    ("records", lambda store: store.stats().records, 3),
]


@pytest.mark.parametrize(("count", "ask", "wanted"), STATS, ids=[each[0] for each in STATS])
def test_stats_count(store: Store, count: str, ask: Callable[[Store], int], wanted: int) -> None:
    ledger = Ledger(ENGINE, store)
    ledger.record(message("m1", "STOP"))
    ledger.record(message("m2", "START", minutes=1))
    ledger.record(message("m3", "STOP", recipient="+15550200"))
    assert ask(store) == wanted, count


def test_of_many_events_each_that_is_new_comes_in_effect_once(sql_place: Place) -> None:
    store = sql_place.open_sql()
    Ledger(ENGINE, store).record(reported("2", "+15550102", source=Source.IMPORT))

    def work(name: str) -> tuple[Reads, Step]:
        event = reported(name, f"+1555010{name}", source=Source.IMPORT)
        return ENGINE.reads(event), partial(ENGINE.handle, event)

    done = store.apply_many([work(each) for each in ("1", "2", "3", "1")])
    assert [each is not None for each in done] == [True, False, True, False]
    assert [each.event for each in store.records()] == ["consent:2", "consent:1", "consent:3"]
    assert store.apply_many([work("3"), work("1")]) == [None, None]
    assert store.apply_many([work("4")]) != [None]
    assert store.apply_many([]) == []
    assert store.stats().records == 4
