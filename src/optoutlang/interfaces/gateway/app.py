"""The ASGI application: the routes of a gateway, and its beginning and end."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Callable, Coroutine
from contextlib import asynccontextmanager, suppress

import structlog
from starlette.applications import Starlette
from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route
from starlette.types import ASGIApp

from optoutlang import __version__
from optoutlang.consent.engine.identifier import IdentifierError
from optoutlang.consent.stores.port import StoreError
from optoutlang.interfaces.gateway.api.asking import Asking
from optoutlang.interfaces.gateway.api.changing import Changing
from optoutlang.interfaces.gateway.api.keys import Keys
from optoutlang.interfaces.gateway.api.openapi import openapi
from optoutlang.interfaces.gateway.gateway import Gateway
from optoutlang.interfaces.gateway.metrics import CONTENT_TYPE
from optoutlang.interfaces.gateway.settings.model import Scope
from optoutlang.interfaces.gateway.ui.pages import Pages
from optoutlang.interfaces.gateway.ui.rates import Rates
from optoutlang.interfaces.gateway.web.middleware import Surroundings
from optoutlang.interfaces.gateway.web.problems import ProblemError, problem
from optoutlang.interfaces.gateway.web.webhooks import Webhooks

_LOG = structlog.get_logger("optoutlang.requests")

Endpoint = Callable[[Request], Coroutine[None, None, Response]]
Task = Callable[[Gateway], Coroutine[None, None, None]]


class Health:
    """Whether the process lives, whether it can work, and its counters."""

    def __init__(self, gateway: Gateway, keys: Keys) -> None:
        self._gateway = gateway
        self._keys = keys

    async def alive(self, request: Request) -> Response:
        """`GET /healthz`: the process answers."""
        request.scope["route_name"] = "healthz"
        return Response(b'{"status":"ok"}', media_type="application/json")

    async def ready(self, request: Request) -> Response:
        """`GET /readyz`: the store can be used."""
        request.scope["route_name"] = "readyz"
        try:
            await self._gateway.count()
        except StoreError as error:
            raise ProblemError(503, "the store cannot be used now") from error
        return Response(b'{"status":"ready"}', media_type="application/json")

    async def metrics(self, request: Request) -> Response:
        """`GET /metrics`: for Prometheus, which sends a key as everybody does."""
        request.scope["route_name"] = "metrics"
        self._keys.require(request, Scope.METRICS)
        with suppress(StoreError):  # the other counters are worth having just then
            await self._gateway.count()
        return Response(self._gateway.metrics.text(), headers={"content-type": CONTENT_TYPE})


def application(gateway: Gateway, *tasks: Task) -> ASGIApp:
    """Return the application of a gateway; the tasks run beside it, from its start to its end."""
    keys = Keys(gateway.settings.keys)
    webhooks, health = Webhooks(gateway), Health(gateway, keys)
    asking, changing = Asking(gateway, keys), Changing(gateway, keys)
    server = gateway.settings.server
    description = openapi(server.public_url, __version__)

    async def described(request: Request) -> Response:
        request.scope["route_name"] = "openapi"
        return Response(description, media_type="application/json")

    routes = [
        _route("/webhooks/{provider}", webhooks.message, "GET", "POST"),
        _route("/webhooks/{provider}/status", webhooks.report, "GET", "POST"),
        _route("/v1/may-send", asking.may_send, "POST"),
        _route("/v1/consents/{recipient}", asking.consents, "GET"),
        _route("/v1/consents", changing.consents, "POST"),
        _route(
            "/v1/review",
            _by_method(GET=changing.reviews, POST=changing.decide_review),
            "GET",
            "POST",
        ),
        _route("/v1/decide", asking.decide, "POST"),
        _route("/healthz", health.alive, "GET"),
        _route("/readyz", health.ready, "GET"),
        _route("/metrics", health.metrics, "GET"),
        _route("/openapi.json", described, "GET"),
    ]

    if gateway.settings.ui is not None:
        rates = Rates(gateway.metrics)
        routes += Pages(gateway, keys, gateway.settings.ui, rates).routes()
        tasks = (*tasks, lambda _: rates.run())

    @asynccontextmanager
    async def lifespan(_app: Starlette) -> AsyncIterator[None]:
        gateway.start()
        running = [asyncio.create_task(each(gateway)) for each in tasks]
        yield
        for each in running:
            each.cancel()
        await asyncio.gather(*running, return_exceptions=True)
        await gateway.close()

    app = Starlette(
        routes=routes,
        lifespan=lifespan,
        exception_handlers={
            ProblemError: _answered,
            HTTPException: _answered_http,
            IdentifierError: _answered_identifier,
            Exception: log_fault,
        },
    )
    return Surroundings(
        app,
        metrics=gateway.metrics,
        trusted=server.trusted_proxies,
        is_https=server.public_url.startswith("https://"),
    )


def _route(path: str, endpoint: Endpoint, *methods: str) -> Route:
    return Route(path, endpoint, methods=list(methods))


def _by_method(**endpoints: Endpoint) -> Endpoint:
    async def chosen(request: Request) -> Response:
        return await endpoints[request.method if request.method != "HEAD" else "GET"](request)

    return chosen


async def _answered(_request: Request, error: Exception) -> Response:
    assert isinstance(error, ProblemError)  # noqa: S101 - Starlette calls it for these alone
    return problem(error.status, error.detail, error.headers)


async def log_fault(request: Request, error: Exception) -> Response:
    """Log a fault of ours, then answer: whoever gets the answer finds the line."""
    name = request.scope["request_id"]
    _LOG.error("a fault of ours", request_id=name, exc_info=error)
    return problem(500, f"look into the log for the request `{name}`")


async def _answered_identifier(_request: Request, error: Exception) -> Response:
    return problem(422, str(error))


async def _answered_http(_request: Request, error: Exception) -> Response:
    assert isinstance(error, HTTPException)  # noqa: S101 - Starlette calls it for these alone
    return problem(error.status_code, error.detail.lower(), dict(error.headers or {}))
