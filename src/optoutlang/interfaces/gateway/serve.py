"""Start a gateway: read the settings, compile the rules, open the store, listen."""

from __future__ import annotations

import os
import sys
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

import structlog
import uvicorn
from starlette.types import ASGIApp

from optoutlang.interfaces.gateway.app import application
from optoutlang.interfaces.gateway.gateway import Gateway, open_gateway
from optoutlang.interfaces.gateway.log import set_up
from optoutlang.interfaces.gateway.rules.load import Loaded, load_rules
from optoutlang.interfaces.gateway.rules.watch import Watch
from optoutlang.interfaces.gateway.settings import Reading, Settings, read_settings
from optoutlang.interfaces.gateway.web.protocol import BoundedProtocol
from optoutlang.language.diagnostics import text
from optoutlang.language.diagnostics.diagnostic import Diagnostic

SWITCH_SECONDS = 0.0005
SETTINGS = "OPTOUT_GATEWAY_SETTINGS"
"""The variable in which processes that are started find the path of the settings."""

_LOG = structlog.get_logger("optoutlang.gateway")


class NotStartedError(Exception):
    """A gateway cannot start: the settings have errors, which whoever started it has seen."""


@dataclass(frozen=True, slots=True)
class Made:
    """A gateway that is ready to be served."""

    gateway: Gateway
    app: ASGIApp


def read(path: Path, environment: Mapping[str, str] = os.environ) -> Reading:
    """Return the settings of a file.

    Raises:
        OSError: the file cannot be read.
        UnicodeDecodeError: it is no UTF-8.
    """
    return read_settings(path.read_bytes().decode("utf-8-sig"), path=path, environment=environment)


def rendered(diagnostics: tuple[Diagnostic, ...], *, color: bool = False) -> str:
    """Return findings as text, without the advice to ask `optout explain`, which knows the codes of rules."""
    return text.render(diagnostics, color=color).partition("; `optout explain ")[0].rstrip("\n")


def make(settings: Settings, loaded: Loaded) -> Made:
    """Return the gateway of some settings, and its application.

    Raises:
        StoreError: the store cannot be used.
    """
    # A commit is some dozens of calls to the driver, and behind each the thread waits for the interpreter: up to this
    # long, while the event loop reads requests. The default of 5 ms would make a commit last a tenth of a second.
    sys.setswitchinterval(SWITCH_SECONDS)
    gateway = open_gateway(settings, loaded.rules)
    watch = Watch(gateway, loaded)

    async def watching(_gateway: Gateway) -> None:
        await watch.run()

    for name, digest in digests(loaded).items():
        _LOG.info("rules", rules=name, digest=digest)
    return Made(gateway, application(gateway, watching))


def digests(loaded: Loaded) -> dict[str, str]:
    """Return the digest of each of the rules."""
    custom = {f"service {name}": each.digest for name, each in loaded.rules.custom.items()}
    return {"standard": loaded.rules.standard.digest, **custom}


def from_environment() -> ASGIApp:
    """Return the application of the settings that the environment names: what each of several processes calls.

    Raises:
        NotStartedError: the settings have errors.
        RefusedError: rules must not be used.
        StoreError: the store cannot be used.
    """
    settings = read(Path(os.environ[SETTINGS])).settings
    if settings is None:
        raise NotStartedError("the settings have errors: `optout serve --check` shows them")
    set_up(settings.log_level)
    return make(settings, load_rules(settings.rules)).app


def serve(path: Path, settings: Settings, loaded: Loaded) -> None:
    """Serve until the process is told to end; then finish what is under way.

    Raises:
        StoreError: the store cannot be used.
    """
    set_up(settings.log_level)
    if settings.server.processes == 1:
        made = make(settings, loaded)
        uvicorn.Server(uvicorn.Config(made.app, **options(settings))).run()  # type: ignore[arg-type]  # as its names say
        return
    os.environ[SETTINGS] = str(path.resolve())
    factory = f"{__name__}:{from_environment.__name__}"
    uvicorn.run(factory, factory=True, workers=settings.server.processes, **options(settings))  # type: ignore[arg-type]


def options(settings: Settings) -> dict[str, object]:
    """Return what uvicorn is told: forwarded headers are nobody's business but ours, and so is the log."""
    return {
        "host": settings.server.host,
        "port": settings.server.port,
        "lifespan": "on",
        "http": BoundedProtocol,
        "ws": "none",
        "proxy_headers": False,
        "server_header": False,
        "access_log": False,
        "log_config": None,
        "timeout_keep_alive": 75,
        "timeout_graceful_shutdown": 20,
        "backlog": 2048,
        "limit_concurrency": 2000,
    }
