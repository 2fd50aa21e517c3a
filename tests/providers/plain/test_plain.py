"""The plain webhook: signed with a shared secret, read from JSON, answered with JSON."""

from __future__ import annotations

import hashlib
import hmac
import json
from datetime import UTC, datetime

import pytest

from optoutlang.consent import Channel, DeliveryReport, InboundMessage, ReplyKind, SendReply
from optoutlang.providers import ForgedError, MalformedError, WebhookRequest, make_provider
from optoutlang.providers.plain import Plain

NOW = datetime(2026, 1, 1, 12, tzinfo=UTC)
SECRET = "a long secret"  # noqa: S105 - a test's
PLAIN = make_provider("plain", "shop", {"secret": SECRET})
MESSAGE = {"id": "1", "from": "+15145550123", "to": "+13125550100", "text": "STOP"}


def request(data: object, *, at: datetime = NOW) -> WebhookRequest:
    body, timestamp = json.dumps(data).encode(), str(int(at.timestamp()))
    # Written out, as somebody who reads the documentation writes it.
    signature = hmac.new(
        SECRET.encode(), f"{timestamp}.".encode() + body, hashlib.sha256
    ).hexdigest()
    headers = {"x-optout-timestamp": timestamp, "x-optout-signature": signature}
    return WebhookRequest(
        method="POST", url="https://a.example/", headers=headers, body=body, at=NOW
    )


def test_a_signed_message_is_read() -> None:
    sent = request({**MESSAGE, "channel": "rcs", "language": "fr", "at": "2026-01-01T11:00:00Z"})
    PLAIN.verify(sent)
    event = PLAIN.message(sent).event
    assert isinstance(event, InboundMessage)
    assert (event.id, event.text, event.country) == ("shop:1", "STOP", "CA")
    assert (event.channel, event.language) == (Channel.RCS, "fr")
    assert event.at == datetime(2026, 1, 1, 11, tzinfo=UTC)


def test_a_button_comes_with_its_payload_and_a_message_without_one_has_none() -> None:
    pressed = PLAIN.message(request({**MESSAGE, "text": "Stop", "payload": "OptOut_All"})).event
    assert isinstance(pressed, InboundMessage)
    assert (pressed.text, pressed.payload) == ("Stop", "OptOut_All")
    assert "ButtonPayload=OptOut_All" in pressed.form
    for empty in ({}, {"payload": ""}, {"payload": None}):
        written = PLAIN.message(request({**MESSAGE, **empty})).event
        assert isinstance(written, InboundMessage)
        assert written.payload is None
        assert "ButtonPayload" not in written.form


def test_a_report_is_read() -> None:
    sent = request(
        {
            "id": "1",
            "status": "failed",
            "error": 21610,
            "from": "+13125550100",
            "to": "+15145550123",
        }
    )
    event = PLAIN.report(sent).event
    assert isinstance(event, DeliveryReport)
    assert (event.sender, event.recipient, event.error) == ("+13125550100", "+15145550123", 21610)


def test_what_is_not_signed_or_old_is_refused() -> None:
    sent = request(MESSAGE)
    for headers in (
        {},
        {**sent.headers, "x-optout-signature": "é"},
        {**sent.headers, "x-optout-timestamp": "1"},
    ):
        with pytest.raises(ForgedError):
            PLAIN.verify(
                WebhookRequest(method="POST", url="", headers=headers, body=sent.body, at=NOW)
            )
    with pytest.raises(ForgedError):
        PLAIN.verify(
            WebhookRequest(
                method="POST", url="", headers=sent.headers, body=sent.body + b" ", at=NOW
            )
        )
    with pytest.raises(ValueError, match="secret"):
        Plain(name="shop", secret=b"")


@pytest.mark.parametrize(
    "data",
    [
        [],
        {},
        {**MESSAGE, "channel": "fax"},
        {**MESSAGE, "media": -1},
        {**MESSAGE, "media": True},
        {**MESSAGE, "text": 5},
        {**MESSAGE, "at": "0001-01-01T00:00:00+14:00"},
    ],
)
def test_what_is_no_message_is_malformed(data: object) -> None:
    with pytest.raises(MalformedError):
        PLAIN.message(request(data))


def test_the_answer_has_the_reply() -> None:
    reply = SendReply(
        recipient="r",
        sender="s",
        channel=Channel.SMS,
        kind=ReplyKind.OPT_OUT,
        text="Bye",
        language="en",
    )
    found = json.loads(PLAIN.answer(reply).body)
    assert found == {"reply": {"kind": "opt-out", "text": "Bye", "language": "en"}}
    assert json.loads(PLAIN.answer(None).body) == {"reply": None}
    assert PLAIN.outgoing(reply) is None
