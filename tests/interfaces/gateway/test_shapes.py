"""Twilio's webhooks in every documented shape, signed by its own package: handed on whole, and obeyed."""

from __future__ import annotations

import tomllib
from pathlib import Path
from typing import Any, cast
from urllib.parse import parse_qsl, urlencode

import pytest
from starlette.datastructures import ImmutableMultiDict
from twilio.request_validator import RequestValidator

from tests.interfaces.gateway.running import (
    KEYS,
    MAIN,
    OURS,
    PERSON,
    PUBLIC,
    SERVICE,
    TOKEN,
    Receiver,
    Running,
    running,
    served,
    settings_of,
)

SHAPES = tomllib.loads(Path(__file__).with_name("shapes.toml").read_text(encoding="utf-8"))
RULES = 'ruleset acme\nlet brand = "Acme"\nopt-out { buttons "OptOut_All" }\n'
APPLICATION = '\n[application]\nurl = "{url}/sms"\nsecret_env = "APPLICATION_SECRET"\n'
WHATSAPP = f'\n[[service.sender]]\naddress = "whatsapp:{OURS}"\nkind = "whatsapp"\n'
SENDERS = {"sms": OURS, "mms": OURS, "whatsapp": f"whatsapp:{OURS}"}

Shape = dict[str, Any]


def play(tmp_path: Path, url: str) -> str:
    (tmp_path / "acme.optout").write_text(RULES)
    service = SERVICE.replace('name = "alerts"', 'name = "alerts"\nrules = "acme.optout"')
    return MAIN + KEYS + service + WHATSAPP + APPLICATION.format(url=url)


def post(place: Running, path: str, parameters: list[list[str]]) -> int:
    """Post parameters in their order, as they stand, and return the answer's status."""
    pairs = [(name, value) for name, value in parameters]
    form = cast(
        "dict[str, str]", ImmutableMultiDict(pairs)
    )  # the package asks it for all values of a name
    signature = RequestValidator(TOKEN).compute_signature(PUBLIC + path, form)
    answer = place.client.post(
        place.url + path,
        content=urlencode(pairs),
        headers={
            "x-twilio-signature": signature,
            "content-type": "application/x-www-form-urlencoded",
        },
    )
    return answer.status_code


def blocked(place: Running) -> list[str]:
    found = []
    for channel, sender in SENDERS.items():
        body = {"recipient": PERSON, "sender": sender, "channel": channel}
        if not place.ask("/v1/may-send", body).json()["allowed"]:
            found.append(channel)
    return found


@pytest.mark.parametrize("shape", SHAPES["message"], ids=lambda shape: str(shape["name"]))
def test_a_message_is_handed_on_whole_and_obeyed(shape: Shape, tmp_path: Path) -> None:
    receiver = Receiver()
    with served(receiver.app) as url, running(settings_of(play(tmp_path, url), tmp_path)) as place:
        assert post(place, "/webhooks/twilio", shape["parameters"]) == 200
        [got] = receiver.wait(1)
        assert blocked(place) == shape["blocked"]

    given = [(name, value) for name, value in shape["parameters"] if name != "OptOutType"]
    handed_on = parse_qsl(got.body.decode(), keep_blank_values=True)
    assert [each for each in handed_on if not each[0].startswith("OptOut")] == given
    assert got.form.get("OptOutType") == cast("str | None", shape.get("type"))


@pytest.mark.parametrize("shape", SHAPES["report"], ids=lambda shape: str(shape["name"]))
def test_a_report_is_taken_and_obeyed(shape: Shape, tmp_path: Path) -> None:
    with running(settings_of(play(tmp_path, "http://127.0.0.1:9"), tmp_path)) as place:
        assert post(place, "/webhooks/twilio/status", shape["parameters"]) == 200
        assert blocked(place) == shape["blocked"]
