"""Real parts for tests: a gateway under uvicorn, an application that answers as it should, a provider that signs."""

from __future__ import annotations

import asyncio
import threading
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path
from urllib.parse import parse_qsl

import httpx
import uvicorn
from starlette.applications import Starlette
from starlette.requests import ClientDisconnect, Request
from starlette.responses import Response
from starlette.routing import Route
from starlette.types import ASGIApp
from twilio.request_validator import RequestValidator

from optoutlang.interfaces.gateway.api.keys import new_key
from optoutlang.interfaces.gateway.gateway import Gateway
from optoutlang.interfaces.gateway.log import set_up
from optoutlang.interfaces.gateway.rules.load import Loaded, load_rules
from optoutlang.interfaces.gateway.serve import make, options
from optoutlang.interfaces.gateway.settings import Rules, Settings, read_settings

PUBLIC = "https://sms.example.com"
TOKEN = "a token"  # noqa: S105 - a test's
SECRET = "a secret"  # noqa: S105 - a test's
KEY, KEY_HASH = new_key()
PERSON, OURS = "+15145550123", "+13125550100"
ENVIRONMENT = {"TWILIO_AUTH_TOKEN": TOKEN, "APPLICATION_SECRET": SECRET, "PLAIN_SECRET": SECRET}
MAIN = f"""
[server]
public_url = "{PUBLIC}"

[store]
location = "consent.db"

[provider.twilio]
account_sid = "AC1"
auth_token_env = "TWILIO_AUTH_TOKEN"
"""
KEYS = f"""
[[key]]
name = "test"
hash = "{KEY_HASH}"
scopes = ["may-send", "consents:read", "consents:write", "review", "decide", "metrics"]
rate = 100000
burst = 100000
"""
SERVICE = f"""
[[service]]
name = "alerts"
fallback = "This number is not read."
[[service.sender]]
address = "{OURS}"
kind = "long code"
country = "US"
"""


def settings_of(text: str, folder: Path) -> Settings:
    """Return the settings of a text, which has to be without errors."""
    reading = read_settings(text, path=folder / "gateway.toml", environment=ENVIRONMENT)
    assert reading.settings is not None, [each.message for each in reading.diagnostics]
    return reading.settings


@contextmanager
def served(app: ASGIApp, **given: object) -> Iterator[str]:
    """Serve an application under uvicorn, in a thread; yield its address."""
    config = uvicorn.Config(app, **{"log_config": None, "lifespan": "on", **given, "port": 0})  # type: ignore[arg-type]
    server = uvicorn.Server(config)
    started = threading.Event()
    failed: list[BaseException] = []

    async def run() -> None:
        config.load()
        server.lifespan = config.lifespan_class(config)
        await server.startup()
        started.set()
        await server.main_loop()
        await server.shutdown()

    def work() -> None:
        try:
            asyncio.run(run())
        except BaseException as error:  # noqa: BLE001 - shown by whoever started it
            failed.append(error)
        finally:
            started.set()

    thread = threading.Thread(target=work, daemon=True)
    thread.start()
    started.wait()
    if failed:
        raise failed[0]
    port = server.servers[0].sockets[0].getsockname()[1]
    try:
        yield f"http://127.0.0.1:{port}"
    finally:
        server.should_exit = True
        thread.join()


@dataclass(slots=True)
class Got:
    """One request that the application got."""

    headers: Mapping[str, str]
    body: bytes

    @property
    def form(self) -> dict[str, str]:
        return dict(parse_qsl(self.body.decode(), keep_blank_values=True))


@dataclass(slots=True)
class Receiver:
    """An application: it keeps what it gets, and answers as `answers` says for each."""

    answers: Callable[[Got], int] = lambda _: 204
    requests: list[Got] = field(default_factory=list)
    _arrived: threading.Condition = field(default_factory=threading.Condition)

    @property
    def app(self) -> ASGIApp:
        async def take(request: Request) -> Response:
            try:
                found = Got(dict(request.headers), await request.body())
            except ClientDisconnect:  # a gateway was killed in the middle
                return Response(status_code=400)
            status = await asyncio.to_thread(self.answers, found)
            with self._arrived:
                self.requests.append(found)
                self._arrived.notify_all()
            return Response(status_code=status)

        return Starlette(routes=[Route("/{path:path}", take, methods=["POST"])])

    def wait(self, count: int) -> list[Got]:
        """Return the requests as soon as there are so many."""
        with self._arrived:
            assert self._arrived.wait_for(lambda: len(self.requests) >= count, 30), self.requests
            return list(self.requests)


@dataclass(slots=True)
class Running:
    """A gateway that runs, and Twilio, which signs by its own package."""

    url: str
    gateway: Gateway
    client: httpx.Client
    numbers: Iterator[int] = field(default_factory=lambda: iter(range(1, 10**9)))

    def text(self, body: str, *, sid: str | None = None, **given: str) -> httpx.Response:
        """Let a person text; return the answer to the webhook."""
        return self.post(
            "/webhooks/twilio", message(body, sid or f"SM{next(self.numbers)}", **given)
        )

    def report(self, status: str, **given: str) -> httpx.Response:
        """Let the provider report on a message that was sent."""
        form = {"MessageSid": "SMo", "MessageStatus": status, "To": PERSON, "From": OURS, **given}
        return self.post("/webhooks/twilio/status", form)

    def post(
        self, path: str, form: Mapping[str, str], *, public: str = PUBLIC, **headers: str
    ) -> httpx.Response:
        """Post a form, signed."""
        signature = RequestValidator(TOKEN).compute_signature(public + path, dict(form))
        sent = {"x-twilio-signature": signature, **headers}
        return self.client.post(self.url + path, data=dict(form), headers=sent)

    def ask(self, path: str, body: object) -> httpx.Response:
        """Post JSON to the API, with the key."""
        return self.client.post(self.url + path, json=body, headers=AUTHORIZED)

    def get(self, path: str) -> httpx.Response:
        """Get from the API, with the key."""
        return self.client.get(self.url + path, headers=AUTHORIZED)

    def may_send(
        self, recipient: str = PERSON, sender: str = OURS, *, topic: str | None = None
    ) -> bool:
        """Return whether somebody may be texted, about a topic if one is named."""
        about = {} if topic is None else {"topic": topic}
        answer = self.ask("/v1/may-send", {"recipient": recipient, "sender": sender, **about})
        assert answer.status_code == 200, answer.text
        return bool(answer.json()["allowed"])


AUTHORIZED = {"authorization": f"Bearer {KEY}"}


def message(body: str, sid: str, **given: str) -> dict[str, str]:
    """Return the parameters of a message as Twilio sends them."""
    form = {
        "ToCountry": "US",
        "SmsMessageSid": sid,
        "NumMedia": "0",
        "SmsSid": sid,
        "SmsStatus": "received",
        "FromCountry": "US",
        "Body": body,
        "To": OURS,
        "NumSegments": "1",
        "MessageSid": sid,
        "AccountSid": "AC1",
        "From": PERSON,
        "ApiVersion": "2010-04-01",
        **given,
    }
    return {name: value for name, value in form.items() if value != "absent"}


@cache
def standard() -> Loaded:
    """Return the standard rules, compiled once."""
    return load_rules(Rules())


@contextmanager
def running(settings: Settings, loaded: Loaded | None = None) -> Iterator[Running]:
    """Run a gateway; its store is made."""
    if loaded is None:
        loaded = load_rules(settings.rules) if settings.rules.custom else standard()
    set_up("info")
    made = make(settings, loaded)
    given = {**options(settings), "timeout_graceful_shutdown": 5}
    with served(made.app, **given) as url, httpx.Client(timeout=30) as client:
        yield Running(url, made.gateway, client)
