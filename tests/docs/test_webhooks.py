"""The webhooks of docs/examples/webhooks, each in its real framework, with requests that are signed as Twilio signs."""

from __future__ import annotations

import asyncio
import importlib
import os
import sys
from collections.abc import Callable, Iterator
from pathlib import Path
from types import ModuleType
from typing import Any
from urllib.parse import urlencode

import httpx
import pytest

import optoutlang
from optoutlang.providers.twilio.signature import signature

EXAMPLES = Path(__file__).resolve().parents[2] / "docs" / "examples"
URL, TOKEN = "https://texts.example/sms", "token"  # no real one
MODULES = ("inbox", "hot_reload", "fastapi_app", "flask_app", "django_app", "celery_app")
FORM = "application/x-www-form-urlencoded"

Post = Callable[[bytes, str], tuple[int, bytes]]


@pytest.fixture
def rules(tmp_path: Path) -> Path:
    path = tmp_path / "acme.optoutc"
    path.write_bytes(optoutlang.load(EXAMPLES / "acme.optout").to_bytes())
    return path


@pytest.fixture
def example(
    rules: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> Iterator[Callable[[str], ModuleType]]:
    monkeypatch.syspath_prepend(EXAMPLES / "webhooks")
    settings = {
        "OPTOUT_RULES": str(rules),
        "OPTOUT_DATABASE": str(tmp_path / "inbox.sqlite"),
        "TWILIO_TOKEN": TOKEN,
        "PUBLIC_URL": URL,
        "DJANGO_SECRET_KEY": "secret",
        "DJANGO_SETTINGS_MODULE": "django_app",
    }
    for name, value in settings.items():
        monkeypatch.setenv(name, value)
    yield importlib.import_module
    for name in MODULES:
        sys.modules.pop(name, None)


def _fastapi(app: ModuleType) -> Post:
    async def ask(body: bytes, signed: str) -> httpx.Response:
        transport = httpx.ASGITransport(app.app)
        async with httpx.AsyncClient(transport=transport, base_url="https://inside") as client:
            headers = {"X-Twilio-Signature": signed, "Content-Type": FORM}
            return await client.post("/sms", content=body, headers=headers)

    def post(body: bytes, signed: str) -> tuple[int, bytes]:
        answer = asyncio.run(ask(body, signed))
        return answer.status_code, answer.content

    return post


def _flask(app: ModuleType) -> Post:
    client = app.app.test_client()

    def post(body: bytes, signed: str) -> tuple[int, bytes]:
        headers = {"X-Twilio-Signature": signed}
        answer = client.post("/sms", data=body, headers=headers, content_type=FORM)
        return answer.status_code, answer.data

    return post


def _django(app: ModuleType) -> Post:
    import django  # noqa: PLC0415
    from django.test import Client  # noqa: PLC0415

    assert os.environ["DJANGO_SETTINGS_MODULE"] == app.ROOT_URLCONF
    django.setup()
    client = Client(enforce_csrf_checks=True)

    def post(body: bytes, signed: str) -> tuple[int, bytes]:
        headers = {"X-Twilio-Signature": signed}
        answer = client.post("/sms", data=body, content_type=FORM, headers=headers)
        return answer.status_code, answer.content

    return post


FRAMEWORKS = {"fastapi_app": _fastapi, "flask_app": _flask, "django_app": _django}


def sent(sid: str, text: str, country: str = "US") -> tuple[bytes, str]:
    form = {
        "MessageSid": sid,
        "From": "+14155550100",
        "To": "+14155550199",
        "Body": text,
        "FromCountry": country,
        "AccountSid": "AC0",
    }
    return urlencode(form).encode(), signature(TOKEN, URL, form.items())


@pytest.mark.parametrize("name", FRAMEWORKS)
def test_a_webhook_records_and_answers_once_whatever_the_country(
    example: Callable[[str], ModuleType], name: str
) -> None:
    app = example(name)
    post, inbox = FRAMEWORKS[name](app), app.INBOX
    number = "+14155550100"

    assert inbox.may_text(number)
    status, answer = post(*sent("SM1", "STOP", country="UK"))
    assert (status, inbox.may_text(number)) == (200, False)
    assert b"<Message>Acme Alerts: you are unsubscribed" in answer

    assert post(*sent("SM1", "STOP", country="UK"))[1].endswith(b"<Response />")
    assert post(*sent("SM2", "Stop by the office"))[1].endswith(b"<Response />")
    assert not inbox.may_text(number)

    body, _ = sent("SM3", "START")
    assert post(body, "forged")[0] == 403
    assert not inbox.may_text(number)
    assert post(*sent("SM3", "START"))[0] == 200
    assert inbox.may_text(number)


def test_rules_are_exchanged_while_a_service_runs(
    example: Callable[[str], ModuleType], rules: Path
) -> None:
    current = example("hot_reload").RulesFile(rules)
    first = current.current()
    assert current.current() is first
    new = rules.with_name("new")
    new.write_bytes(optoutlang.compile("opt-out { keywords FAREWELL }").to_bytes())
    new.replace(rules)
    assert current.current().match("farewell") is not None
    second = current.current()
    rules.write_bytes(b"damaged")
    assert current.current() is second
    rules.unlink()
    assert current.current() is second


def test_a_celery_worker_decides(example: Callable[[str], ModuleType]) -> None:
    from celery.contrib.testing.worker import start_worker  # noqa: PLC0415

    app = example("celery_app")
    with start_worker(app.app, pool="solo", perform_ping_check=False, loglevel="error"):
        asked: Any = app.decide.delay("Baja.", country="MX")
        decided = asked.get(timeout=30)
        nothing = app.decide.delay("hello").get(timeout=30)
    assert (decided["action"], decided["language"], nothing) == ("opt-out", "es", None)
