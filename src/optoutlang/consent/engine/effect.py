"""Effects: what is to be done after an event, for an outbox that does each once."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import Enum

from optoutlang.consent.engine.channel import Channel
from optoutlang.consent.engine.constructor import fast_constructor
from optoutlang.consent.engine.event import InboundMessage
from optoutlang.consent.engine.scope import Key
from optoutlang.consent.engine.state import Consent, Mark
from optoutlang.runtime.terms.action import Action
from optoutlang.runtime.terms.decision import Decision

OPT_OUT_TYPES: dict[Action, str] = {
    Action.OPT_OUT: "STOP",
    Action.OPT_IN: "START",
    Action.HELP: "HELP",
}
"""Twilio's OptOutType, exactly (https://www.twilio.com/docs/messaging/tutorials/advanced-opt-out)."""

CONFIRMATION_TIME = timedelta(minutes=5)
"""Within which the one confirmation of an opt-out may be sent (47 CFR 64.1200(a)(12))."""


class ReplyKind(Enum):
    """What an automatic reply answers; a recipient gets each, and each named answer, at most once a window."""

    OPT_OUT = "opt-out"
    OPT_IN = "opt-in"
    HELP = "help"
    PROMPT = "prompt"
    FALLBACK = "fallback"
    ANSWER = "answer"


@fast_constructor
@dataclass(frozen=True, slots=True, kw_only=True)
class SendReply:
    """An automatic reply to send.

    It is not billed, it is not in the message log, and an opt-out does not
    block it: not even its own. `send_by` is the last moment for it, where
    there is one; later it is dropped.
    """

    recipient: str
    sender: str
    channel: Channel
    kind: ReplyKind
    text: str
    language: str | None = None
    send_by: datetime | None = None
    billed: bool = False
    logged: bool = False
    blocked_by_opt_out: bool = False


@fast_constructor
@dataclass(frozen=True, slots=True, kw_only=True)
class Forward:
    """An inbound message to hand to the application, with what it means.

    `action` is what it did (None: it is an ordinary message for the
    application), `opt_out_type` what Twilio would say of it: only when the
    service has rules of its own. `decision` is the rules' own answer, also
    where it was not acted on (YES when nobody waits for it, a suggestion),
    `consent` what the person wants of the sender now, which a STOP that comes
    late need not have changed (None where keywords are not handled). `topic`
    is the one topic that the action concerns, and that consent is of; None for everything.
    """

    message: InboundMessage
    action: Action | None = None
    opt_out_type: str | None = None
    decision: Decision | None = None
    consent: Consent | None = None
    topic: str | None = None


@fast_constructor
@dataclass(frozen=True, slots=True, kw_only=True)
class CancelPending:
    """What was queued, scheduled or begun for a recipient ends: messages fail with the reason, sessions close.

    It covers every channel of the key, and calls and other ways outside this
    engine that serve the same conversation.
    """

    key: Key
    cause: Mark


@dataclass(frozen=True, slots=True, kw_only=True)
class LiftAtProvider:
    """The provider's own list still holds the recipient: ask it to take the number off, not before a time."""

    recipient: str
    scope: str
    not_before: datetime
    reason: str


@dataclass(frozen=True, slots=True, kw_only=True)
class AskToText:
    """The sign-up waits for a message of the person: show «text START to …», naming this sender (None: any)."""

    recipient: str
    word: str
    sender: str | None
    until: datetime


Effect = SendReply | Forward | CancelPending | LiftAtProvider | AskToText
