"""Telnyx's events, as ours (https://developers.telnyx.com/api-reference/callbacks/inbound-message)."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from urllib.parse import urlencode

from optoutlang.consent.engine.channel import Channel
from optoutlang.consent.engine.event import DeliveryReport, InboundMessage
from optoutlang.providers.json_body import Value, as_object, text, time
from optoutlang.providers.numbers import country_of
from optoutlang.providers.webhook import MalformedError

BLOCKED = 40300
"""Telnyx's code for a recipient who opted out (https://developers.telnyx.com/docs/messaging/messages/advanced-opt-in-out)."""

OPTED_OUT = 21610
"""The code by which the engine knows an opt-out that the provider reports."""

_CHANNELS = {
    "SMS": Channel.SMS,
    "MMS": Channel.MMS,
    "RCS": Channel.RCS,
    "WHATSAPP": Channel.WHATSAPP,
}


def message(payload: Mapping[str, Value], at: datetime) -> InboundMessage:
    """Return the message of a `message.received` event.

    Raises:
        MalformedError: id, sender or recipient is missing.
    """
    recipient, sender = (
        _number(payload.get("from"), "from"),
        _number(_first(payload.get("to")), "to"),
    )
    media = payload.get("media") or []
    links = media if isinstance(media, list) else []
    body = text(payload, "text", "")
    given = payload.get("payload")
    button = given if isinstance(given, str) else ""  # of another kind it must not cost a STOP
    country = country_of(recipient)
    name = text(payload, "id")
    return InboundMessage(
        id=name,
        recipient=recipient,
        sender=sender,
        channel=_channel(payload),
        at=time(payload, "received_at", at),
        text=body,
        country=country,
        media=len(links),
        form=urlencode(
            [
                ("MessageSid", name),
                ("From", recipient),
                ("To", sender),
                ("Body", body),
                ("NumMedia", str(len(links))),
                *[(f"MediaUrl{number}", _link(each)) for number, each in enumerate(links)],
                ("FromCountry", country or ""),
                *([("ButtonPayload", button)] if button else []),
                ("MessagingProfileId", text(payload, "messaging_profile_id", "")),
            ],
            errors="surrogatepass",  # JSON can hold half a character
        ),
        payload=button or None,
    )


def _link(media: Value) -> str:
    return text(as_object(media, "`media`"), "url", "")


def report(payload: Mapping[str, Value], at: datetime) -> DeliveryReport:
    """Return the report of a `message.sent` or `message.finalized` event.

    Raises:
        MalformedError: id, sender, recipient or status is missing.
    """
    to = as_object(_first(payload.get("to")), "to")
    return DeliveryReport(
        id=text(payload, "id"),
        status=text(to, "status"),
        recipient=_number(to, "to"),
        sender=_number(payload.get("from"), "from"),
        channel=_channel(payload),
        at=at,
        error=_error(payload.get("errors")),
    )


def _error(errors: Value) -> int | None:
    codes = (
        [str(each.get("code")) for each in errors if isinstance(each, dict)]
        if isinstance(errors, list)
        else []
    )
    numbers = [int(each) for each in codes if each.isascii() and each.isdigit() and len(each) < 10]
    if BLOCKED in numbers:
        return OPTED_OUT
    return numbers[0] if numbers else None


def _channel(payload: Mapping[str, Value]) -> Channel:
    name = text(payload, "type", "SMS").upper()
    channel = _CHANNELS.get(name)
    if channel is None:
        raise MalformedError("`type` is none of SMS, MMS, RCS and WHATSAPP")
    return channel


def _first(value: Value) -> Value:
    return value[0] if isinstance(value, list) and value else value


def _number(value: Value, name: str) -> str:
    return text(as_object(value, f"`{name}`"), "phone_number")
