"""An account at Telnyx."""

from __future__ import annotations

import json
from dataclasses import dataclass, field

from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PublicKey

from optoutlang.consent.engine.effect import SendReply
from optoutlang.providers.hmac_signature import is_recent
from optoutlang.providers.json_body import as_object, read_object, text
from optoutlang.providers.telnyx import events
from optoutlang.providers.telnyx.signature import SIGNATURE_HEADER, TIME_HEADER, is_signed
from optoutlang.providers.webhook import Answer, ForgedError, Outgoing, Received, WebhookRequest

_REPORTS = frozenset({"message.sent", "message.finalized"})


@dataclass(frozen=True, slots=True, kw_only=True)
class Telnyx:
    """Verifies and reads the webhooks of one account, and sends replies with its API key.

    Telnyx sends messages and reports to one URL, and waits two seconds for the answer.
    """

    name: str
    key: Ed25519PublicKey
    api_key: str | None = field(repr=False, default=None)
    api: str = "https://api.telnyx.com"
    answers_inline: bool = False

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
        if not is_signed(self.key, given, timestamp, request.body):
            raise ForgedError("the signature is not that of this body")

    def message(self, request: WebhookRequest) -> Received:
        """Return the message or report of an event; other events say nothing.

        Raises:
            MalformedError: the body is no event.
        """
        data = as_object(read_object(request.body).get("data"), "`data`")
        kind = text(data, "event_type")
        if kind == "message.received":
            return Received(
                event=events.message(as_object(data.get("payload"), "`payload`"), request.at)
            )
        if kind in _REPORTS:
            return Received(
                event=events.report(as_object(data.get("payload"), "`payload`"), request.at)
            )
        return Received(event=None)

    def report(self, request: WebhookRequest) -> Received:
        """Return what `message` does: there is one URL for both.

        Raises:
            MalformedError: the body is no event.
        """
        return self.message(request)

    def answer(self, reply: SendReply | None) -> Answer:
        """Return an empty object: replies go by the API."""
        del reply
        return Answer(media_type="application/json", body=b"{}")

    def outgoing(self, reply: SendReply) -> Outgoing | None:
        """Return the request that sends a reply (https://developers.telnyx.com/api-reference/messages/send-a-message)."""
        if self.api_key is None:
            return None
        body = {"from": reply.sender, "to": reply.recipient, "text": reply.text}
        return Outgoing(
            url=f"{self.api}/v2/messages",
            headers={"authorization": f"Bearer {self.api_key}", "content-type": "application/json"},
            body=json.dumps(body).encode(),
        )
