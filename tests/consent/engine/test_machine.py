"""Any sequence of events, settings, moves, crashes and restarts leaves what the naive model says."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime, timedelta
from typing import TypeVar

import pytest
from hypothesis import settings as profile
from hypothesis import strategies as st
from hypothesis.stateful import Bundle, RuleBasedStateMachine, consumes, initialize, invariant, rule

import optoutlang
from optoutlang.consent import (
    Account,
    AuditRecord,
    Channel,
    Consent,
    ConsentReported,
    DoubleOptIn,
    Engine,
    Forward,
    InboundMessage,
    Ledger,
    MemoryStore,
    NumberEnded,
    ReplyKind,
    ReviewDecided,
    Selection,
    Sender,
    SenderKind,
    SendReply,
    Service,
    Settings,
    SettingsChanged,
    Sharing,
    Source,
    Undo,
    Wish,
)
from optoutlang.consent.engine.event import Event
from optoutlang.consent.engine.transition import Reads, Snapshot, Transition
from optoutlang.consent.engine.wire import decode_any, encode
from tests.consent.model import EVERY, Model

ORIGIN = datetime(2026, 1, 1, tzinfo=UTC)
RULES = optoutlang.compile(
    'ruleset acme\nlet brand = "Acme"\nsuggest phrases\nopt-out { phrases "leave me alone" }\n'
    'topic offers { opt-out { keywords "STOP OFFERS" reply "No more offers." }\n'
    'opt-in { keywords "START OFFERS" reply "Offers are on." }\n'
    'help { keywords "HELP OFFERS" reply "Offers, weekly." } }\n'
)
PEOPLE = ("R1", "R2")
KINDS = {"A": "long code", "T": "toll-free", "W": "whatsapp", "B": "long code", "C": "long code"}
WORDS = (
    "STOP",
    "STOP",
    "STOP",
    "START",
    "START",
    "UNSTOP",
    "YES",
    "YES",
    "HELP",
    "hello",
    "SUGGESTED",
    "STOP OFFERS",
    "STOP OFFERS",
    "START OFFERS",
    "START OFFERS",
    "HELP OFFERS",
)
TEXTS = {"SUGGESTED": "please leave me alone"}
SETTINGS = {
    True: Settings(double_opt_in=DoubleOptIn("Reply YES.")),
    False: Settings(),
}

people, minutes = st.sampled_from(PEOPLE), st.integers(0, 20)


def when(minute: int) -> datetime:
    return ORIGIN + timedelta(minutes=minute)


class KilledError(Exception):
    """The process ends before the commit."""


class Consents(RuleBasedStateMachine):
    """Plays every step twice: on the engine, and on the model."""

    told = Bundle("told")
    waiting = Bundle("waiting")

    def __init__(self) -> None:
        super().__init__()
        self.account = Account(
            services=(
                Service("X", (_sender("A"), _sender("T"), _sender("W")), ruleset="acme"),
                Service("Y", (_sender("B"),), ruleset="acme"),
            ),
            senders=(_sender("C"),),
        )
        self.model = Model(
            service={"A": "X", "T": "X", "W": "X", "B": "Y", "C": None}, kinds=dict(KINDS)
        )
        self.store = MemoryStore()
        self.numbers = 0
        self.now = 0
        self.replies: list[tuple[str, str, SendReply, str, int]] = []
        self.opt_ins: set[str] = set()
        self.topic_opt_ins: set[str] = set()
        self.forwarded: list[str] = []
        self.messages: set[str] = set()
        self.past: list[str] = []

    @initialize(double=st.booleans(), sharing=st.sampled_from(Sharing))
    def begin(self, double: bool, sharing: Sharing) -> None:  # noqa: FBT001 - drawn
        for service in ("X", "Y"):
            self.set(service, double=double, sharing=sharing)

    @property
    def ledger(self) -> Ledger:
        return Ledger(Engine(self.account, standard=RULES, rulesets={"acme": RULES}), self.store)

    def _name(self) -> str:
        self.numbers += 1
        return f"e{self.numbers}"

    def _record(self, event: Event) -> Transition | None:
        transition = self.ledger.record(event)
        self.past.append(event.key)
        for effect in transition.effects if transition else ():
            if isinstance(effect, Forward):
                self.forwarded.append(effect.message.id)
        return transition

    @rule(target=told, person=people, data=st.data(), minute=minutes, word=st.sampled_from(WORDS))
    def message(self, person: str, data: st.DataObject, minute: int, word: str) -> Event:
        sender = data.draw(st.sampled_from(sorted(self.model.service)))
        channel = "whatsapp" if sender == "W" else data.draw(st.sampled_from(("sms", "mms")))
        event = InboundMessage(
            id=self._name(),
            recipient=person,
            sender=sender,
            channel=Channel(channel),
            at=when(minute),
            text=TEXTS.get(word, word),
        )
        self.now = max(self.now, minute)
        self.messages.add(event.id)
        if word in {"START", "UNSTOP", "YES"}:
            self.opt_ins.add(person)
        if word in {"START OFFERS", "YES"}:
            self.topic_opt_ins.add(person)
        scope = self.model.scope(sender, minute)
        topic = self.model.topic(person, sender, channel, minute, word)
        transition = self._record(event)
        assert transition is not None
        self.model.say(event.id, person, sender, channel, minute, word)
        for effect in transition.effects:
            if isinstance(effect, SendReply):
                self._check_reply(effect, person, scope, minute, topic)
            if isinstance(effect, Forward):
                assert effect.consent is not None
                asked = "" if word.startswith("HELP") else topic
                wanted = self.model.consent(person, sender, channel, minute, asked)
                assert effect.consent.value == wanted
        return event

    def _check_reply(
        self, reply: SendReply, person: str, scope: str, minute: int, topic: str
    ) -> None:
        asked = "" if reply.kind is ReplyKind.HELP else topic
        consent = self.model.consent(person, reply.sender, reply.channel.value, minute, asked)
        fits = {
            ReplyKind.OPT_OUT: {"opted-out"},
            ReplyKind.OPT_IN: {"subscribed"},
            ReplyKind.PROMPT: {"pending"},
            ReplyKind.HELP: {"unknown", "pending", "subscribed"},
        }
        assert consent in fits[reply.kind]
        close = [
            other
            for whom, place, other, of, at in self.replies
            if (whom, place, other.kind, of) == (person, scope, reply.kind, topic)
            and abs(at - minute) < 5
        ]
        assert not close, "two replies of one kind within a window"
        self.replies.append((person, scope, reply, topic, minute))

    @rule(event=told)
    def again(self, event: Event) -> None:
        assert self._record(event) is None

    @rule(event=told)
    def dies_before_the_commit(self, event: Event) -> None:
        unheard = replace(event, id=f"{event.key}-unheard")
        before = self.store.stats()

        def die(snapshot: Snapshot) -> Transition:
            self.ledger.engine.handle(unheard, snapshot)
            raise KilledError

        with pytest.raises(KilledError):
            self.store.apply(self.ledger.engine.reads(unheard), die)
        assert self.store.stats() == before

    @rule(
        target=told,
        person=people,
        minute=minutes,
        service=st.sampled_from(("X", "Y")),
        channel=st.sampled_from(("sms", "whatsapp")),
        wish=st.sampled_from(Wish),
        source=st.sampled_from((Source.WEB_FORM, Source.PROVIDER, Source.IMPORT)),
        topic=st.sampled_from((None, None, "offers")),
    )
    def reported(
        self,
        person: str,
        minute: int,
        service: str,
        channel: str,
        wish: Wish,
        source: Source,
        topic: str | None,
    ) -> Event:
        event = ConsentReported(
            id=self._name(),
            recipient=person,
            wish=wish,
            source=source,
            at=when(minute),
            service=service,
            channel=Channel(channel),
            topic=topic,
        )
        if wish is Wish.OPT_IN:
            (self.topic_opt_ins if topic else self.opt_ins).add(person)
        self._record(event)
        kind = "out" if wish is Wish.OPT_OUT else "in"
        self.model.report(event.id, person, service, channel, minute, kind, topic or "")
        return event

    @rule(target=told, person=people, minute=minutes, kind=st.sampled_from(("out", "in", "end")))
    def everything(self, person: str, minute: int, kind: str) -> Event:
        name, at = self._name(), when(minute)
        event: Event
        if kind == "end":
            event = NumberEnded(id=name, recipient=person, source=Source.DEACTIVATED, at=at)
        else:
            wish = Wish.OPT_OUT if kind == "out" else Wish.OPT_IN
            event = ConsentReported(
                id=name, recipient=person, wish=wish, source=Source.API, at=at, channel=None
            )
        if kind == "in":
            self.opt_ins.add(person)
        self._record(event)
        self.model.everything(name, person, minute, kind)
        return event

    @rule(accepted=st.booleans(), data=st.data())
    def review(self, accepted: bool, data: st.DataObject) -> None:  # noqa: FBT001 - drawn
        waiting = self.store.reviews()
        assert {each.event for each in waiting} == set(self.model.reviews)
        if waiting:
            review = data.draw(st.sampled_from(waiting)).event
            event = ReviewDecided(
                id=self._name(), review=review, accepted=accepted, by="Ann", at=when(self.now)
            )
            self._record(event)
            self.model.decide(event.id, review, accepted=accepted)

    @rule(event=consumes(told))
    def undo(self, event: Event) -> None:
        selection = Selection(events=(event.key,))
        name = self._name()
        self._record(
            Undo(id=name, selection=selection, by="Ann", at=when(self.now), reason="a mistake")
        )
        assert not isinstance(event, ReviewDecided | Undo | SettingsChanged)
        self.model.undo(name, event.id)

    @rule(
        service=st.sampled_from(("X", "Y")),
        double=st.booleans(),
        sharing=st.sampled_from(Sharing),
    )
    def settings(self, service: str, double: bool, sharing: Sharing) -> None:  # noqa: FBT001 - drawn
        self.set(service, double=double, sharing=sharing)

    def set(self, service: str, *, double: bool, sharing: Sharing) -> None:
        changed = replace(
            self.account.service(service), settings=replace(SETTINGS[double], sharing=sharing)
        )
        others = tuple(each for each in self.account.services if each.name != service)
        self.account = replace(self.account, services=(*others, changed))
        self.model.sharing[service] = sharing.value
        (self.model.double.add if double else self.model.double.discard)(service)
        self._record(SettingsChanged(id=self._name(), what="settings", by="Ann", at=when(self.now)))

    @rule()
    def one_list_for_the_account(self) -> None:
        self.account = replace(self.account, shared=not self.account.shared)
        self.model.shared = self.account.shared

    @rule(data=st.data(), service=st.sampled_from(("X", "Y", None)))
    def move(self, data: st.DataObject, service: str | None) -> None:
        sender = data.draw(st.sampled_from(sorted(set(self.model.service) - {"T", "W"})))
        if self.model.service[sender] == service:
            return
        self.now += 1
        at = when(self.now)
        if service is None:
            self.account = self.account.leave(sender, at=at)
        else:
            self.account = self.account.join(sender, service, at=at)
        self.model.move(sender, service, self.now)

    @rule(data=st.data())
    def replace_sender(self, data: st.DataObject) -> None:
        old = data.draw(st.sampled_from(sorted(set(self.model.service) - {"T", "W"})))
        self.now += 1
        new = f"N{self._name()}"
        self.account = self.account.replace_sender(
            old, Sender(new, SenderKind.LONG_CODE), at=when(self.now)
        )
        self.model.replace(old, new, self.now)

    @rule()
    def restart(self) -> None:
        """Everything goes through JSON into a new store."""
        old, self.store = self.store, MemoryStore()
        states = {each.key: each for person in PEOPLE for each in old.states(person)}
        reviews = {each.event: each for each in old.reviews(limit=10**6)}
        for number, record in enumerate(old.records()):
            again = decode_any(encode(record))
            assert isinstance(again, AuditRecord)
            assert again == record
            first = number == 0
            self.store.apply(
                Reads(claim=record.event),
                lambda _, again=again, first=first: Transition(  # type: ignore[misc]
                    record=again,
                    states=tuple(map(_copy, states.values())) if first else (),
                    reviews=tuple(map(_copy, reviews.values())) if first else (),
                ),
            )
        for event in self.past:  # the claims
            self.store.apply(Reads(claim=event), lambda _: Transition())

    @invariant()
    def consent_is_what_the_model_says(self) -> None:
        ledger = self.ledger
        at = self.now
        for person in PEOPLE:
            for sender in self.model.service:
                channels = ("whatsapp",) if sender == "W" else ("sms", "mms")
                for channel in channels:
                    expected = self.model.consent(person, sender, channel, at)
                    place = (person, sender, Channel(channel))
                    found = ledger.consent(*place, at=when(at))
                    assert found.value == expected, place
                    allowed = ledger.may_send(*place, at=when(at)).allowed
                    assert allowed is (expected in {"unknown", "subscribed"}), place
                    if found is Consent.SUBSCRIBED:
                        assert person in self.opt_ins, "an opt-in without an opt-in event"
                    wanted = self.model.consent(person, sender, channel, at, "offers")
                    about = ledger.engine.consent(
                        self.store.states(person), sender, Channel(channel), when(at), "offers"
                    )
                    assert about.value == wanted, place
                    if about is Consent.SUBSCRIBED and found is not Consent.SUBSCRIBED:
                        assert person in self.topic_opt_ins, "an opt-in without an opt-in event"

    @invariant()
    def each_message_is_forwarded_once(self) -> None:
        assert sorted(self.forwarded) == sorted(self.messages)


T = TypeVar("T")


def _copy(value: T) -> T:
    again = decode_any(encode(value))
    assert again == value
    return again


def _sender(name: str) -> Sender:
    return Sender(name, SenderKind(KINDS[name]))


assert set(EVERY) == {each.value for each in Channel}

TestConsents = pytest.mark.slow(Consents.TestCase)
TestConsents.settings = profile(
    max_examples=80 if profile().derandomize else profile().max_examples, stateful_step_count=25
)
