"""The types that go in and out of the API: msgspec checks bodies by them, and OpenAPI is made of them."""

from __future__ import annotations

from datetime import datetime
from typing import Annotated, Literal

from msgspec import Meta, Struct

Recipient = Annotated[str, Meta(min_length=1, max_length=64, description="A number in E.164.")]
SenderAddress = Annotated[
    str, Meta(min_length=1, max_length=64, description="A sender of the settings.")
]
ChannelName = Literal["sms", "mms", "rcs", "whatsapp"]
TopicName = Annotated[
    str, Meta(min_length=1, max_length=64, description="A topic of the sender's rules.")
]
Text = Annotated[str, Meta(max_length=10_000)]


class MaySend(Struct, forbid_unknown_fields=True):
    """Whether one recipient, or each of many, may be texted now by a sender."""

    sender: SenderAddress
    recipient: Recipient | None = None
    recipients: Annotated[list[Recipient], Meta(min_length=1, max_length=1000)] | None = None
    channel: ChannelName = "sms"
    topic: TopicName | None = None


class Cause(Struct, omit_defaults=True):
    """The word that decided: its event, when it was, from where, and in which words."""

    event: str
    at: datetime
    source: str
    text: str | None = None


class Verdict(Struct, omit_defaults=True):
    """Whether a recipient may be texted; if not, why, and the error code that Twilio would give."""

    recipient: str
    allowed: bool
    consent: str
    reason: str | None = None
    code: int | None = None
    cause: Cause | None = None


class Verdicts(Struct):
    """An answer for each recipient that was asked about, in the order of the question."""

    results: list[Verdict]


class ConsentRow(Struct, omit_defaults=True):
    """What a recipient wants in one scope, for a set of channels."""

    scope: str
    channels: str
    consent: str
    topic: str | None = None
    cause: Cause | None = None
    last_opt_in: Cause | None = None
    in_review: list[str] = []


class HistoryRow(Struct, omit_defaults=True):
    """One audit record."""

    event: str
    at: datetime
    source: str
    outcome: str
    text: str | None = None
    by: str | None = None
    rule: str | None = None
    digest: str | None = None


class Consents(Struct):
    """All that is known of a recipient."""

    recipient: str
    consents: list[ConsentRow]
    history: list[HistoryRow]


class ConsentItem(Struct, forbid_unknown_fields=True):
    """An item of Twilio's Consent API (https://www.twilio.com/docs/messaging/features/consent-api).

    Ours beside it: `sender_id` may be a service's name; without a `channel` all of them are meant;
    `topic` is the one topic that is meant.
    """

    contact_id: Annotated[str, Meta(max_length=64)]
    correlation_id: Annotated[str, Meta(min_length=1, max_length=64)]
    sender_id: Annotated[str, Meta(max_length=64)]
    status: Annotated[str, Meta(max_length=64)]
    source: Annotated[str, Meta(max_length=64)] = "others"
    date_of_consent: Annotated[str, Meta(max_length=64)] | None = None
    text_version: Annotated[str, Meta(max_length=200)] | None = None
    channel: ChannelName | None = None
    topic: TopicName | None = None


class ConsentItems(Struct, forbid_unknown_fields=True):
    """Words about consent from elsewhere, each with an id under which it counts once."""

    items: Annotated[list[ConsentItem], Meta(min_length=1, max_length=1000)]


class ConsentResult(Struct):
    """What came of one item: `error_code` is 0, or 30646 with reasons as Twilio's."""

    correlation_id: str
    error_code: int
    error_messages: list[str]
    outcome: str


class ConsentResults(Struct):
    """A result for each item, in their order."""

    items: list[ConsentResult]


class ReviewRow(Struct, omit_defaults=True):
    """What waits for a person."""

    event: str
    at: datetime
    recipient: str
    scope: str
    kind: str
    reason: str
    text: str | None = None


class Reviews(Struct):
    """What waits, in the order of their events; the next page begins behind the last one."""

    reviews: list[ReviewRow]


class ReviewDecision(Struct, forbid_unknown_fields=True):
    """What was decided about one review."""

    event: Annotated[str, Meta(min_length=1, max_length=300)]
    accepted: bool
    reason: Annotated[str, Meta(max_length=1000)] = ""


class Outcome(Struct):
    """What came of an event, as the audit says it."""

    outcome: str


class Message(Struct, forbid_unknown_fields=True):
    """A message to decide about; nothing is recorded. The rules are those of the sender, or the standard ones."""

    text: Text
    sender: SenderAddress | None = None
    country: Annotated[str, Meta(max_length=8)] | None = None
    language: Annotated[str, Meta(max_length=35)] | None = None
    payload: Annotated[str, Meta(max_length=2048)] | None = None


class FiredRow(Struct, omit_defaults=True):
    """A keyword, sentence or phrase that fired, and why another one decided."""

    action: str
    matched_by: str
    keyword: str
    language: str
    rule: str
    lost: str | None = None


class Meaning(Struct):
    """What the rules say of a message, and why."""

    decision: dict[str, str | bool | None] | None
    tokens: list[str]
    fired: list[FiredRow]


class Problem(Struct):
    """Why a request was not answered as asked (RFC 9457)."""

    status: int
    title: str
    detail: str
