"""Requests that mean harm: nothing is stored by them, nobody else waits for them, and the log stays whole."""

from __future__ import annotations

import json
import socket
from collections.abc import Iterator
from contextlib import suppress
from dataclasses import replace
from pathlib import Path
from urllib.parse import urlencode

import pytest

from optoutlang.interfaces.gateway.log import mask
from optoutlang.interfaces.gateway.web.protocol import BoundedProtocol
from tests.interfaces.gateway.running import (
    AUTHORIZED,
    KEYS,
    MAIN,
    OURS,
    PERSON,
    SERVICE,
    Running,
    message,
    running,
    settings_of,
)


@pytest.fixture
def place(tmp_path: Path) -> Iterator[Running]:
    settings = settings_of(MAIN + KEYS + SERVICE, tmp_path)
    short = replace(settings, server=replace(settings.server, body_seconds=0.3))
    with running(short) as found:
        yield found
        assert found.client.get(found.url + "/readyz").status_code == 200


def talk(place: Running, *pieces: bytes, ends: bool = False) -> bytes:
    """Send bytes as they are; return all that comes until the server closes or has answered."""
    port = int(place.url.rpartition(":")[2])
    with socket.create_connection(("127.0.0.1", port), timeout=20) as one:
        found = b""
        with suppress(OSError):  # the server may have closed already
            for piece in pieces:
                one.sendall(piece)
            if ends:
                one.shutdown(socket.SHUT_WR)
        try:
            while chunk := one.recv(65_536):
                found += chunk
                if b"\r\n\r\n" in found and b"connection: close" not in found.lower():
                    break
        except ConnectionResetError:
            pass
        return found


def head(path: str, *lines: str) -> bytes:
    return "\r\n".join([f"POST {path} HTTP/1.1", "host: a.example", *lines, "", ""]).encode()


def test_a_body_that_is_too_large_is_not_read(place: Running) -> None:
    found = talk(place, head("/webhooks/twilio", "content-length: 99999999"))
    assert found.startswith(b"HTTP/1.1 413")


def test_a_body_in_pieces_is_bounded_too(place: Running) -> None:
    piece = b"4000\r\n" + b"a" * 0x4000 + b"\r\n"
    found = talk(place, head("/webhooks/twilio", "transfer-encoding: chunked"), *[piece] * 5)
    assert found.startswith(b"HTTP/1.1 413")


def test_a_body_that_does_not_come_is_waited_for_not_long(place: Running) -> None:
    found = talk(place, head("/webhooks/twilio", "content-length: 100"), b"Body=")
    assert found.startswith(b"HTTP/1.1 408")


def test_a_head_that_does_not_end_is_waited_for_not_long(
    place: Running, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(BoundedProtocol, "head_seconds", 0.2)
    assert talk(place, b"POST /webhooks/twilio HTTP/1.1\r\nx: ").startswith(b"HTTP/1.1 408")
    assert talk(place).startswith(b"HTTP/1.1 408")
    again = head("/healthz", "content-length: 0").replace(b"POST", b"GET")
    assert talk(place, again + again[:20]).count(b"HTTP/1.1 200") == 1


def test_a_head_that_is_too_long_is_refused(place: Running) -> None:
    found = talk(place, b"POST / HTTP/1.1\r\n", *[b"x: " + b"a" * 4000 + b"\r\n"] * 12)
    assert found.startswith(b"HTTP/1.1 431")


def test_a_body_that_breaks_off_stores_nothing(place: Running) -> None:
    before = place.gateway.store.stats()
    body = urlencode(message("STOP", "SM1")).encode()
    found = talk(
        place, head("/webhooks/twilio", f"content-length: {len(body)}"), body[:50], ends=True
    )
    assert not found.startswith(b"HTTP/1.1 200")
    assert place.gateway.store.stats() == before


@pytest.mark.parametrize(
    "lines",
    [
        ("content-length: 5", "transfer-encoding: chunked"),
        ("content-length: 5", "content-length: 6"),
        ("transfer-encoding: xchunked, chunked", "transfer-encoding : chunked"),
        ("x: a\nb: c",),
        ("content-length: +5",),
    ],
    ids=[
        "length and chunks",
        "two lengths",
        "a blank before the colon",
        "a bare line feed",
        "a signed length",
    ],
)
def test_a_request_that_two_servers_read_in_two_ways_is_refused(
    place: Running, lines: tuple[str, ...]
) -> None:
    before = place.gateway.store.stats()
    found = talk(place, head("/webhooks/twilio", *lines), b"0\r\n\r\n", ends=True)
    assert found.startswith((b"HTTP/1.1 400", b"HTTP/1.1 403"))
    assert found.count(b"HTTP/1.1") == 1
    assert place.gateway.store.stats() == before


@pytest.mark.parametrize(
    "headers",
    [
        {"x-forwarded-host": "evil.example"},
        {"x-forwarded-proto": "http"},
        {"x-forwarded-for": "203.0.113.1"},
        {"x-original-url": "/v1/consents"},
        {"x-http-method-override": "DELETE"},
        {"forwarded": "host=evil.example;proto=http"},
    ],
    ids=lambda each: next(iter(each)),
)
def test_headers_that_proxies_add_change_nothing(place: Running, headers: dict[str, str]) -> None:
    answer = place.post("/webhooks/twilio", message("STOP", "SM1"), **headers)
    assert answer.status_code == 200
    assert not place.may_send()


@pytest.mark.parametrize(
    "text",
    [
        "STOP'; DROP TABLE consent_state; --",
        'STOP\n{"event": "request", "status": 200, "level": "info"}',
        "\x1b[2J\r\nSet-Cookie: a=b",
        "%s %(recipient)s :recipient ?",
        "\x00\ufffe\U0001f600",
    ],
    ids=["sql", "a line of the log", "control characters", "placeholders", "no characters"],
)
def test_a_text_is_a_text_wherever_it_goes(
    place: Running, text: str, capsys: pytest.CaptureFixture[str]
) -> None:
    assert place.text(text, sid="SM1").status_code == 200
    place.text("STOP", sid="SM2")
    place.text(text, sid="SM3")
    assert not place.may_send()
    found = place.ask("/v1/decide", {"text": text})
    assert found.status_code == 200
    lines = capsys.readouterr().err.splitlines()
    assert lines
    for line in lines:
        assert isinstance(json.loads(line), dict)  # a line of somebody else's would be none
        assert "DROP TABLE" not in line
        assert "Set-Cookie" not in line


def test_no_number_of_a_person_is_in_the_log(
    place: Running, capsys: pytest.CaptureFixture[str]
) -> None:
    place.text("STOP")
    place.text("hi", To="+19995550100")
    place.get(f"/v1/consents/{PERSON}")
    place.client.get(f"{place.url}/webhooks/twilio?From=%2B15145550123&Body=secret")
    place.client.get(f"{place.url}/{PERSON}")
    place.ask("/v1/may-send", {"recipient": PERSON, "sender": OURS})
    found = capsys.readouterr().err
    assert "unknown sender" in found
    assert "5145550123" not in found
    assert "secret" not in found
    assert AUTHORIZED["authorization"].partition(" ")[2] not in found


@pytest.mark.parametrize(
    ("text", "masked"),
    [
        ("+15145550123", "+1514•••••••"),
        ("from whatsapp:+15145550123!", "from whatsapp:+1514•••••••!"),
        ("15145550123 5145550123", "15145•••••• 51455•••••"),
        ("port 8080, 2026", "port 8080, 2026"),
    ],
)
def test_numbers_are_masked(text: str, masked: str) -> None:
    assert mask(text) == masked


def test_a_fault_of_ours_is_an_answer_and_a_line_of_the_log(
    place: Running, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    def broken(_: object) -> object:
        raise RuntimeError("a screw is loose")

    monkeypatch.setattr(place.gateway, "ask", broken)
    answer = place.ask("/v1/may-send", {"recipient": PERSON, "sender": OURS})
    assert answer.status_code == 500
    assert "screw" not in answer.text
    assert answer.headers["x-request-id"] in answer.json()["detail"]
    [line] = [
        each
        for each in map(json.loads, capsys.readouterr().err.splitlines())
        if "exception" in each
    ]
    assert line["request_id"] == answer.headers["x-request-id"]
    assert "RuntimeError: a screw is loose" in line["exception"]
