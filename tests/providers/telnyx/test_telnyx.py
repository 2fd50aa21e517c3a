"""Telnyx's webhooks: signatures made with a key of our own, events as its documentation shows them."""

from __future__ import annotations

import json
from base64 import b64encode
from datetime import UTC, datetime, timedelta
from urllib.parse import parse_qsl

import pytest
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

from optoutlang.consent import Channel, DeliveryReport, InboundMessage, ReplyKind, SendReply
from optoutlang.providers import ForgedError, MalformedError, WebhookRequest, make_provider
from optoutlang.providers.telnyx import Telnyx

NOW = datetime(2026, 1, 1, 12, tzinfo=UTC)
PRIVATE = Ed25519PrivateKey.from_private_bytes(b"k" * 32)
PUBLIC = b64encode(PRIVATE.public_key().public_bytes_raw()).decode()
TELNYX = make_provider("telnyx", "telnyx", {"public_key": PUBLIC, "api_key": "KEY1"})
# The form of https://developers.telnyx.com/api-reference/callbacks/inbound-message.
RECEIVED = {
    "record_type": "message",
    "direction": "inbound",
    "id": "7ee4241c",
    "type": "MMS",
    "messaging_profile_id": "0f512bda",
    "from": {"phone_number": "+18665550001", "carrier": "T-MOBILE USA, INC."},
    "to": [{"phone_number": "+18445550001", "status": "webhook_delivered"}],
    "text": "Hello, World!",
    "media": [{"url": "https://media.example/1.png", "content_type": "image/png"}],
    "received_at": "2026-01-01T11:59:58.574Z",
}
SENT = {
    "record_type": "message",
    "direction": "outbound",
    "id": "aa1",
    "type": "SMS",
    "from": {"phone_number": "+18445550001"},
    "to": [{"phone_number": "+18665550001", "status": "sending_failed"}],
    "errors": [{"code": "40300", "title": "Blocked due to STOP message"}],
}


def request(kind: str, payload: object, *, at: datetime = NOW) -> WebhookRequest:
    body = json.dumps({"data": {"event_type": kind, "payload": payload}}).encode()
    return signed(body, at=at)


def signed(body: bytes, *, at: datetime = NOW) -> WebhookRequest:
    timestamp = str(int(at.timestamp()))
    signature = b64encode(PRIVATE.sign(timestamp.encode() + b"|" + body)).decode()
    headers = {"telnyx-signature-ed25519": signature, "telnyx-timestamp": timestamp}
    return WebhookRequest(
        method="POST", url="https://a.example/", headers=headers, body=body, at=NOW
    )


def test_a_signed_event_is_accepted() -> None:
    TELNYX.verify(request("message.received", RECEIVED))


@pytest.mark.parametrize("minutes", [-6, 6])
def test_an_old_signature_is_refused(minutes: int) -> None:
    with pytest.raises(ForgedError, match="too old"):
        TELNYX.verify(request("message.received", RECEIVED, at=NOW + timedelta(minutes=minutes)))


@pytest.mark.parametrize("bit", range(0, 512, 37))
def test_a_changed_signature_is_refused(bit: int) -> None:
    sent = request("message.received", RECEIVED)
    raw = bytearray(PRIVATE.sign(b""))
    raw[bit // 8] ^= 1 << bit % 8
    headers = {**sent.headers, "telnyx-signature-ed25519": b64encode(bytes(raw)).decode()}
    with pytest.raises(ForgedError):
        TELNYX.verify(
            WebhookRequest(method="POST", url="", headers=headers, body=sent.body, at=NOW)
        )


def test_a_changed_body_or_time_and_no_signature_are_refused() -> None:
    sent = request("message.received", RECEIVED)
    for headers, body in (
        (sent.headers, sent.body + b" "),
        ({**sent.headers, "telnyx-timestamp": str(int(NOW.timestamp()) + 1)}, sent.body),
        ({**sent.headers, "telnyx-signature-ed25519": "not base64"}, sent.body),
        ({**sent.headers, "telnyx-timestamp": "²"}, sent.body),
        ({}, sent.body),
    ):
        with pytest.raises(ForgedError):
            TELNYX.verify(WebhookRequest(method="POST", url="", headers=headers, body=body, at=NOW))


def test_a_received_message_has_its_own_time_and_the_names_that_applications_know() -> None:
    event = TELNYX.message(request("message.received", RECEIVED)).event
    assert isinstance(event, InboundMessage)
    assert (event.id, event.recipient, event.sender) == ("7ee4241c", "+18665550001", "+18445550001")
    assert (event.channel, event.text, event.media) == (Channel.MMS, "Hello, World!", 1)
    assert event.at == datetime(2026, 1, 1, 11, 59, 58, 574000, tzinfo=UTC)
    names = dict(parse_qsl(event.form))
    assert names["MediaUrl0"] == "https://media.example/1.png"
    assert names["From"] == "+18665550001"


def test_a_button_comes_with_its_payload() -> None:
    event = TELNYX.message(request("message.received", {**RECEIVED, "payload": "OptOut_All"})).event
    assert isinstance(event, InboundMessage)
    assert event.payload == "OptOut_All"
    assert dict(parse_qsl(event.form))["ButtonPayload"] == "OptOut_All"
    odd = TELNYX.message(request("message.received", {**RECEIVED, "payload": {"a": 1}})).event
    assert isinstance(odd, InboundMessage)
    assert odd.payload is None


def test_a_failed_message_that_was_blocked_is_an_opt_out() -> None:
    event = TELNYX.report(request("message.finalized", SENT)).event
    assert event == DeliveryReport(
        id="aa1",
        status="sending_failed",
        recipient="+18665550001",
        sender="+18445550001",
        channel=Channel.SMS,
        at=NOW,
        error=21610,
    )


@pytest.mark.parametrize(
    ("errors", "code"),
    [([], None), ([{"code": "40008"}], 40008), ([{"code": "x"}], None), (None, None)],
)
def test_other_errors_are_no_opt_out(errors: object, code: int | None) -> None:
    event = TELNYX.message(request("message.finalized", {**SENT, "errors": errors})).event
    assert isinstance(event, DeliveryReport)
    assert event.error == code


def test_an_event_of_another_kind_says_nothing() -> None:
    assert TELNYX.message(request("10dlc.campaign.update", {})).event is None


@pytest.mark.parametrize(
    "body",
    [
        b"",
        b"[]",
        b"{}",
        b"[" * 100_000,
        b'{"data": {"event_type": 5}}',
        b'{"data": {"event_type": "message.received"}}',
        b'{"data": {"event_type": "message.received", "payload": {"id": "1", "from": "x"}}}',
        json.dumps(
            {"data": {"event_type": "message.received", "payload": {**RECEIVED, "type": "fax"}}}
        ).encode(),
        json.dumps(
            {
                "data": {
                    "event_type": "message.received",
                    "payload": {**RECEIVED, "received_at": "soon"},
                }
            }
        ).encode(),
    ],
    ids=range(9),
)
def test_a_signed_body_that_is_no_event_is_malformed(body: bytes) -> None:
    sent = signed(body)
    TELNYX.verify(sent)
    with pytest.raises(MalformedError):
        TELNYX.message(sent)


def test_a_reply_goes_by_the_api_and_not_in_the_answer() -> None:
    reply = SendReply(
        recipient="+18665550001",
        sender="+18445550001",
        channel=Channel.SMS,
        kind=ReplyKind.HELP,
        text="Hi",
    )
    assert TELNYX.answer(reply).body == b"{}"
    found = TELNYX.outgoing(reply)
    assert found is not None
    assert found.url == "https://api.telnyx.com/v2/messages"
    assert json.loads(found.body) == {"from": "+18445550001", "to": "+18665550001", "text": "Hi"}
    assert found.headers["authorization"] == "Bearer KEY1"
    assert Telnyx(name="t", key=PRIVATE.public_key()).outgoing(reply) is None


@pytest.mark.parametrize("key", ["", "short", "é", PUBLIC[:-4]])
def test_a_key_that_is_none_is_refused(key: str) -> None:
    with pytest.raises(ValueError, match="32 bytes in base64"):
        make_provider("telnyx", "telnyx", {"public_key": key})
