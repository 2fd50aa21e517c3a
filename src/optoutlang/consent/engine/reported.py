"""Words from elsewhere: delivery reports, web forms, APIs, imports, and numbers that end."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import datetime, timedelta

from optoutlang.consent.engine.channel import Channel, ChannelSet
from optoutlang.consent.engine.draft import Draft
from optoutlang.consent.engine.effect import AskToText, LiftAtProvider
from optoutlang.consent.engine.event import (
    ConsentReported,
    DeliveryReport,
    NumberEnded,
    Source,
    Wish,
)
from optoutlang.consent.engine.moves import ELSEWHERE, Trigger
from optoutlang.consent.engine.record import AuditRecord, Outcome, Review, ReviewReason
from optoutlang.consent.engine.route import Route, Routes
from optoutlang.consent.engine.scope import Key
from optoutlang.consent.engine.standing import Standing, standing_about
from optoutlang.consent.engine.state import Consent, Mark, MarkKind
from optoutlang.consent.engine.transition import Snapshot, Transition

OPT_OUT_ERRORS: dict[int, str] = {
    21610: "the recipient opted out of the sender: https://www.twilio.com/docs/api/errors/21610",
    63014: "the user blocked the sender or withdrew consent: https://www.twilio.com/docs/api/errors/63014",
}
"""Twilio's error codes that are an opt-out, with what they say."""

UNREACHABLE_ERRORS: dict[int, str] = {
    30003: "unreachable handset: https://www.twilio.com/docs/api/errors/30003",
    30004: "message blocked: https://www.twilio.com/docs/api/errors/30004",
    30005: "unknown handset: https://www.twilio.com/docs/api/errors/30005",
    30006: "landline or unreachable carrier: https://www.twilio.com/docs/api/errors/30006",
}
"""Twilio's error codes that say that nobody was reached: no opt-out (nyaruka/courier#180, glific/glific#2822)."""

SIGN_UP_TIME = timedelta(days=30)
"""How long a sign-up waits for START where only a message lifts an opt-out."""

_NOTHING = Transition()
_BY_MESSAGE = frozenset({Source.MESSAGE, Source.PROVIDER})


@dataclass(frozen=True, slots=True)
class Report:
    """A word from elsewhere, whatever event told it."""

    trigger: Trigger
    key: Key
    channel: Channel
    mark: Mark
    sender: str
    record: AuditRecord


def delivery_report(routes: Routes, event: DeliveryReport, snapshot: Snapshot) -> Transition:
    """Return what a delivery report comes to: an opt-out, a note that nobody was reached, or nothing.

    Raises:
        UnknownSenderError: the account has no such sender, or the sender no such channel.
    """
    route = routes.of(event.sender, event.channel, event.at)
    error = event.error
    if error not in OPT_OUT_ERRORS and error not in UNREACHABLE_ERRORS:
        return _NOTHING
    record = AuditRecord(
        event=event.key,
        at=event.at,
        source=Source.PROVIDER,
        outcome=Outcome.UNREACHABLE,
        recipient=event.recipient,
        sender=event.sender,
        text=f"{event.status} {error}",
    )
    if error in UNREACHABLE_ERRORS:
        return Transition(record=record)
    key = Key(event.recipient, route.scope, route.reach)
    mark = Mark(event.at, event.key, Source.PROVIDER, record.text)
    report = Report(Trigger.PROVIDER_OPT_OUT, key, event.channel, mark, event.sender, record)
    return _believed(routes, route, report, snapshot)


def consent_reported(routes: Routes, event: ConsentReported, snapshot: Snapshot) -> Transition:
    """Return what an opt-out or opt-in from elsewhere comes to.

    Raises:
        UnknownSenderError: the account has no such sender or service, or the sender no such channel.
        UnknownTopicError: the rules have no such topic.
    """
    route = _route(routes, event)
    route.require(event.topic)
    channel = event.channel or route.reach.members[0]
    record = AuditRecord(
        event=event.key,
        at=event.at,
        source=event.source,
        outcome=Outcome.UNCHANGED,
        recipient=event.recipient,
        sender=event.sender,
        by=event.by,
        batch=event.batch,
        text_version=event.text_version,
    )
    before = standing_about(snapshot.states, route, channel, event.at, event.topic)
    trigger = _trigger(event, route, before)
    mark = Mark(
        event.at,
        event.key,
        event.source,
        event.text_version,
        event.at + SIGN_UP_TIME if trigger is Trigger.SIGN_UP else None,
    )
    key = Key(event.recipient, route.scope.about(event.topic), route.reach)
    report = Report(trigger, key, channel, mark, event.sender or "", record)
    return _believed(routes, route, report, snapshot)


def number_ended(routes: Routes, event: NumberEnded, snapshot: Snapshot) -> Transition:
    """Return what the end of a number comes to: opt-ins of every scope end, opt-outs stay."""
    draft = Draft(snapshot.states)
    key = Key(event.recipient, routes.account.scope, ChannelSet.ALL)
    mark = Mark(event.at, event.key, event.source)
    keys = sorted({key, *(each.key for each in snapshot.states)}, key=str)
    before = _consents(routes, draft, keys, event.at)
    draft.add(key, MarkKind.END, mark)
    after = _consents(routes, draft, keys, event.at)
    ended = [(old, new) for old, new in zip(before, after, strict=True) if old is not new]
    first, then = ended[0] if ended else (Consent.UNKNOWN, Consent.UNKNOWN)
    draft.change(key, ((MarkKind.END, mark),), first, then)
    record = AuditRecord(
        event=event.key,
        at=event.at,
        source=event.source,
        outcome=Outcome.CHANGED if ended else Outcome.UNCHANGED,
        recipient=event.recipient,
        batch=event.batch,
        changes=draft.changes,
    )
    return Transition(states=draft.written, record=record, effects=draft.effects)


def _consents(routes: Routes, draft: Draft, keys: list[Key], at: datetime) -> list[Consent]:
    """Return the consent of every key on every channel, with what is said to the account."""
    return [
        standing_about(
            draft.states,
            routes.of_scope(key.scope.everything, key.channels),
            channel,
            at,
            key.scope.topic,
        ).consent
        for key in keys
        for channel in key.channels.members
    ]


def _route(routes: Routes, event: ConsentReported) -> Route:
    if event.service is not None:
        return routes.of_service(event.service, event.channel)
    if event.sender is None:
        return routes.of_account()
    channel = event.channel or routes.first_channel(event.sender)
    route = routes.of(event.sender, channel, event.at)
    return route if event.channel else replace(route, reach=ChannelSet.ALL)


def _trigger(event: ConsentReported, route: Route, before: Standing) -> Trigger:
    if event.wish is Wish.OPT_OUT:
        provider = event.source is Source.PROVIDER
        return Trigger.PROVIDER_OPT_OUT if provider else Trigger.REPORTED_OPT_OUT
    out = before.marks.opted_out
    waits = (
        route.settings.message_lifts_only
        and before.consent in {Consent.OPTED_OUT, Consent.PENDING}
        and out is not None
        and out.source in _BY_MESSAGE
    )
    return Trigger.SIGN_UP if waits else Trigger.REPORTED_OPT_IN


def _believed(routes: Routes, route: Route, report: Report, snapshot: Snapshot) -> Transition:
    """Return what a report comes to; a provider that reports too many opt-outs is not believed at once."""
    at, topic = report.mark.at, report.key.scope.topic
    before = standing_about(snapshot.states, route, report.channel, at, topic)
    if (
        report.trigger is Trigger.PROVIDER_OPT_OUT
        and before.consent is not Consent.OPTED_OUT
        and snapshot.provider_changes >= routes.account.flood.changes
    ):
        return _flooded(report, snapshot)
    return _moved(route, report, before, Draft(snapshot.states))


def _flooded(report: Report, snapshot: Snapshot) -> Transition:
    draft = Draft(snapshot.states)
    row = draft.row(report.key)
    draft.put(replace(row, reviews=(*row.reviews, report.mark.event)))
    review = Review(
        event=report.mark.event,
        key=report.key,
        kind=MarkKind.OPT_OUT,
        mark=report.mark,
        reason=ReviewReason.FLOOD,
        sender=report.sender,
    )
    record = replace(report.record, outcome=Outcome.WAITS)
    return Transition(states=draft.written, record=record, reviews=(review,))


def _moved(route: Route, report: Report, before: Standing, draft: Draft) -> Transition:
    at, kind = report.mark.at, ELSEWHERE[report.trigger, before.consent].mark
    to = ELSEWHERE[report.trigger, before.consent].to
    assert kind is not None  # noqa: S101 - the table has a mark in every row
    draft.add(report.key, kind, report.mark)
    topic = report.key.scope.topic
    after = standing_about(draft.states, route, report.channel, at, topic).consent
    outcome = Outcome.REPEATED if after is before.consent else Outcome.CHANGED
    if after is not to:
        outcome = Outcome.LATE
    draft.change(report.key, ((kind, report.mark),), before.consent, after)
    if outcome is Outcome.CHANGED and after is Consent.SUBSCRIBED and not topic:
        _lift(route, report, draft)
    if kind is MarkKind.PROMPT and after is Consent.PENDING and report.mark.until is not None:
        draft.do(
            AskToText(
                recipient=report.key.recipient,
                word=f"START {topic}" if topic else "START",
                sender=report.sender or None,
                until=report.mark.until,
            )
        )
    record = report.record.concluded(outcome, draft.changes)
    return Transition(states=draft.written, record=record, effects=draft.effects)


def _lift(route: Route, report: Report, draft: Draft) -> None:
    """Ask the provider to take the number off its own list, if it has one and the number may be on it."""
    every = route.settings.provider_lift_every
    if every is None or not any(each.marks.opted_out for each in draft.states):
        return
    at = report.mark.at
    last = max((each.lifted for each in draft.states if each.lifted), default=None)
    when = at if last is None else max(at, last + every)
    reason = "the recipient opted in"
    if when > at:
        reason += (
            f"; the provider takes a number off its list once in {every.days} days, last on {last}"
        )
    draft.put(replace(draft.row(report.key), lifted=when))
    draft.do(
        LiftAtProvider(
            recipient=report.key.recipient,
            scope=str(report.key.scope),
            not_before=when,
            reason=reason,
        )
    )
