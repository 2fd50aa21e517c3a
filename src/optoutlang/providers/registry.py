"""The kinds of providers that there are: their names, their settings, and how one is made."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass

from optoutlang.providers.plain import Plain
from optoutlang.providers.telnyx import Telnyx
from optoutlang.providers.telnyx.signature import public_key
from optoutlang.providers.twilio import Twilio
from optoutlang.providers.webhook import Provider

Values = Mapping[str, str]


@dataclass(frozen=True, slots=True)
class Kind:
    """A kind of provider: its secrets, its other settings (True: required), and how one is made of both.

    A secret is never in the settings: they name the variable of the
    environment that has it.
    """

    make: Callable[[str, Values], Provider]
    secrets: Mapping[str, bool]
    plain: Mapping[str, bool]


def _twilio(name: str, values: Values) -> Provider:
    return Twilio(
        name=name,
        token=values["auth_token"],
        account=values.get("account_sid"),
        api=values.get("api", "https://api.twilio.com").rstrip("/"),
    )


def _telnyx(name: str, values: Values) -> Provider:
    return Telnyx(
        name=name,
        key=public_key(values["public_key"]),
        api_key=values.get("api_key"),
        api=values.get("api", "https://api.telnyx.com").rstrip("/"),
    )


def _plain(name: str, values: Values) -> Provider:
    return Plain(name=name, secret=values["secret"].encode())


KINDS: dict[str, Kind] = {
    "twilio": Kind(_twilio, {"auth_token": True}, {"account_sid": False, "api": False}),
    "telnyx": Kind(_telnyx, {"api_key": False}, {"public_key": True, "api": False}),
    "plain": Kind(_plain, {"secret": True}, {}),
}


def make_provider(kind: str, name: str, values: Values) -> Provider:
    """Return a provider of a kind, with its settings and secrets.

    Raises:
        ValueError: a value is none of the kind's, such as a key that is no key.
    """
    return KINDS[kind].make(name, values)
