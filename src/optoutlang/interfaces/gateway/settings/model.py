"""Settings as values: read once, never changed."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import Enum

from optoutlang.consent.engine.account import Account
from optoutlang.providers import Provider


class Scope(Enum):
    """What a key of the API may do."""

    MAY_SEND = "may-send"
    CONSENTS_READ = "consents:read"
    CONSENTS_WRITE = "consents:write"
    REVIEW = "review"
    DECIDE = "decide"
    METRICS = "metrics"
    UI = "ui"


@dataclass(frozen=True, slots=True, kw_only=True)
class ApiKey:
    """A key of the API: its name (for logs and audit), SHA-256 in hexadecimal, and what it may do how often.

    `rate` is requests a second on average, `burst` how many may come at once.
    """

    name: str
    digest: str
    scopes: frozenset[Scope]
    rate: float = 50.0
    burst: int = 100


@dataclass(frozen=True, slots=True, kw_only=True)
class Server:
    """Where the gateway listens, and what it believes of requests.

    `public_url` is how providers call it, without the path of the webhook.
    `trusted_proxies` are the addresses that may hand requests on to an
    `https` public URL. `body_bytes` bounds a body, `body_seconds` the time in
    which it has to be there, `json_depth` how deep JSON may nest.
    """

    public_url: str
    host: str = "127.0.0.1"
    port: int = 8080
    trusted_proxies: frozenset[str] = frozenset({"127.0.0.1", "::1"})
    processes: int = 1
    body_bytes: int = 65_536
    body_seconds: float = 10.0
    json_depth: int = 16


@dataclass(frozen=True, slots=True, kw_only=True)
class Rules:
    """The rules: `standard` for services without their own, `custom` for those with, as files or packs.

    `reload_seconds` is how often the files are looked at (0: never), `prove`
    whether changed rules have to pass `optout prove`.
    """

    standard: str = "standard"
    custom: Mapping[str, str] = field(default_factory=dict)
    reload_seconds: float = 5.0
    prove: bool = True


@dataclass(frozen=True, slots=True, kw_only=True)
class Application:
    """Where inbound messages are handed on to.

    `events_url` gets what is no message (pending messages to cancel, a number
    to lift at the provider); without it that is dropped. `details` adds what
    Twilio never says. An attempt ends after `seconds`; between attempts the
    wait doubles from `first_wait` to `longest_wait` seconds, and after
    `attempts` the message is a dead letter.
    """

    url: str
    secret: bytes = field(repr=False)
    events_url: str | None = None
    details: bool = True
    seconds: float = 10.0
    attempts: int = 12
    first_wait: float = 1.0
    longest_wait: float = 3600.0
    parallel: int = 16


@dataclass(frozen=True, slots=True, kw_only=True)
class Ui:
    """The operations page. `secret` signs its sessions, which last so many hours; None: one of the process's own."""

    secret: bytes | None = field(default=None, repr=False)
    hours: float = 8.0


@dataclass(frozen=True, slots=True, kw_only=True)
class Settings:
    """Everything that a gateway is told.

    `provider_of` says whose each sender is, `sender_of` which sender stands
    for a service's id at the provider (MessagingServiceSid).
    """

    server: Server
    store: str
    rules: Rules
    account: Account
    providers: tuple[Provider, ...]
    provider_of: Mapping[str, str]
    sender_of: Mapping[str, str] = field(default_factory=dict)
    application: Application | None = None
    keys: tuple[ApiKey, ...] = ()
    ui: Ui | None = None
    log_level: str = "info"
