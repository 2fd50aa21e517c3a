"""A gateway with an operations page, something to decide on it, and something to replay."""

from __future__ import annotations

import re
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import httpx

from tests.interfaces.gateway.running import (
    KEY,
    KEYS,
    MAIN,
    PUBLIC,
    SERVICE,
    Running,
    message,
    running,
    settings_of,
)

INNER = "http://127.0.0.1"
UI = """
[ui]
enabled = true
secret_env = "PLAIN_SECRET"
"""
APPLICATION = """
[application]
url = "{url}/sms"
secret_env = "APPLICATION_SECRET"
attempts = 1
"""
RULES = """
ruleset acme
let brand = "Acme"
suggest phrases
opt-out {
  phrases "leave me alone"
}
"""
TOKEN_FIELD = re.compile(r'name="token" value="([^"]+)"')


@contextmanager
def site(
    folder: Path, application: str | None = None, *, public: str = INNER, more: str = UI
) -> Iterator[Running]:
    """Run a gateway whose page is open to the key of the tests."""
    (folder / "acme.optout").write_text(RULES)
    service = SERVICE.replace('name = "alerts"', 'name = "alerts"\nrules = "acme.optout"')
    keys = KEYS.replace('"metrics"]', '"metrics", "ui"]')
    text = MAIN.replace(PUBLIC, public) + keys + service + more
    if application is not None:
        text += APPLICATION.format(url=application)
    with running(settings_of(text, folder)) as found:
        yield found


def text(place: Running, words: str, sid: str, *, public: str = INNER) -> None:
    """Let a person text; the provider signs the URL of the settings."""
    from_person = message(words, sid)
    answer = place.post("/webhooks/twilio", from_person, public=public)
    assert answer.status_code == 200, answer.text


def token(answer: httpx.Response) -> str:
    """Return the token of the forms of a page."""
    [first, *_] = TOKEN_FIELD.findall(answer.text)
    return str(first)


def sign_in(place: Running, key: str = KEY) -> httpx.Response:
    """Sign in; return where that led."""
    page = place.client.get(f"{place.url}/ui/sign-in")
    return post(place, "/ui/sign-in", {"token": token(page), "key": key})


def post(place: Running, path: str, form: dict[str, str]) -> httpx.Response:
    """Post a form of the page."""
    return place.client.post(place.url + path, data=form, follow_redirects=True)
