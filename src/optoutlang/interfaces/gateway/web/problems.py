"""Answers that say what is wrong: RFC 9457, `application/problem+json`."""

from __future__ import annotations

import msgspec
from starlette.responses import Response

MEDIA_TYPE = "application/problem+json"

_TITLES = {
    400: "the request cannot be read",
    401: "no key, or none of ours",
    403: "not allowed",
    404: "there is no such thing",
    405: "not with this method",
    408: "the body did not come in time",
    413: "the body is too large",
    415: "not in this format",
    422: "the request asks for what cannot be",
    429: "too many requests",
    500: "a fault of ours",
    503: "not now",
}


class ProblemError(Exception):
    """A request that is answered with a status and a reason; the caller cannot go on."""

    def __init__(self, status: int, detail: str, *, headers: dict[str, str] | None = None) -> None:
        super().__init__(detail)
        self.status = status
        self.detail = detail
        self.headers = headers or {}


def problem(status: int, detail: str, headers: dict[str, str] | None = None) -> Response:
    """Return the answer for a problem."""
    body = {"status": status, "title": _TITLES.get(status, "the request failed"), "detail": detail}
    return Response(msgspec.json.encode(body), status, headers, MEDIA_TYPE)
