"""A sender of plain JSON, which signs with a shared secret."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass, field
from urllib.parse import urlencode

from optoutlang.consent.engine.channel import Channel
from optoutlang.consent.engine.effect import SendReply
from optoutlang.consent.engine.event import DeliveryReport, InboundMessage
from optoutlang.providers.hmac_signature import (
    SIGNATURE_HEADER,
    TIME_HEADER,
    is_recent,
    is_signed,
)
from optoutlang.providers.json_body import Value, count, read_object, text, time
from optoutlang.providers.numbers import country_of
from optoutlang.providers.webhook import (
    Answer,
    ForgedError,
    MalformedError,
    Outgoing,
    Received,
    WebhookRequest,
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Plain:
    """Verifies and reads plain webhooks; a reply travels in the answer.

    A message has `id`, `from` (the person), `to` (our sender) and `text`, and
    may have `payload`, `channel`, `country`, `language`, `media` and `at`; a report has
    `id`, `status`, `from` (our sender) and `to` (the person), and may have
    `error`, one of Twilio's codes.
    """

    name: str
    secret: bytes = field(repr=False)
    answers_inline: bool = True

    def __post_init__(self) -> None:
        if not self.secret:
            raise ValueError("a plain webhook needs a secret to sign with")

    def verify(self, request: WebhookRequest) -> None:
        """Check the signature, and that it is not old.

        Raises:
            ForgedError: it is missing, wrong or older than five minutes.
        """
        given, timestamp = request.headers.get(SIGNATURE_HEADER), request.headers.get(TIME_HEADER)
        if given is None or timestamp is None:
            raise ForgedError("no signature, or no time with it")
        if not is_recent(timestamp, request.at):
            raise ForgedError("the signature is too old, or of the future")
        if not is_signed(self.secret, given, timestamp, request.body):
            raise ForgedError("the signature is not that of this body")

    def message(self, request: WebhookRequest) -> Received:
        """Return the message.

        Raises:
            MalformedError: the body says none.
        """
        data = read_object(request.body)
        recipient = text(data, "from")
        name = self._id(data)
        media = count(data, "media")
        payload = text(data, "payload", "")
        country = data.get("country")
        event = InboundMessage(
            id=name,
            recipient=recipient,
            sender=text(data, "to"),
            channel=_channel(data),
            at=time(data, "at", request.at),
            text=text(data, "text", ""),
            country=country if isinstance(country, str) else country_of(recipient),
            language=text(data, "language", "") or None,
            media=media,
            form=urlencode(
                [
                    ("MessageSid", name),
                    ("From", recipient),
                    ("To", text(data, "to")),
                    ("Body", text(data, "text", "")),
                    ("NumMedia", str(media)),
                    *([("ButtonPayload", payload)] if payload else []),
                ],
                errors="surrogatepass",  # JSON can hold half a character
            ),
            payload=payload or None,
        )
        return Received(event=event)

    def report(self, request: WebhookRequest) -> Received:
        """Return the report.

        Raises:
            MalformedError: the body says none.
        """
        data = read_object(request.body)
        event = DeliveryReport(
            id=self._id(data),
            status=text(data, "status"),
            recipient=text(data, "to"),
            sender=text(data, "from"),
            channel=_channel(data),
            at=time(data, "at", request.at),
            error=count(data, "error") or None,
        )
        return Received(event=event)

    def answer(self, reply: SendReply | None) -> Answer:
        """Return `{"reply": null}`, or the reply's kind, text and language."""
        found: dict[str, Value] | None = None
        if reply is not None:
            found = {"kind": reply.kind.value, "text": reply.text, "language": reply.language}
        return Answer(media_type="application/json", body=json.dumps({"reply": found}).encode())

    def outgoing(self, reply: SendReply) -> Outgoing | None:
        """Return None: there is nobody to send it."""
        del reply
        return None

    def _id(self, data: Mapping[str, Value]) -> str:
        return f"{self.name}:{text(data, 'id')}"  # ids of two senders may be the same


def _channel(data: Mapping[str, Value]) -> Channel:
    try:
        return Channel(text(data, "channel", "sms"))
    except ValueError as error:
        raise MalformedError("`channel` is none of sms, mms, rcs and whatsapp") from error
