"""The engine: what each event needs to see, and what it comes to."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from typing import assert_never

from optoutlang.consent.engine.account import Account
from optoutlang.consent.engine.channel import Channel
from optoutlang.consent.engine.event import (
    ConsentReported,
    DeliveryReport,
    Event,
    InboundMessage,
    NumberEnded,
    ReviewDecided,
    SettingsChanged,
    Source,
    Undo,
    Wish,
)
from optoutlang.consent.engine.inbound import inbound
from optoutlang.consent.engine.permission import Permission, Reason
from optoutlang.consent.engine.question import answers
from optoutlang.consent.engine.reported import (
    OPT_OUT_ERRORS,
    UNREACHABLE_ERRORS,
    consent_reported,
    delivery_report,
    number_ended,
)
from optoutlang.consent.engine.review import review_decided, settings_changed, undo
from optoutlang.consent.engine.route import Routes, Rules
from optoutlang.consent.engine.scope import Scope
from optoutlang.consent.engine.standing import standing, standing_about
from optoutlang.consent.engine.state import Consent, ConsentState
from optoutlang.consent.engine.transition import Reads, Snapshot, Transition


class Engine:
    """Decides what events come to, for one account under its rules.

    It never changes, and every answer is a pure function of its arguments:
    threads and processes may share it, and a store may ask again. Another
    account, other settings, other rules: another engine over the same store.
    """

    __slots__ = ("_asks", "_routes", "account")

    def __init__(
        self, account: Account, *, standard: Rules, rulesets: Mapping[str, Rules] | None = None
    ) -> None:
        """Make an engine.

        `standard` decides for senders outside a service, and for services
        without rules of their own; `rulesets` are the rules that services
        name in `Service.ruleset`.

        Raises:
            ValueError: a service names a ruleset that is not there.
        """
        self.account = account
        self._routes = Routes(account, rulesets or {}, standard)
        self._asks = any(each.settings.scope_question for each in account.services)

    def reads(self, event: Event) -> Reads:
        """Return what a store has to load for an event.

        Raises:
            UnknownSenderError: the event names a sender that the account has not.
        """
        # The two that come most often come first.
        if isinstance(event, InboundMessage):
            history = self._asks and self._answers(event)
            return Reads(claim=event.key, recipient=event.recipient, history=history)
        if isinstance(event, DeliveryReport) and event.error not in OPT_OUT_ERRORS:
            is_recorded = event.error in UNREACHABLE_ERRORS
            return Reads(claim=event.key, recipient=event.recipient if is_recorded else None)
        match event:
            case DeliveryReport() | ConsentReported() | NumberEnded():
                since = event.at - self.account.flood.within if _is_provider(event) else None
                return Reads(claim=event.key, recipient=event.recipient, provider_since=since)
            case ReviewDecided():
                return Reads(claim=event.key, review=event.review)
            case Undo():
                return Reads(claim=event.key, selection=event.selection)
            case SettingsChanged():
                return Reads(claim=event.key)
        assert_never(event)

    def handle(self, event: Event, snapshot: Snapshot) -> Transition:
        """Return what an event comes to, given what `reads` asked for.

        Raises:
            UnknownSenderError: the event names a sender, a service or a channel that the account has not.
            UnknownReviewError: the event decides a review that there is not.
        """
        if isinstance(event, InboundMessage):
            return inbound(self._routes, event, snapshot)
        if isinstance(event, DeliveryReport):
            return delivery_report(self._routes, event, snapshot)
        return self._handle_rare(event, snapshot)

    def _handle_rare(
        self,
        event: ConsentReported | NumberEnded | ReviewDecided | Undo | SettingsChanged,
        snapshot: Snapshot,
    ) -> Transition:
        match event:
            case ConsentReported():
                return consent_reported(self._routes, event, snapshot)
            case NumberEnded():
                return number_ended(self._routes, event, snapshot)
            case ReviewDecided():
                return review_decided(self._routes, event, snapshot)
            case Undo():
                return undo(self._routes, event, snapshot)
            case SettingsChanged():
                return settings_changed(event)
        assert_never(event)

    def may_send(
        self,
        states: tuple[ConsentState, ...],
        sender: str,
        channel: Channel,
        at: datetime,
        topic: str | None = None,
    ) -> Permission:
        """Return whether the recipient whose rows these are may be texted now, and if not, why.

        `topic` is what the message is about, None for what concerns no topic.

        What was scheduled is asked about again when it is due: an answer
        holds for its moment only. Automatic replies are not asked about
        (`SendReply.blocked_by_opt_out`).

        Raises:
            UnknownSenderError: the account has no such sender, or the sender no such channel.
            UnknownTopicError: the sender's rules state no such topic.
        """
        route = self._routes.of(sender, channel, at)
        route.require(topic)
        now = standing_about(states, route, channel, at, topic)
        if now.network is not None:
            return Permission.blocked(now.effective, Reason.NETWORK, channel, now.network)
        if now.consent is Consent.OPTED_OUT:
            reason = Reason.OPTED_OUT
            if topic and standing(states, route, channel, at).consent is not Consent.OPTED_OUT:
                reason = Reason.TOPIC
            return Permission.blocked(now.consent, reason, channel, now.cause)
        if now.consent is Consent.PENDING:
            return Permission.blocked(now.consent, Reason.PENDING, channel, now.cause)
        if now.consent is Consent.UNKNOWN and route.settings.require_opt_in:
            return Permission.blocked(now.consent, Reason.NO_OPT_IN, channel, None)
        waits = route.settings.hold_during_review and any(
            each.reviews
            for each in states
            if each.key.scope in (route.scope, route.scope.about(topic))
        )
        if waits:
            return Permission.blocked(now.consent, Reason.IN_REVIEW, channel, None)
        return Permission(allowed=True, consent=now.consent)

    def scopes(self, sender: str, channel: Channel, at: datetime) -> tuple[Scope, ...]:
        """Return the scopes in which a word counts for a sender as if it were said to it: its own, and the account's.

        Raises:
            UnknownSenderError: the account has no such sender, or the sender no such channel.
        """
        route = self._routes.of(sender, channel, at)
        return (route.scope,) if route.wider is None else (route.scope, route.wider)

    def consent(
        self,
        states: tuple[ConsentState, ...],
        sender: str,
        channel: Channel,
        at: datetime,
        topic: str | None = None,
    ) -> Consent:
        """Return what the recipient whose rows these are wants of a sender, the network's block included.

        `topic` is the one topic that is asked about, None for everything.

        Raises:
            UnknownSenderError: the account has no such sender, or the sender no such channel.
            UnknownTopicError: the sender's rules state no such topic.
        """
        route = self._routes.of(sender, channel, at)
        route.require(topic)
        return standing_about(states, route, channel, at, topic).effective

    def _answers(self, event: InboundMessage) -> bool:
        route = self._routes.of(event.sender, event.channel, event.at)
        return answers(route, event.text)


def _is_provider(event: DeliveryReport | ConsentReported | NumberEnded) -> bool:
    if not isinstance(event, ConsentReported):
        return isinstance(event, DeliveryReport)
    return event.source is Source.PROVIDER and event.wish is Wish.OPT_OUT
