"""Telnyx and the plain webhook, end to end: their signatures, their answers, and replies that go by an API."""

from __future__ import annotations

import json
import time
from base64 import b64encode
from collections.abc import Callable, Iterator
from pathlib import Path

import httpx
import pytest
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

from optoutlang.interfaces.gateway.settings import Settings, read_settings
from optoutlang.providers.hmac_signature import signature
from tests.interfaces.gateway.running import (
    ENVIRONMENT,
    KEYS,
    MAIN,
    OURS,
    PERSON,
    SECRET,
    Receiver,
    Running,
    running,
    served,
)

PRIVATE = Ed25519PrivateKey.from_private_bytes(b"k" * 32)
PUBLIC = b64encode(PRIVATE.public_key().public_bytes_raw()).decode()
SHOP = "+13125550111"
MORE = f"""
[provider.telnyx]
public_key = "{PUBLIC}"
api_key_env = "TELNYX_API_KEY"
api = "{{url}}"

[provider.shop]
kind = "plain"
secret_env = "PLAIN_SECRET"

[[service]]
name = "alerts"
[[service.sender]]
address = "{OURS}"
kind = "long code"
provider = "telnyx"
[[service.sender]]
address = "{SHOP}"
kind = "long code"
provider = "shop"
"""


def settings_of(folder: Path, url: str) -> Settings:
    text = MAIN + KEYS + MORE.format(url=url)
    environment = {**ENVIRONMENT, "TELNYX_API_KEY": "KEY1"}
    settings = read_settings(text, path=folder / "gateway.toml", environment=environment).settings
    assert settings is not None
    return settings


@pytest.fixture
def api() -> Receiver:
    return Receiver()


@pytest.fixture
def place(api: Receiver, tmp_path: Path) -> Iterator[Running]:
    with served(api.app) as url, running(settings_of(tmp_path, url)) as found:
        yield found


def telnyx(
    place: Running, text: str, name: str = "t1", *, key: Ed25519PrivateKey = PRIVATE
) -> httpx.Response:
    """Let a person text by Telnyx."""
    payload = {
        "id": name,
        "type": "SMS",
        "from": {"phone_number": PERSON},
        "to": [{"phone_number": OURS}],
        "text": text,
        "media": [],
    }
    body = json.dumps({"data": {"event_type": "message.received", "payload": payload}}).encode()
    timestamp = str(int(time.time()))
    signed = b64encode(key.sign(timestamp.encode() + b"|" + body)).decode()
    headers = {"telnyx-signature-ed25519": signed, "telnyx-timestamp": timestamp}
    return place.client.post(f"{place.url}/webhooks/telnyx", content=body, headers=headers)


def plain(
    place: Running, data: object, path: str = "/webhooks/shop", *, secret: str = SECRET
) -> httpx.Response:
    """Let the shop hand a message on."""
    body, timestamp = json.dumps(data).encode(), str(int(time.time()))
    signed = signature(secret.encode(), timestamp, body)
    headers = {"x-optout-signature": signed, "x-optout-timestamp": timestamp}
    return place.client.post(place.url + path, content=body, headers=headers)


def until(true: Callable[[], object]) -> None:
    """Ask again and again until something holds."""
    end = time.monotonic() + 60
    while not true():
        assert time.monotonic() < end


def test_a_stop_by_telnyx_is_recorded_and_answered_by_its_api(
    place: Running, api: Receiver
) -> None:
    answer = telnyx(place, "STOP")
    assert (answer.status_code, answer.json()) == (200, {})
    assert not place.may_send()
    [sent] = api.wait(1)
    assert sent.headers["authorization"] == "Bearer KEY1"
    assert json.loads(sent.body)["to"] == PERSON
    telnyx(place, "STOP")
    until(lambda: place.gateway.queue.counts() == (0, 0))
    assert len(api.requests) == 1


def test_a_forged_event_is_refused(place: Running) -> None:
    other = Ed25519PrivateKey.from_private_bytes(b"x" * 32)
    assert telnyx(place, "STOP", key=other).status_code == 403
    assert place.may_send()


def test_a_reply_that_is_refused_for_now_is_sent_later(place: Running, api: Receiver) -> None:
    statuses = iter((429, 200))
    api.answers = lambda _: next(statuses)
    telnyx(place, "STOP")
    api.wait(2)
    until(lambda: place.gateway.queue.counts() == (0, 0))


@pytest.mark.parametrize("status", [400, 500])
def test_a_reply_of_which_nobody_knows_is_a_dead_letter_and_not_sent_twice(
    place: Running, api: Receiver, status: int
) -> None:
    api.answers = lambda _: status
    telnyx(place, "STOP")
    api.wait(1)
    until(lambda: place.gateway.queue.counts() == (1, 1))
    [letter] = place.gateway.queue.dead_letters()
    assert letter.error == f"the provider answered {status}"
    assert len(api.requests) == 1


def test_a_plain_webhook_is_recorded_and_answered(place: Running) -> None:
    stop = {"id": "1", "from": PERSON, "to": SHOP, "text": "STOP"}
    answer = plain(place, stop)
    assert answer.json()["reply"]["kind"] == "opt-out"
    assert plain(place, stop).json() == {"reply": None}
    assert not place.may_send(sender=SHOP)
    assert plain(place, stop, secret="another").status_code == 403  # noqa: S106 - a test's


def test_a_plain_report_is_recorded(place: Running) -> None:
    report = {"id": "1", "status": "failed", "error": 21610, "from": SHOP, "to": PERSON}
    assert plain(place, report, "/webhooks/shop/status").status_code == 200
    assert not place.may_send(sender=SHOP)


@pytest.mark.parametrize(
    "data", [[], {"id": "1"}, {"id": "1", "from": PERSON, "to": SHOP, "channel": "fax"}]
)
def test_a_signed_body_that_is_no_message_is_refused(place: Running, data: object) -> None:
    assert plain(place, data).status_code == 400


def test_a_provider_speaks_for_its_own_senders_alone(place: Running) -> None:
    stop = {"id": "1", "from": PERSON, "to": OURS, "text": "STOP"}  # a sender of Telnyx
    assert plain(place, stop).status_code == 404
    assert place.may_send()
