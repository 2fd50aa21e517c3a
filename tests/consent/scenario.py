"""Scenarios: vector files that say what happens and what must hold then, and how they are played.

A file has a `title`, a `source`, the account (`[service.X]`, `[alone]`,
`[account]`), and steps. A step says `at` when (days and hours since the
beginning of 2026) what happens, and then what must hold: the `outcome` in the
audit (`none` without a record, `duplicate` for an event that was there
before), all `effects` in their order, each sender's `consent`, and what
`may_send` says.
"""

from __future__ import annotations

import re
import tomllib
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime, timedelta
from functools import cache
from pathlib import Path
from typing import cast

import optoutlang
from optoutlang import Matcher
from optoutlang.consent import (
    OPT_OUT_TYPES,
    Account,
    AskToText,
    CancelPending,
    Channel,
    ConsentReported,
    DeliveryReport,
    DoubleOptIn,
    Engine,
    FloodLimit,
    Forward,
    InboundMessage,
    Ledger,
    LiftAtProvider,
    MemoryStore,
    NumberEnded,
    Permission,
    ReviewDecided,
    ScopeQuestion,
    Selection,
    Sender,
    SenderKind,
    SendReply,
    Service,
    Settings,
    SettingsChanged,
    Sharing,
    Source,
    Store,
    Undo,
    Wish,
)
from optoutlang.consent.engine.event import Event
from optoutlang.consent.engine.transition import Transition
from optoutlang.language.packs import pack_path

START = datetime(2026, 1, 1, tzinfo=UTC)
VECTORS = Path(__file__).parent / "vectors"
_TIME = re.compile(r"(?:(\d+)d )?(\d+):(\d\d)(?::(\d\d))?")

Table = dict[str, object]


@cache
def standard() -> Matcher:
    return optoutlang.load(pack_path("standard"))


@cache
def _compiled(text: str) -> Matcher:
    return optoutlang.compile(text, name="acme.optout")


def time(text: str) -> datetime:
    """Return a time as vectors write it: `31d 12:00`, `0:05`, `0:05:30`."""
    found = _TIME.fullmatch(text)
    assert found is not None, text
    days, hours, minutes, seconds = (int(each or 0) for each in found.groups())
    return START + timedelta(days=days, hours=hours, minutes=minutes, seconds=seconds)


def clock(at: datetime) -> str:
    """Return a time as vectors write it."""
    gone = at - START
    minutes, seconds = divmod(gone.seconds, 60)
    days = f"{gone.days}d " if gone.days else ""
    return f"{days}{minutes // 60}:{minutes % 60:02}" + (f":{seconds:02}" if seconds else "")


def settings(data: Table) -> Settings:
    """Return the settings of a vector; durations are minutes or days as their names say."""
    made: Table = dict(data)
    if "sharing" in made:
        made["sharing"] = Sharing(made["sharing"])
    if "double_opt_in" in made:
        made["double_opt_in"] = DoubleOptIn(cast("str", made["double_opt_in"]))
    if "scope_question" in made:
        text, *answers = cast("list[str]", made["scope_question"])
        made["scope_question"] = ScopeQuestion(text, tuple(answers))
    if "reply_window_minutes" in made:
        made["reply_window"] = timedelta(minutes=cast("int", made.pop("reply_window_minutes")))
    if "provider_lift_days" in made:
        made["provider_lift_every"] = timedelta(days=cast("int", made.pop("provider_lift_days")))
    return Settings(**made)  # type: ignore[arg-type]  # a wrong name or value fails here


def _senders(data: object) -> tuple[Sender, ...]:
    return tuple(_sender(name, kind) for name, kind in cast("dict[str, str]", data).items())


def _sender(name: str, kind: str) -> Sender:
    kind, _, handled = kind.partition(", ")
    return Sender(name, SenderKind(kind), handled=True if handled == "handled" else None)


@dataclass(slots=True)
class World:
    """An account with its rules and its store, while a scenario is played."""

    account: Account
    rulesets: dict[str, Matcher]
    store: Store = field(default_factory=MemoryStore)

    @property
    def ledger(self) -> Ledger:
        engine = Engine(self.account, standard=standard(), rulesets=self.rulesets)
        return Ledger(engine, self.store)


def world(data: Table) -> World:
    """Return the world that a vector describes."""
    services, rulesets = [], {}
    for name, each in cast("dict[str, Table]", data.get("service", {})).items():
        rules = each.get("rules")
        if rules is not None:
            rulesets[name] = _compiled(cast("str", rules))
        services.append(
            Service(
                name,
                _senders(each.get("senders", {})),
                ruleset=name if rules is not None else None,
                settings=settings(cast("Table", each.get("settings", {}))),
            )
        )
    own = cast("Table", data.get("account", {}))
    account = Account(
        services=tuple(services),
        senders=_senders(data.get("alone", {})),
        alone=settings(cast("Table", own.get("alone", {}))),
        shared=bool(own.get("shared", False)),
        flood=FloodLimit(cast("int", own.get("flood", 100))),
    )
    return World(account, rulesets)


def event(step: Table, number: int) -> Event | None:
    """Return the event of a step, or None if it only looks."""
    at, name = time(cast("str", step["at"])), cast("str", step.get("id", f"s{number}"))
    person = cast("str", step.get("from", "R"))
    for kind, make in _EVENTS.items():
        if kind in step:
            return make(step, at, name, person)
    return None


def _message(step: Table, at: datetime, name: str, person: str) -> Event:
    return InboundMessage(
        id=name,
        recipient=person,
        sender=cast("str", step["to"]),
        channel=Channel(step.get("by", "sms")),
        at=at,
        text=cast("str", step["say"]),
        country=cast("str | None", step.get("country")),
        media=cast("int", step.get("media", 0)),
    )


def _report(step: Table, at: datetime, name: str, person: str) -> Event:
    return DeliveryReport(
        id=name,
        status=cast("str", step["report"]),
        recipient=person,
        sender=cast("str", step["of"]),
        channel=Channel(step.get("by", "sms")),
        at=at,
        error=cast("int | None", step.get("error")),
    )


def _reported(step: Table, at: datetime, name: str, person: str) -> Event:
    channel = step.get("by", "sms")
    return ConsentReported(
        id=name,
        recipient=person,
        wish=Wish(step["reported"]),
        source=Source(step.get("source", "web form")),
        at=at,
        service=cast("str | None", step.get("service")),
        sender=cast("str | None", step.get("sender")),
        channel=None if channel == "all" else Channel(channel),
        text_version=cast("str | None", step.get("text_version")),
        batch=cast("str | None", step.get("batch")),
        topic=cast("str | None", step.get("topic")),
    )


def _ended(step: Table, at: datetime, name: str, person: str) -> Event:
    return NumberEnded(id=name, recipient=person, source=Source(step["ended"]), at=at)


def _review(step: Table, at: datetime, name: str, _person: str) -> Event:
    return ReviewDecided(
        id=name,
        review=cast("str", step["review"]),
        accepted=bool(step["accepted"]),
        by="Ann",
        at=at,
    )


def _undo(step: Table, at: datetime, name: str, _person: str) -> Event:
    wanted = cast("Table", step["undo"])
    source = wanted.get("source")
    selection = Selection(
        events=tuple(cast("list[str]", wanted.get("events", []))),
        batch=cast("str | None", wanted.get("batch")),
        source=None if source is None else Source(source),
    )
    return Undo(id=name, selection=selection, by="Ann", at=at, reason="a mistake")


_EVENTS = {
    "say": _message,
    "report": _report,
    "reported": _reported,
    "ended": _ended,
    "review": _review,
    "undo": _undo,
}


def change(place: World, step: Table, number: int) -> SettingsChanged:
    """Change the account as a step says, and return the event that records it."""
    at, account = time(cast("str", step["at"])), place.account
    what, address = next((each, str(step[each])) for each in CHANGES if each in step)
    if what == "join":
        place.account = account.join(address, cast("str", step["service"]), at=at)
    elif what == "leave":
        place.account = account.leave(address, at=at)
    elif what == "replace":
        new = _sender(cast("str", step["with"]), cast("str", step.get("kind", "long code")))
        place.account = account.replace_sender(address, new, at=at)
    elif what == "share":
        place.account = replace(account, shared=bool(step["share"]))
    else:
        kept = tuple(each for each in account.services if each.name != address)
        changed = replace(
            account.service(address), settings=settings(cast("Table", step["settings"]))
        )
        place.account = replace(account, services=(*kept, changed))
    return SettingsChanged(id=f"s{number}", what=f"{what} {address}", by="Ann", at=at)


CHANGES = ("join", "leave", "replace", "set", "share")


def effects(transition: Transition) -> list[str]:
    """Return the effects of a transition as vectors write them."""
    return [_effect(each) for each in transition.effects]


def _effect(effect: object) -> str:
    match effect:
        case SendReply():
            channel = "" if effect.channel is Channel.SMS else f" by {effect.channel.value}"
            return f"reply {effect.kind.value} from {effect.sender}{channel}"
        case Forward():
            action = "" if effect.action is None else f" {OPT_OUT_TYPES[effect.action]}"
            kind = "" if effect.opt_out_type is None else f", OptOutType={effect.opt_out_type}"
            topic = "" if effect.topic is None else f" of {effect.topic}"
            return f"forward{action}{topic}{kind}"
        case CancelPending():
            return f"cancel {effect.key.scope} {effect.key.channels.value}"
        case LiftAtProvider():
            return f"lift at provider from {clock(effect.not_before)}"
        case AskToText():
            return f"ask to text {effect.word} to {effect.sender or 'the service'}"
    raise AssertionError(effect)


def permission(found: Permission) -> str:
    """Return a permission as vectors write it: `allowed`, or the reason with code and cause."""
    if found.allowed:
        return "allowed"
    assert found.reason is not None
    code = "" if found.code is None else f" {found.code}"
    cause = "" if found.cause is None else f" by {found.cause.event} at {clock(found.cause.at)}"
    return f"{found.reason.name.lower().replace('_', ' ')}{code}{cause}"


def load(path: Path) -> Table:
    """Return a vector file's content."""
    return tomllib.loads(path.read_text(encoding="utf-8"))
