"""Every sequence of events up to a length, over a tiny world, and every order in which they can arrive."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from itertools import permutations, product

import pytest

from optoutlang.consent import (
    Account,
    Channel,
    ConsentReported,
    DeliveryReport,
    DoubleOptIn,
    Engine,
    InboundMessage,
    NumberEnded,
    ReplyKind,
    Sender,
    SenderKind,
    SendReply,
    Service,
    Settings,
    Source,
    Wish,
)
from optoutlang.consent.engine.event import Event
from optoutlang.consent.engine.state import Consent, ConsentState
from optoutlang.consent.engine.transition import Snapshot, Transition
from optoutlang.runtime.terms.decision import Decision
from tests.consent.model import Model
from tests.consent.scenario import standard

ORIGIN = datetime(2026, 1, 1, tzinfo=UTC)
SENDERS = {"A": SenderKind.LONG_CODE, "T": SenderKind.TOLL_FREE}
SINGLE, DOUBLE = Settings(), Settings(double_opt_in=DoubleOptIn("Reply YES."))
WORLDS: dict[str, tuple[Settings, tuple[str, ...], int, int]] = {
    "single": (
        SINGLE,
        ("STOP A", "START A", "HELP A", "STOP T", "UNSTOP T", "in", "out", "end"),
        4,
        4_680,
    ),
    "double": (
        DOUBLE,
        ("STOP A", "START A", "YES A", "STOP T", "START T", "in", "21610", "end"),
        4,
        4_680,
    ),
    "single, longer": (SINGLE, ("STOP A", "START A", "STOP T", "UNSTOP T", "in", "end"), 5, 9_330),
    "double, longer": (DOUBLE, ("STOP A", "START A", "YES A", "in", "21610", "end"), 5, 9_330),
}
"""The settings, the events, the length and the number of sequences of each world."""


@dataclass
class Remembered:
    """The standard rules, each text decided once: the loops ask for few texts, very often."""

    answers: dict[str, Decision | None] = field(default_factory=dict)

    def match(
        self,
        text: str,
        *,
        country: str | None = None,
        language: str | None = None,
        payload: str | bytes | None = None,
    ) -> Decision | None:
        assert payload is None
        if text not in self.answers:
            self.answers[text] = standard().match(text, country=country, language=language)
        return self.answers[text]


def engine(settings: Settings) -> Engine:
    senders = tuple(Sender(name, kind) for name, kind in SENDERS.items())
    account = Account(services=(Service("X", senders, settings=settings),))
    return Engine(account, standard=Remembered())


def event(kind: str, name: str, minute: int) -> Event:
    at = ORIGIN + timedelta(minutes=minute)
    word, _, sender = kind.partition(" ")
    if sender:
        return InboundMessage(
            id=name, recipient="R", sender=sender, channel=Channel.SMS, at=at, text=word
        )
    if kind == "end":
        return NumberEnded(id=name, recipient="R", source=Source.DEACTIVATED, at=at)
    if kind == "21610":
        return DeliveryReport(
            id=name,
            status="failed",
            error=21610,
            recipient="R",
            sender="A",
            channel=Channel.SMS,
            at=at,
        )
    wish = Wish.OPT_IN if kind == "in" else Wish.OPT_OUT
    return ConsentReported(
        id=name, recipient="R", wish=wish, source=Source.WEB_FORM, at=at, service="X"
    )


def tell(model: Model, kind: str, name: str, minute: int) -> None:
    word, _, sender = kind.partition(" ")
    if sender:
        model.say(name, "R", sender, "sms", minute, word)
    elif kind == "end":
        model.everything(name, "R", minute, "end")
    else:
        model.report(name, "R", "X", "sms", minute, "in" if kind == "in" else "out")


def new_model(mode: str) -> Model:
    double = {"X"} if mode == "double" else set()
    kinds = {name: kind.value for name, kind in SENDERS.items()}
    return Model(service=dict.fromkeys(SENDERS, "X"), kinds=kinds, double=double)


def after(states: tuple[ConsentState, ...], transition: Transition) -> tuple[ConsentState, ...]:
    """Return the rows after a transition, as a store has them."""
    rows = {each.key: each for each in states} | {each.key: each for each in transition.states}
    return tuple(rows.values())


def check(decides: Engine, states: tuple[ConsentState, ...], model: Model, minute: int) -> None:
    at = ORIGIN + timedelta(minutes=minute)
    for sender in SENDERS:
        expected = model.consent("R", sender, "sms", minute)
        assert decides.consent(states, sender, Channel.SMS, at).value == expected
        allowed = decides.may_send(states, sender, Channel.SMS, at).allowed
        assert allowed is (expected in {"unknown", "subscribed"})


def fork(model: Model) -> Model:
    copy = new_model("double" if model.double else "single")
    copy.facts = {key: list(facts) for key, facts in model.facts.items()}
    copy.seen = set(model.seen)
    return copy


def check_replies(transition: Transition, before: Consent, now: Consent) -> None:
    """A reply says what is so, and nothing is answered that changed nothing but STOP and HELP."""
    for effect in transition.effects:
        if isinstance(effect, SendReply):
            kind = effect.kind
            assert (kind is ReplyKind.OPT_OUT) <= (now is Consent.OPTED_OUT)
            assert (kind is ReplyKind.OPT_IN) <= (now is Consent.SUBSCRIBED is not before)
            assert (kind is ReplyKind.PROMPT) <= (now is Consent.PENDING)
            assert (kind is ReplyKind.HELP) <= (now is not Consent.OPTED_OUT)


@pytest.mark.slow
@pytest.mark.parametrize("name", WORLDS)
def test_every_sequence_up_to_a_length_leaves_what_the_model_says(name: str) -> None:
    settings, kinds, longest, sequences = WORLDS[name]
    decides, played = engine(settings), 0
    start = new_model("single" if settings is SINGLE else "double")
    stack: list[tuple[int, tuple[ConsentState, ...], Model]] = [(0, (), start)]
    while stack:
        length, states, model = stack.pop()
        if length == longest:
            continue
        for kind in kinds:
            minute = (length + 1) * 10
            told = event(kind, f"{kind} {length}", minute)
            transition = decides.handle(told, Snapshot(states=states))
            copy = fork(model)
            tell(copy, kind, told.id, minute)
            rows = after(states, transition)
            check(decides, rows, copy, minute)
            sender = "T" if kind.endswith("T") else "A"
            consents = [
                decides.consent(each, sender, Channel.SMS, told.at) for each in (states, rows)
            ]
            check_replies(transition, consents[0], consents[1])
            stack.append((length + 1, rows, copy))
            played += 1
    assert played == sequences


TIMES = ((1, 2, 3), (1, 2, 2), (1, 1, 2), (1, 1, 1))
ORDERED = ("STOP A", "START A", "STOP T", "UNSTOP T", "in", "out", "end")


def orders() -> Iterator[tuple[tuple[str, ...], tuple[int, ...]]]:
    """Yield three events and the order in which they arrive."""
    for kinds in product(ORDERED, repeat=3):
        for order in permutations(range(3)):
            yield kinds, order


@pytest.mark.slow
@pytest.mark.parametrize("times", TIMES)
def test_the_order_of_arrival_does_not_matter(times: tuple[int, ...]) -> None:
    decides, played = engine(Settings()), 0
    at = ORIGIN + timedelta(minutes=60)
    for kinds, order in orders():
        states: tuple[ConsentState, ...] = ()
        model = new_model("single")
        for place in order:
            told = event(kinds[place], f"{place}", times[place])
            states = after(states, decides.handle(told, Snapshot(states=states)))
        for place, kind in enumerate(kinds):  # the model hears them in the order of their times
            tell(model, kind, f"{place}", times[place])
        for sender in SENDERS:
            expected = model.consent("R", sender, "sms", 60)
            found = decides.consent(states, sender, Channel.SMS, at).value
            assert found == expected, (kinds, order, sender)
        played += 1
    assert played == 7**3 * 6
