"""Values go into JSON and back; what is none of them is an error that says what was expected."""

from __future__ import annotations

import json
from datetime import UTC, datetime, timedelta, timezone

import pytest

from optoutlang.consent import AuditRecord, Channel, InboundMessage
from optoutlang.consent.engine.wire import Json, WireError, decode, decode_any, encode

EVENT = InboundMessage(
    id="m",
    recipient="R",
    sender="A",
    channel=Channel.SMS,
    at=datetime(2026, 1, 1, 2, tzinfo=timezone(timedelta(hours=2))),
    text="Stop 🛑",
)
DATA: dict[str, Json] = {
    "type": "InboundMessage",
    "id": "m",
    "recipient": "R",
    "sender": "A",
    "channel": "sms",
    "at": "2026-01-01T00:00:00+00:00",
    "text": "Stop 🛑",
}


def test_an_event_is_plain_json_with_its_time_in_utc() -> None:
    assert encode(EVENT) == DATA


def test_json_becomes_the_event_again() -> None:
    again = decode(InboundMessage, json.loads(json.dumps(encode(EVENT))))
    assert again == EVENT
    assert again.at.tzinfo is UTC


WRONG: dict[str, tuple[Json, str]] = {
    "no object": ("STOP", "an object that names one of the engine's types"),
    "no type": ({}, "an object that names one of the engine's types"),
    "an unknown type": ({"type": "Matcher"}, "an object that names one of the engine's types"),
    "a member too many": (DATA | {"body": "STOP"}, "a `InboundMessage` has no `body`"),
    "a member too few": ({"type": "InboundMessage"}, "no `InboundMessage`"),
    "a wrong channel": (DATA | {"channel": "fax"}, "no `Channel`: `fax`"),
    "a wrong time": (DATA | {"at": "noon"}, "no time: `noon`"),
    "a time without a zone": (DATA | {"at": "2026-01-01T00:00:00"}, "a time needs a zone"),
    "a text that is none": (DATA | {"text": 7}, "a value that does not fit: `7`"),
    "a flag for a number": (DATA | {"media": True}, "a value that does not fit"),
    "an empty id": (DATA | {"id": ""}, "an event needs an id"),
    "a list that is none": (
        {"type": "Selection", "events": "m"},
        "a list was expected",
    ),
}


@pytest.mark.parametrize("name", WRONG)
def test_what_is_no_value_is_refused_with_its_reason(name: str) -> None:
    data, reason = WRONG[name]
    with pytest.raises(WireError, match=reason):
        decode_any(data)


def test_another_value_than_was_asked_for_is_refused() -> None:
    with pytest.raises(WireError, match="an object of the type `AuditRecord` was expected"):
        decode(AuditRecord, DATA)


def test_what_is_none_of_the_engines_values_is_not_written() -> None:
    with pytest.raises(WireError, match="no value of the engine: `object`"):
        encode(object())
