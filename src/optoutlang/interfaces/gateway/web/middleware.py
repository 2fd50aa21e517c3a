"""Around every request: its id, headers of caution, the log line, counters, and an answer where something broke."""

from __future__ import annotations

import re
from secrets import token_hex
from time import perf_counter

import structlog
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from optoutlang.interfaces.gateway.metrics import Metrics
from optoutlang.interfaces.gateway.web.problems import ProblemError, problem

_LOG = structlog.get_logger("optoutlang.requests")
_ID = re.compile(rb"[A-Za-z0-9._-]{8,64}")
_CAUTION = [
    (b"x-content-type-options", b"nosniff"),
    (b"cache-control", b"no-store"),
    (b"content-security-policy", b"default-src 'none'; frame-ancestors 'none'"),
    (b"referrer-policy", b"no-referrer"),
    (b"x-frame-options", b"DENY"),
]
_HTTPS_ONLY = (b"strict-transport-security", b"max-age=31536000")


class Surroundings:
    """An ASGI application around another.

    A request id is taken over from a trusted proxy alone, and made up otherwise.
    """

    def __init__(
        self, app: ASGIApp, *, metrics: Metrics, trusted: frozenset[str], is_https: bool
    ) -> None:
        self._app = app
        self._metrics = metrics
        self._trusted = trusted
        self._caution = [*_CAUTION, *([_HTTPS_ONLY] if is_https else [])]

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer a request."""
        if scope["type"] != "http":
            await self._app(scope, receive, send)
            return
        began = perf_counter()
        name = self._request_id(scope)
        scope["request_id"] = name
        status = 0

        async def sending(message: Message) -> None:
            nonlocal status
            if message["type"] == "http.response.start":
                status = message["status"]
                given = list(message.get("headers", ()))
                names = {header for header, _ in given}
                # A page has a policy of its own, which allows its style sheet; two policies would allow nothing.
                caution = [each for each in self._caution if each[0] not in names]
                message["headers"] = [*given, (b"x-request-id", name.encode()), *caution]
            await send(message)

        try:
            await self._app(scope, receive, sending)
        except ProblemError as error:
            await problem(error.status, error.detail, error.headers)(scope, receive, sending)
        except Exception:  # noqa: BLE001, S110 - Starlette raises again what `log_fault` has logged and answered
            pass
        finally:
            self._note(scope, status, perf_counter() - began, name)

    def _request_id(self, scope: Scope) -> str:
        client = scope.get("client")
        if client is not None and client[0] in self._trusted:
            for header, value in scope["headers"]:
                if header == b"x-request-id" and _ID.fullmatch(value):
                    return str(value, "ascii")
        return token_hex(12)

    def _note(self, scope: Scope, status: int, seconds: float, name: str) -> None:
        route = scope.get("route_name", "none")
        self._metrics.answered(route, status, seconds)
        _LOG.info(
            "request",
            request_id=name,
            route=route,
            method=scope["method"],
            status=status,
            ms=round(seconds * 1000, 2),
        )
