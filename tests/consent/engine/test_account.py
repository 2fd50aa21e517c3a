"""Accounts cannot be built wrong, and senders that move keep what they have to keep."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, datetime, timedelta

import pytest

from optoutlang.consent import (
    Account,
    Channel,
    ChannelSet,
    ConsentReported,
    DoubleOptIn,
    Engine,
    FloodLimit,
    InboundMessage,
    NumberEnded,
    ReviewDecided,
    ScopeQuestion,
    Selection,
    Sender,
    SenderKind,
    Service,
    Settings,
    SettingsChanged,
    Sharing,
    Source,
    Undo,
    UnknownSenderError,
    Wish,
)
from optoutlang.consent.engine.account import Former
from optoutlang.consent.engine.scope import Scope, ScopeKind
from optoutlang.consent.engine.transition import Snapshot
from tests.consent.scenario import standard

AT = datetime(2026, 1, 1, tzinfo=UTC)
A, B = Sender("A", SenderKind.LONG_CODE), Sender("B", SenderKind.LONG_CODE)
ASKS = Settings(scope_question=ScopeQuestion("Everything?", ("ONE",)))
NAIVE = datetime(2026, 1, 1)  # noqa: DTZ001 - what is refused


def message(**changes: object) -> InboundMessage:
    made = {
        "id": "m",
        "recipient": "R",
        "sender": "A",
        "channel": Channel.SMS,
        "at": AT,
        "text": "",
    }
    return InboundMessage(**(made | changes))  # type: ignore[arg-type]  # some are wrong


def reported(**changes: object) -> ConsentReported:
    made = {"id": "m", "recipient": "R", "wish": Wish.OPT_OUT, "source": Source.API, "at": AT}
    return ConsentReported(**(made | changes))  # type: ignore[arg-type]  # some are wrong


WRONG: dict[str, tuple[Callable[[], object], str]] = {
    "a sender without an address": (lambda: Sender("", SenderKind.RCS), "needs an address"),
    "a one-way sender that listens": (
        lambda: Sender("ACME", SenderKind.ALPHANUMERIC, handled=True),
        "nobody can answer the alphanumeric sender `ACME`",
    ),
    "a service without a name": (lambda: Service(""), "a service needs a name"),
    "two services of one name": (
        lambda: Account(services=(Service("X"), Service("X"))),
        "the service `X` stands twice",
    ),
    "a sender in two places": (
        lambda: Account(services=(Service("X", (A,)),), senders=(A,)),
        "the sender `A` stands twice",
    ),
    "a shared list that asks for the scope": (
        lambda: Account(services=(Service("X", settings=ASKS),), shared=True),
        "cannot ask how far",
    ),
    "a scope without a name": (lambda: Scope(ScopeKind.SERVICE, ""), "needs a name"),
    "an empty prompt": (lambda: DoubleOptIn(" "), "the prompt of a double opt-in is empty"),
    "no time to confirm": (
        lambda: DoubleOptIn("Reply YES.", timedelta(0)),
        "the time to confirm a double opt-in has to be longer than 0:00:00",
    ),
    "no word that confirms": (
        lambda: DoubleOptIn("Reply YES.", confirmations=()),
        "needs a word that confirms it",
    ),
    "a question without an answer": (
        lambda: ScopeQuestion("Everything?", ()),
        "needs an answer that narrows",
    ),
    "a flood limit of nothing": (lambda: FloodLimit(0), "would believe no provider at all"),
    "no reply window": (
        lambda: Settings(reply_window=timedelta(0)),
        "the reply window has to be longer",
    ),
    "an empty fallback": (lambda: Settings(fallback=""), "the fallback answer is empty"),
    "no time between lifts": (
        lambda: Settings(provider_lift_every=timedelta(0)),
        "the time between two lifts",
    ),
    "a time without a zone": (lambda: message(at=NAIVE), "a time needs a zone"),
    "a move without a zone": (lambda: Former(A, Scope.parse("service:X"), NAIVE), "needs a zone"),
    "an event without an id": (lambda: message(id=""), "an event needs an id"),
    "an event without a recipient": (lambda: message(recipient=""), "needs a recipient"),
    "a consent for two": (lambda: reported(service="X", sender="A"), "not for both"),
    "a message that is reported": (lambda: reported(source=Source.MESSAGE), "InboundMessage"),
    "a number that ends by a web form": (
        lambda: NumberEnded(id="n", recipient="R", source=Source.WEB_FORM, at=AT),
        "not by `web form`",
    ),
    "a review by nobody": (
        lambda: ReviewDecided(id="r", review="message:m", accepted=True, by="", at=AT),
        "who decided",
    ),
    "an undo of everything": (Selection, "never takes back everything"),
    "an undo since a time without a zone": (
        lambda: Selection(batch="b", since=NAIVE),
        "needs a zone",
    ),
    "an undo without a reason": (
        lambda: Undo(id="u", selection=Selection(batch="b"), by="Ann", at=AT, reason=""),
        "and why",
    ),
    "a change that says nothing": (
        lambda: SettingsChanged(id="s", what="", by="Ann", at=AT),
        "what changed",
    ),
    "rules that are not there": (
        lambda: Engine(Account(services=(Service("X", ruleset="acme"),)), standard=standard()),
        "there is no ruleset `acme`",
    ),
}


@pytest.mark.parametrize("name", WRONG)
def test_what_is_wrong_is_refused_with_its_reason(name: str) -> None:
    build, reason = WRONG[name]
    with pytest.raises(ValueError, match=reason):
        build()


@pytest.mark.parametrize(
    "ask",
    [
        lambda account: account.sender("Z"),
        lambda account: account.service("Z"),
        lambda account: account.join("Z", "X", at=AT),
        lambda account: account.join("B", "Z", at=AT),
        lambda account: account.leave("Z", at=AT),
        lambda account: account.leave("B", at=AT),  # it stands in none
        lambda account: account.replace_sender("Z", A, at=AT),
    ],
)
def test_a_name_that_the_account_has_not_is_an_error(ask: Callable[[Account], object]) -> None:
    account = Account(services=(Service("X", (A,)),), senders=(B,))
    with pytest.raises(UnknownSenderError):
        ask(account)


@pytest.mark.parametrize(
    "event", [reported(service="Z"), reported(sender="Z"), message(sender="Z")]
)
def test_an_event_for_what_the_account_has_not_is_an_error(
    event: ConsentReported | InboundMessage,
) -> None:
    engine = Engine(Account(services=(Service("X", (A,)),)), standard=standard())
    with pytest.raises(UnknownSenderError, match="the account has no"):
        engine.handle(event, Snapshot())


def test_a_sender_moves_with_its_history() -> None:
    account = Account(services=(Service("X", (A,)), Service("Y")), senders=(B,))
    joined = account.join("B", "X", at=AT)
    moved = joined.join("B", "Y", at=AT + timedelta(days=1))
    left = moved.leave("B", at=AT + timedelta(days=2))
    assert joined.service_of("B") == joined.service("X")
    assert moved.service_of("B") == moved.service("Y")
    assert left.service_of("B") is None
    assert [str(each.scope) for each in left.former] == ["sender:B", "service:X", "service:Y"]


def test_a_new_sender_takes_over_what_the_old_one_had() -> None:
    account = Account(services=(Service("X", (A,)),))
    new = Sender("N", SenderKind.LONG_CODE)
    replaced = account.replace_sender("A", new, at=AT)
    assert replaced.service("X").senders == (new,)
    own = {str(each.scope): each.until for each in replaced.former if each.sender is new}
    assert own == {"service:X": AT, "sender:A": None}


def test_rules_of_ones_own_are_not_advised_for_toll_free_senders() -> None:
    toll_free = Sender("T", SenderKind.TOLL_FREE)
    abroad = Sender("U", SenderKind.TOLL_FREE, country="GB")
    account = Account(
        services=(Service("X", (A, toll_free, abroad), ruleset="acme"), Service("Y")),
    )
    [advice] = account.advice
    assert "toll-free sender `T`" in advice


def test_a_scope_is_read_as_it_is_written() -> None:
    for kind in ScopeKind:
        scope = Scope(kind, "a:b")
        assert Scope.parse(str(scope)) == scope


@pytest.mark.parametrize("channel", Channel)
def test_a_word_reaches_at_least_its_own_channel(channel: Channel) -> None:
    for sharing in Sharing:
        reach = sharing.reach(channel)
        assert channel in reach.members
        assert {
            each for each in ChannelSet if set(reach.members) <= set(each.members)
        } == reach.supersets
