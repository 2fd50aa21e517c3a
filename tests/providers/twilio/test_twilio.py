"""Twilio's webhooks: published signatures, the provider's own package as a peer, and what parameters mean."""

from __future__ import annotations

import tomllib
from datetime import UTC, datetime
from pathlib import Path
from typing import cast
from urllib.parse import urlencode
from xml.etree import ElementTree as ET

import pytest
from hypothesis import given
from hypothesis import strategies as st
from twilio.request_validator import RequestValidator
from twilio.twiml.messaging_response import MessagingResponse

from optoutlang.consent import Channel, DeliveryReport, InboundMessage, ReplyKind, SendReply
from optoutlang.providers import ForgedError, MalformedError, WebhookRequest
from optoutlang.providers.twilio import Twilio
from optoutlang.providers.twilio.signature import is_digest, is_signed, signature, spellings
from optoutlang.providers.twilio.twiml import twiml

NOW = datetime(2026, 1, 1, tzinfo=UTC)
URL = "https://sms.example.com/webhooks/twilio"
TOKEN = "12345"  # noqa: S105 - the one of the published vectors
VECTORS = tomllib.loads((Path(__file__).parent / "vectors.toml").read_text())["signed"]
TWILIO = Twilio(name="twilio", token=TOKEN, account="AC1")
MESSAGE = {
    "MessageSid": "SM1",
    "AccountSid": "AC1",
    "From": "+15145550123",
    "To": "+13125550100",
    "Body": "Stop é & <b>",
    "NumMedia": "0",
    "FromCountry": "CA",
}

texts = st.text(st.characters(exclude_categories=["Cs"]), max_size=12)


def request(
    form: dict[str, str], *, url: str = URL, signed: str | None = None, media_type: str = "form"
) -> WebhookRequest:
    if signed is None:
        signed = RequestValidator(TOKEN).compute_signature(url, form)
    kind = "application/x-www-form-urlencoded" if media_type == "form" else media_type
    return WebhookRequest(
        method="POST",
        url=url,
        headers={"x-twilio-signature": signed, "content-type": kind},
        body=urlencode(form).encode(),
        at=NOW,
    )


@pytest.mark.parametrize("vector", VECTORS, ids=["first", "other caller", "json body"])
def test_a_published_signature_is_computed_and_accepted(vector: dict[str, object]) -> None:
    url, token = str(vector["url"]), str(vector["token"])
    form = tuple(cast("dict[str, str]", vector["parameters"]).items())
    assert signature(token, url, form) == vector["signature"]
    assert is_signed(token, str(vector["signature"]), url, form)
    assert not is_signed(token, str(vector["signature"]), url + "x", form)
    assert not is_signed("other", str(vector["signature"]), url, form)


def test_a_json_body_is_bound_by_its_digest() -> None:
    vector = VECTORS[2]
    body = str(vector["body"]).encode()
    told = {"x-twilio-signature": vector["signature"], "content-type": "application/json"}
    sent = WebhookRequest(method="POST", url=vector["url"], headers=told, body=body, at=NOW)
    TWILIO.verify(sent)
    other = WebhookRequest(method="POST", url=vector["url"], headers=told, body=body + b" ", at=NOW)
    with pytest.raises(ForgedError, match="bodySHA256"):
        TWILIO.verify(other)
    assert not is_digest("é", body)


class Form(dict[str, list[str]]):
    """A form as web frameworks give it to the package: a name may have several values."""

    def getall(self, name: str) -> list[str]:
        return self[name]


@given(st.dictionaries(texts, st.lists(texts, min_size=1, max_size=3), max_size=4))
def test_signatures_are_those_of_the_providers_own_package(form: dict[str, list[str]]) -> None:
    pairs = [(name, value) for name, values in form.items() for value in values]
    assert signature(TOKEN, URL, pairs) == RequestValidator(TOKEN).compute_signature(
        URL, Form(form)
    )


@pytest.mark.parametrize(
    ("called", "signed"),
    [
        ("https://a.example/x?y=1", "https://a.example:443/x?y=1"),
        ("http://a.example/x", "http://a.example:80/x"),
        ("https://a.example:4433/x", "https://a.example/x"),
        ("https://a.example:4433/x", "https://a.example:4433/x"),
    ],
)
def test_the_signature_may_have_the_port_or_not(called: str, signed: str) -> None:
    assert signed in spellings(called)
    given_signature = RequestValidator(TOKEN).compute_signature(signed, MESSAGE)
    TWILIO.verify(request(MESSAGE, url=called, signed=given_signature))


@pytest.mark.parametrize(
    "wrong",
    ["", "é", "RSOYDt4T1cUTdK1PDd93/VVr8B8=", "A" * 5000],
    ids=["empty", "not ascii", "another's", "long"],
)
def test_a_wrong_signature_is_refused(wrong: str) -> None:
    with pytest.raises(ForgedError):
        TWILIO.verify(request(MESSAGE, signed=wrong))


def test_a_request_without_a_signature_is_refused() -> None:
    sent = WebhookRequest(method="POST", url=URL, headers={}, body=b"Body=STOP", at=NOW)
    with pytest.raises(ForgedError, match="no X-Twilio-Signature"):
        TWILIO.verify(sent)


@pytest.mark.parametrize("name", sorted(MESSAGE))
def test_a_signature_covers_every_parameter(name: str) -> None:
    changed = {**MESSAGE, name: MESSAGE[name] + "x"}
    signed = RequestValidator(TOKEN).compute_signature(URL, MESSAGE)
    with pytest.raises(ForgedError):
        TWILIO.verify(request(changed, signed=signed))


def test_an_account_without_its_token_cannot_be_made() -> None:
    with pytest.raises(ValueError, match="auth token"):
        Twilio(name="twilio", token="")


def test_a_message_is_what_its_parameters_say() -> None:
    found = TWILIO.message(request(MESSAGE))
    assert found.event == InboundMessage(
        id="SM1",
        recipient="+15145550123",
        sender="+13125550100",
        channel=Channel.SMS,
        at=NOW,
        text="Stop é & <b>",
        country="CA",
        form=urlencode(MESSAGE),
    )
    assert not found.is_answered


def test_a_message_by_get_is_read_from_the_query() -> None:
    url = f"{URL}?{urlencode(MESSAGE)}"
    signed = RequestValidator(TOKEN).compute_signature(url, {})
    sent = WebhookRequest(
        method="GET", url=url, headers={"x-twilio-signature": signed}, body=b"", at=NOW
    )
    TWILIO.verify(sent)
    assert TWILIO.message(sent).event == TWILIO.message(request(MESSAGE)).event


@pytest.mark.parametrize(
    ("change", "channel", "recipient", "media", "country"),
    [
        (
            {"From": "whatsapp:+15145550123", "To": "whatsapp:+13125550100"},
            "whatsapp",
            "+15145550123",
            0,
            "CA",
        ),
        ({"From": "rcs:+15145550123", "To": "rcs:acme"}, "rcs", "+15145550123", 0, "CA"),
        ({"NumMedia": "1", "Body": ""}, "mms", "+15145550123", 1, "CA"),
        ({"FromCountry": ""}, "sms", "+15145550123", 0, "CA"),
        ({"FromCountry": "", "From": "+447400123456"}, "sms", "+447400123456", 0, "GB"),
        ({"FromCountry": "", "From": "12345"}, "sms", "12345", 0, None),
    ],
    ids=["whatsapp", "rcs", "mms", "country of the number", "another country", "no country"],
)
def test_channel_and_country_come_from_the_parameters_or_the_number(
    change: dict[str, str], channel: str, recipient: str, media: int, country: str | None
) -> None:
    event = TWILIO.message(request({**MESSAGE, **change})).event
    assert isinstance(event, InboundMessage)
    found = (event.channel.value, event.recipient, event.media, event.country)
    assert found == (channel, recipient, media, country)


def test_no_body_at_all_is_an_empty_text() -> None:
    event = TWILIO.message(
        request({k: v for k, v in MESSAGE.items() if k not in {"Body", "NumMedia"}})
    ).event
    assert isinstance(event, InboundMessage)
    assert (event.text, event.media) == ("", 0)


def test_an_opt_out_type_says_that_twilio_answered() -> None:
    assert TWILIO.message(request({**MESSAGE, "OptOutType": "STOP"})).is_answered


@pytest.mark.parametrize(
    "change",
    [
        {"MessageSid": ""},
        {"From": ""},
        {"To": " "},
        {"From": "messenger:1"},
        {"NumMedia": "many"},
        {"NumMedia": "99999"},
        {"AccountSid": "AC2"},
    ],
)
def test_a_signed_request_that_is_no_message_is_malformed(change: dict[str, str]) -> None:
    with pytest.raises(MalformedError):
        TWILIO.message(request({**MESSAGE, **change}))


REPORT = {
    "MessageSid": "SM1",
    "MessageStatus": "failed",
    "ErrorCode": "21610",
    "To": "whatsapp:+15145550123",
    "From": "+13125550100",
}


def test_a_report_is_what_its_parameters_say() -> None:
    assert TWILIO.report(request(REPORT)).event == DeliveryReport(
        id="SM1",
        status="failed",
        recipient="+15145550123",
        sender="+13125550100",
        channel=Channel.WHATSAPP,
        at=NOW,
        error=21610,
    )


def test_a_report_without_a_sender_names_the_service() -> None:
    event = TWILIO.report(request({**REPORT, "From": "", "MessagingServiceSid": "MG1"})).event
    assert isinstance(event, DeliveryReport)
    assert event.sender == "MG1"


@pytest.mark.parametrize(
    "change", [{"MessageStatus": ""}, {"ErrorCode": "x"}, {"To": ""}, {"From": ""}]
)
def test_a_signed_request_that_is_no_report_is_malformed(change: dict[str, str]) -> None:
    with pytest.raises(MalformedError):
        TWILIO.report(request({**REPORT, **change}))


@given(st.text(st.characters(exclude_categories=["Cs", "Cc"])))
def test_twiml_parses_to_what_the_providers_own_package_writes(text: str) -> None:
    text = text.replace("\ufffe", "").replace("\uffff", "")
    peer = MessagingResponse()
    peer.message(text)
    assert canonical(twiml(text)) == canonical(peer.to_xml().encode())


def test_no_reply_is_an_empty_response_as_the_package_writes_it() -> None:
    assert canonical(twiml(None)) == canonical(MessagingResponse().to_xml().encode())


@given(st.text())
def test_twiml_is_xml_whatever_the_text(text: str) -> None:
    found = ET.fromstring(twiml(text)).findtext("Message")  # noqa: S314 - our own
    assert found is not None


def test_a_line_break_and_a_tab_stay() -> None:
    assert ET.fromstring(twiml("a\r\n\tb\x00")).findtext("Message") == "a\r\n\tb"  # noqa: S314 - our own


def canonical(document: bytes) -> str:
    return ET.canonicalize(document.decode())


def test_a_reply_by_the_api_is_a_form_with_the_accounts_credentials() -> None:
    reply = SendReply(
        recipient="+15145550123",
        sender="whatsapp:+13125550100",
        channel=Channel.WHATSAPP,
        kind=ReplyKind.OPT_OUT,
        text="Bye & é",
    )
    found = TWILIO.outgoing(reply)
    assert found is not None
    assert found.url == "https://api.twilio.com/2010-04-01/Accounts/AC1/Messages.json"
    assert (
        found.body
        == b"To=whatsapp%3A%2B15145550123&From=whatsapp%3A%2B13125550100&Body=Bye+%26+%C3%A9"
    )
    assert found.headers["authorization"] == "Basic QUMxOjEyMzQ1"
    assert "QUMx" not in repr(found)
    assert Twilio(name="t", token="t").outgoing(reply) is None  # noqa: S106 - a test's
