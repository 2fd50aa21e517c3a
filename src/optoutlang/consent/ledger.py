"""The ledger: an engine and a store, asked in the order that loses nothing."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from optoutlang.consent.engine.channel import Channel
from optoutlang.consent.engine.engine import Engine
from optoutlang.consent.engine.event import Event
from optoutlang.consent.engine.kind import require_kind
from optoutlang.consent.engine.moment import require_aware
from optoutlang.consent.engine.permission import Permission
from optoutlang.consent.engine.state import Consent
from optoutlang.consent.engine.transition import Transition
from optoutlang.consent.permissions import Permissions, Question
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
        self,
        recipient: str,
        sender: str,
        channel: Channel = Channel.SMS,
        *,
        at: datetime,
        topic: str | None = None,
    ) -> Permission:
        """Return whether a recipient may be texted now, and if not, why.

        `topic` is what the message is about, None for what concerns no topic.

        Raises:
            ValueError: there is no recipient, or the time has no zone.
            UnknownSenderError: the account has no such sender, or the sender no such channel.
            UnknownTopicError: the sender's rules state no such topic.
            StoreError: the store cannot be asked: do not send.
        """
        _require(recipient, at)
        return self.engine.may_send(self.store.states(recipient), sender, channel, at, topic)

    def may_send_many(
        self,
        recipients: Iterable[str],
        sender: str,
        channel: Channel = Channel.SMS,
        *,
        at: datetime,
        topic: str | None = None,
    ) -> Permissions:
        """Return for each of many recipients what `may_send` does, with one look into the store.

        The answer is a mapping; its `allowed` are those who may be texted.

        Raises:
            ValueError: there is no recipient, or the time has no zone.
            UnknownSenderError: the account has no such sender, or the sender no such channel.
            UnknownTopicError: the sender's rules state no such topic.
            StoreError: the store cannot be asked: do not send.
        """
        whom = _each_once(recipients, at)
        question = Question(self.engine, sender, channel, at, topic)
        return Permissions(question, whom, self.store.packed_states(whom), self.store.unpacked)

    def who_may_be_sent(
        self,
        recipients: Iterable[str],
        sender: str,
        channel: Channel = Channel.SMS,
        *,
        at: datetime,
        topic: str | None = None,
    ) -> set[str]:
        """Return those of many recipients who may be texted now: for a campaign, where reasons do not matter.

        Who has one row, which says opted out, is known from that alone; everybody else who has rows is decided as by
        `may_send`. No facts of anybody else are read, so that it costs less than `may_send_many`.

        Raises:
            ValueError: there is no recipient, or the time has no zone.
            UnknownSenderError: the account has no such sender, or the sender no such channel.
            UnknownTopicError: the sender's rules state no such topic.
            StoreError: the store cannot be asked: do not send.
        """
        whom = _each_once(recipients, at)
        question = Question(self.engine, sender, channel, at, topic)
        stranger = question.permission(())
        blocked, unclear = question.split(self.store.summaries(whom))
        allowed = set(whom).difference(blocked, unclear) if stranger.allowed else set()
        if unclear:
            states = self.store.states_of(unclear)
            allowed |= {
                each for each in unclear if question.permission(states.get(each, ())).allowed
            }
        return allowed

    def consent(
        self,
        recipient: str,
        sender: str,
        channel: Channel = Channel.SMS,
        *,
        at: datetime,
        topic: str | None = None,
    ) -> Consent:
        """Return what a recipient wants of a sender, or of one topic of it.

        Raises:
            ValueError: there is no recipient, or the time has no zone.
            UnknownSenderError: the account has no such sender, or the sender no such channel.
            UnknownTopicError: the sender's rules state no such topic.
            StoreError: the store cannot be asked.
        """
        _require(recipient, at)
        return self.engine.consent(self.store.states(recipient), sender, channel, at, topic)


def _require(recipient: str, at: datetime) -> None:
    """Refuse to answer about nobody: whom no row is about might be texted."""
    require_kind(recipient, str, "a recipient")
    if not recipient:
        raise ValueError("there is no recipient: the text is empty")
    require_aware(at)


def _each_once(recipients: Iterable[str], at: datetime) -> tuple[str, ...]:
    if isinstance(recipients, str):
        raise TypeError("recipients are a list of texts, not one text")
    whom = tuple(dict.fromkeys(recipients))
    for other in set(map(type, whom)) - {str}:
        raise TypeError(f"a recipient is of the type str, not {other.__name__}")
    if "" in whom:
        raise ValueError("there is no recipient: a text is empty")
    require_aware(at)
    return whom
