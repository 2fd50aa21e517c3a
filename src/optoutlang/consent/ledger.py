"""The ledger: an engine and a store, asked in the order that loses nothing."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from optoutlang.consent.engine.channel import Channel, ChannelSet
from optoutlang.consent.engine.engine import Engine
from optoutlang.consent.engine.event import Event
from optoutlang.consent.engine.permission import Permission
from optoutlang.consent.engine.state import Consent
from optoutlang.consent.engine.transition import Transition
from optoutlang.consent.stores.port import Store


@dataclass(frozen=True, slots=True)
class Ledger:
    """What an application talks to: tell it every event, and ask it before every message."""

    engine: Engine
    store: Store

    def record(self, event: Event) -> Transition | None:
        """Record an event; return what it came to, or None if it was recorded before.

        The effects are in the store's outbox then; whoever works on that sends
        and forwards them.

        Raises:
            UnknownSenderError: the event names a sender that the account has not.
            UnknownReviewError: the event decides a review that there is not.
            StoreError: the store could not do it; nothing has changed.
        """
        return self.store.apply(
            self.engine.reads(event), lambda snapshot: self.engine.handle(event, snapshot)
        )

    def may_send(
        self, recipient: str, sender: str, channel: Channel = Channel.SMS, *, at: datetime
    ) -> Permission:
        """Return whether a recipient may be texted now, and if not, why.

        Raises:
            UnknownSenderError: the account has no such sender, or the sender no such channel.
            StoreError: the store cannot be asked: do not send.
        """
        return self.engine.may_send(self.store.states(recipient), sender, channel, at)

    def may_send_many(
        self,
        recipients: Iterable[str],
        sender: str,
        channel: Channel = Channel.SMS,
        *,
        at: datetime,
    ) -> dict[str, Permission]:
        """Return for each of many recipients what `may_send` does, with one look into the store.

        Raises:
            UnknownSenderError: the account has no such sender, or the sender no such channel.
            StoreError: the store cannot be asked: do not send.
        """
        whom = tuple(recipients)
        found = self.store.states_of(whom)
        return {
            each: self.engine.may_send(found.get(each, ()), sender, channel, at) for each in whom
        }

    def who_may_be_sent(
        self,
        recipients: Iterable[str],
        sender: str,
        channel: Channel = Channel.SMS,
        *,
        at: datetime,
    ) -> set[str]:
        """Return those of many recipients who may be texted now: for a campaign, where reasons do not matter.

        Who has one row, which says opted out, is known from that alone; everybody else who has rows is decided as by
        `may_send`.

        Raises:
            UnknownSenderError: the account has no such sender, or the sender no such channel.
            StoreError: the store cannot be asked: do not send.
        """
        whom = list(dict.fromkeys(recipients))
        stranger = self.engine.may_send((), sender, channel, at).allowed
        scopes = {str(each) for each in self.engine.scopes(sender, channel, at)}
        reaching = {each.value for each in ChannelSet if channel in each.members}
        rows = list(self.store.summaries(whom))
        times = Counter(row[0] for row in rows)
        blocked = {
            recipient
            for recipient, scope, channels, out in rows
            if out and scope in scopes and channels in reaching and times[recipient] == 1
        }
        unclear = times.keys() - blocked
        allowed = set(whom).difference(times) if stranger else set()
        if unclear:
            states = self.store.states_of(unclear)
            allowed |= {
                each
                for each in unclear
                if self.engine.may_send(states.get(each, ()), sender, channel, at).allowed
            }
        return allowed

    def consent(
        self, recipient: str, sender: str, channel: Channel = Channel.SMS, *, at: datetime
    ) -> Consent:
        """Return what a recipient wants of a sender.

        Raises:
            UnknownSenderError: the account has no such sender, or the sender no such channel.
            StoreError: the store cannot be asked.
        """
        return self.engine.consent(self.store.states(recipient), sender, channel, at)
