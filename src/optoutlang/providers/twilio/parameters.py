"""Twilio's parameters, as events (https://www.twilio.com/docs/messaging/guides/webhook-request)."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime

from optoutlang.consent.engine.channel import Channel
from optoutlang.consent.engine.event import DeliveryReport, InboundMessage
from optoutlang.providers.numbers import country_of
from optoutlang.providers.webhook import MalformedError

_PREFIXES = {"": Channel.SMS, "whatsapp": Channel.WHATSAPP, "rcs": Channel.RCS}
_LARGEST_MEDIA = 100
"""Far more than any message has: a count beyond it is no count."""


def message(form: Mapping[str, str], at: datetime, original: str) -> InboundMessage:
    """Return the message that parameters say; `original` is how they came.

    Raises:
        MalformedError: MessageSid, From or To is missing, or their channel is unknown.
    """
    sender = _required(form, "To")
    recipient, channel = address(_required(form, "From"))
    media = _count(form.get("NumMedia", "0"))
    if channel is Channel.SMS and media:
        channel = Channel.MMS
    return InboundMessage(
        id=_sid(form),
        recipient=recipient,
        sender=sender,
        channel=channel,
        at=at,
        text=form.get("Body", ""),
        country=form.get("FromCountry") or country_of(recipient),
        media=media,
        form=original,
        payload=form.get("ButtonPayload") or None,
    )


def report(form: Mapping[str, str], at: datetime) -> DeliveryReport:
    """Return the report that parameters of a status callback say.

    `sender` is the service's MessagingServiceSid where no sender was chosen yet.

    Raises:
        MalformedError: MessageSid, MessageStatus or To is missing, or the error code is no number.
    """
    recipient, channel = address(_required(form, "To"))
    code = form.get("ErrorCode", "")
    if code and not (code.isascii() and code.isdigit() and len(code) < 10):
        raise MalformedError("`ErrorCode` is no number")
    status = form.get("MessageStatus") or form.get("SmsStatus")
    if not status:
        raise MalformedError("`MessageStatus` is missing")
    return DeliveryReport(
        id=_sid(form),
        status=status,
        recipient=recipient,
        sender=form.get("From") or _required(form, "MessagingServiceSid"),
        channel=channel,
        at=at,
        error=int(code) if code else None,
    )


def address(text: str) -> tuple[str, Channel]:
    """Return a person's number and the channel of an address: `whatsapp:+1…` is both.

    Raises:
        MalformedError: the channel is unknown.
    """
    prefix, _, rest = text.rpartition(":")
    channel = _PREFIXES.get(prefix)
    if channel is None:
        raise MalformedError("the channel of `From` or `To` is none of SMS, MMS, RCS and WhatsApp")
    return rest.strip(), channel


def _sid(form: Mapping[str, str]) -> str:
    found = form.get("MessageSid") or form.get("SmsSid") or form.get("SmsMessageSid")
    if not found:
        raise MalformedError("`MessageSid` is missing")
    return found


def _required(form: Mapping[str, str], name: str) -> str:
    found = form.get(name)
    if not found or not found.strip():
        raise MalformedError(f"`{name}` is missing")
    return found


def _count(text: str) -> int:
    if not text:
        return 0
    if not (text.isascii() and text.isdigit()) or int(text[:4]) > _LARGEST_MEDIA:
        raise MalformedError("`NumMedia` is no number of media")
    return int(text)
