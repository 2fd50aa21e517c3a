"""Twilio's webhooks, end to end: uvicorn, SQLite, signatures and TwiML of the provider's own package."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path
from urllib.parse import urlencode
from xml.etree import ElementTree as ET

import pytest
from twilio.request_validator import RequestValidator
from twilio.twiml.messaging_response import MessagingResponse

from optoutlang.consent import Channel, InboundMessage, Ledger
from tests.interfaces.gateway.running import (
    KEYS,
    MAIN,
    OURS,
    PERSON,
    PUBLIC,
    SERVICE,
    TOKEN,
    Running,
    message,
    running,
    settings_of,
)

WHATSAPP = """
[[service.sender]]
address = "whatsapp:+13125550100"
kind = "whatsapp"
"""
GOODBYE = "SMS: you are unsubscribed and will receive no more messages. Reply START to resubscribe."


@pytest.fixture
def place(tmp_path: Path) -> Iterator[Running]:
    with running(settings_of(MAIN + KEYS + SERVICE + WHATSAPP, tmp_path)) as found:
        yield found


def twiml(text: str | None) -> str:
    """Return what the provider's own package writes."""
    response = MessagingResponse()
    if text is not None:
        response.message(text)
    return ET.canonicalize(response.to_xml())


def canonical(text: str) -> str:
    return ET.canonicalize(text)


def test_stop_is_answered_recorded_and_obeyed(place: Running) -> None:
    assert place.may_send()
    answer = place.text("Stop!")
    assert (answer.status_code, answer.headers["content-type"]) == (200, "text/xml; charset=utf-8")
    assert canonical(answer.text) == twiml(GOODBYE)
    assert not place.may_send()
    answer = place.text("START")
    assert canonical(answer.text) != twiml(None)
    assert place.may_send()


def test_an_ordinary_message_gets_an_empty_answer_and_the_fallback_once_a_window(
    place: Running,
) -> None:
    assert canonical(place.text("what time?").text) == twiml("This number is not read.")
    assert canonical(place.text("hello?").text) == twiml(None)


def test_the_opted_out_never_get_the_fallback(place: Running) -> None:
    place.text("STOP")
    assert canonical(place.text("what time?").text) == twiml(None)


def test_a_message_that_comes_twice_counts_once_and_is_answered_once(place: Running) -> None:
    first, second = place.text("STOP", sid="SMx"), place.text("STOP", sid="SMx")
    assert (canonical(first.text), canonical(second.text)) == (twiml(GOODBYE), twiml(None))
    place.text("START", sid="SMy")
    assert place.text("STOP", sid="SMx").status_code == 200
    assert place.may_send()


def test_a_reply_that_nobody_got_comes_with_the_next_delivery(place: Running) -> None:
    """The process was killed between the commit and the answer: here the answer is left out."""
    stop = message("STOP", "SMx")
    Ledger(place.gateway.engine, place.gateway.store).record(
        InboundMessage(
            id="SMx",
            recipient=PERSON,
            sender=OURS,
            channel=Channel.SMS,
            at=datetime.now(UTC),
            text="STOP",
        )
    )
    answers = [canonical(place.post("/webhooks/twilio", stop).text) for _ in range(2)]
    assert answers == [twiml(GOODBYE), twiml(None)]


def test_what_twilio_answered_is_recorded_and_not_answered_again(place: Running) -> None:
    assert canonical(place.text("STOP", OptOutType="STOP").text) == twiml(None)
    assert not place.may_send()
    assert not [
        each for each in place.gateway.store.outbox() if type(each.effect).__name__ == "SendReply"
    ]


def test_the_country_that_twilio_names_decides_and_else_that_of_the_number(tmp_path: Path) -> None:
    rules = (
        'ruleset trip\nlet brand = "Trip"\ncountry FR {\n  opt-out {\n    keywords ASSEZ\n  }\n}\n'
    )
    (tmp_path / "trip.optout").write_text(rules)
    service = SERVICE.replace('name = "alerts"', 'name = "alerts"\nrules = "trip.optout"')
    with running(settings_of(MAIN + KEYS + service, tmp_path)) as place:
        place.text("ASSEZ", FromCountry="US", From="+33612345678")
        assert place.may_send("+33612345678")
        place.text("ASSEZ", FromCountry="FR")
        assert not place.may_send(PERSON)
        for absent in ("", "absent"):
            place.text("START", FromCountry=absent, From="+33612345678")
            place.text("ASSEZ", FromCountry=absent, From="+33612345678")
            assert not place.may_send("+33612345678")


def test_media_without_words_means_nothing(place: Running) -> None:
    for given in (
        {"Body": "", "NumMedia": "1", "MediaUrl0": "https://m.example/1"},
        {"Body": "absent"},
    ):
        answer = place.text("", **given)
        assert (answer.status_code, canonical(answer.text)) == (200, twiml(None))
    assert place.may_send()


def test_whatsapp_stands_apart(place: Running) -> None:
    place.text("STOP", From=f"whatsapp:{PERSON}", To="whatsapp:+13125550100")
    assert place.may_send()
    asked = {"recipient": PERSON, "sender": "whatsapp:+13125550100", "channel": "whatsapp"}
    answer = place.ask("/v1/may-send", asked).json()
    assert (answer["allowed"], answer["code"]) == (False, 63014)


def test_a_status_callback_that_says_21610_is_an_opt_out(place: Running) -> None:
    assert place.report("sent").status_code == 200
    assert place.may_send()
    answer = place.report("failed", ErrorCode="21610")
    assert (answer.status_code, canonical(answer.text)) == (200, twiml(None))
    assert not place.may_send()


def test_an_unreachable_number_is_no_opt_out(place: Running) -> None:
    place.report("undelivered", ErrorCode="30003")
    assert place.may_send()


def test_a_message_by_get_is_read(place: Running) -> None:
    path = f"/webhooks/twilio?{urlencode(message('STOP', 'SM1'))}"
    signature = RequestValidator(TOKEN).compute_signature(PUBLIC + path, {})
    answer = place.client.get(place.url + path, headers={"x-twilio-signature": signature})
    assert canonical(answer.text) == twiml(GOODBYE)


def forged() -> list[tuple[str, dict[str, str], dict[str, str], str]]:
    """Return requests that must be refused: path, form, headers, and the URL that was signed."""
    stop = message("STOP", "SM1")
    path = "/webhooks/twilio"
    right = RequestValidator(TOKEN).compute_signature(PUBLIC + path, stop)
    return [
        (path, stop, {}, "no signature"),
        (path, stop, {"x-twilio-signature": ""}, "an empty one"),
        (path, stop, {"x-twilio-signature": "AAAA"}, "a wrong one"),
        (path, {**stop, "Body": "START"}, {"x-twilio-signature": right}, "another body"),
        (path, {**stop, "Extra": ""}, {"x-twilio-signature": right}, "a further parameter"),
        (path + "?a=1", stop, {"x-twilio-signature": right}, "a further query"),
        (path + "/status", stop, {"x-twilio-signature": right}, "another path"),
        (
            path,
            stop,
            {"x-twilio-signature": RequestValidator("x").compute_signature(PUBLIC + path, stop)},
            "another account's token",
        ),
        (
            path,
            stop,
            {
                "x-twilio-signature": RequestValidator(TOKEN).compute_signature(
                    f"https://evil.example{path}", stop
                ),
                "x-forwarded-host": "evil.example",
                "host": "evil.example",
            },
            "another host, forwarded by anybody",
        ),
        (
            path,
            stop,
            {
                "x-twilio-signature": RequestValidator(TOKEN).compute_signature(
                    f"http://sms.example.com{path}", stop
                ),
                "x-forwarded-proto": "http",
            },
            "another scheme",
        ),
    ]


@pytest.mark.parametrize(
    ("path", "form", "headers", "_why"), forged(), ids=[each[3] for each in forged()]
)
def test_a_forged_request_is_refused_and_stores_nothing(
    place: Running, path: str, form: dict[str, str], headers: dict[str, str], _why: str
) -> None:
    before = place.gateway.store.stats()
    answer = place.client.post(place.url + path, data=form, headers=headers)
    assert answer.status_code == 403
    assert "detail" in answer.json()
    assert place.gateway.store.stats() == before
    assert place.may_send()


@pytest.mark.parametrize("signed", [f"{PUBLIC}:443", PUBLIC])
def test_the_signed_url_may_have_its_port(place: Running, signed: str) -> None:
    stop = message("STOP", "SM1")
    signature = RequestValidator(TOKEN).compute_signature(f"{signed}/webhooks/twilio", stop)
    answer = place.client.post(
        f"{place.url}/webhooks/twilio", data=stop, headers={"x-twilio-signature": signature}
    )
    assert answer.status_code == 200


def test_another_port_than_the_standard_one_is_accepted_with_and_without(tmp_path: Path) -> None:
    text = MAIN.replace(PUBLIC, f"{PUBLIC}:4433")
    with running(settings_of(text + KEYS + SERVICE, tmp_path)) as place:
        for sid, host in (("SM1", PUBLIC), ("SM2", f"{PUBLIC}:4433")):
            stop = message("STOP", sid)
            signature = RequestValidator(TOKEN).compute_signature(f"{host}/webhooks/twilio", stop)
            answer = place.client.post(
                f"{place.url}/webhooks/twilio", data=stop, headers={"x-twilio-signature": signature}
            )
            assert answer.status_code == 200


def test_plain_http_comes_from_a_listed_proxy_alone(tmp_path: Path) -> None:
    text = MAIN.replace("[store]", 'trusted_proxies = ["192.0.2.1"]\n[store]')
    with running(settings_of(text + KEYS + SERVICE, tmp_path)) as place:
        answer = place.text("STOP")
        assert (answer.status_code, answer.json()["detail"]) == (
            403,
            "plain HTTP comes from a trusted proxy alone",
        )
        assert place.may_send()


@pytest.mark.parametrize(
    ("given", "status"),
    [
        ({"To": "+19995550100"}, 404),
        ({"AccountSid": "AC2"}, 400),
        ({"MessageSid": "absent", "SmsSid": "absent", "SmsMessageSid": "absent"}, 400),
        ({"From": "messenger:1"}, 400),
        ({"To": "whatsapp:+13125550100"}, 404),
    ],
    ids=[
        "another's number",
        "another account",
        "no id",
        "a channel that we have not",
        "a channel that it has not",
    ],
)
def test_a_signed_request_that_is_not_for_us_stores_nothing(
    place: Running, given: dict[str, str], status: int
) -> None:
    before = place.gateway.store.stats()
    answer = place.text("STOP", **given)
    assert answer.status_code == status
    assert place.gateway.store.stats() == before


@pytest.mark.parametrize(
    ("path", "status"), [("/webhooks/telnyx", 404), ("/webhooks", 404), ("/", 404)]
)
def test_there_is_nothing_elsewhere(place: Running, path: str, status: int) -> None:
    answer = place.client.post(place.url + path)
    assert answer.status_code == status
    assert answer.headers["content-type"] == "application/problem+json"


def test_every_answer_carries_a_request_id_and_headers_of_caution(place: Running) -> None:
    for answer in (
        place.text("hi"),
        place.client.get(place.url + "/nothing"),
        place.get("/healthz"),
    ):
        assert len(answer.headers["x-request-id"]) == 24
        assert answer.headers["x-content-type-options"] == "nosniff"
        assert answer.headers["cache-control"] == "no-store"
        assert answer.headers["strict-transport-security"] == "max-age=31536000"
        assert "server" not in answer.headers
    named = place.client.get(place.url + "/healthz", headers={"x-request-id": "proxy-0001"})
    assert named.headers["x-request-id"] == "proxy-0001"
    wrong = place.client.get(place.url + "/healthz", headers={"x-request-id": "<script>"})
    assert wrong.headers["x-request-id"] != "<script>"
