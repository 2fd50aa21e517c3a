"""The shared parts of the endpoints: bodies in, answers out, and the errors of the store."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from typing import TypeVar

import msgspec
from starlette.requests import Request
from starlette.responses import Response

from optoutlang.consent.stores.port import StoreError
from optoutlang.interfaces.gateway.gateway import Gateway
from optoutlang.interfaces.gateway.web.bodies import read_body, read_json
from optoutlang.interfaces.gateway.web.problems import ProblemError

T = TypeVar("T")
_ENCODER = msgspec.json.Encoder()


async def body_of(request: Request, kind: type[T], gateway: Gateway) -> T:
    """Return the body of a request as a value of a type.

    Raises:
        ProblemError: it is none.
    """
    server = gateway.settings.server
    media_type = request.headers.get("content-type", "").partition(";")[0].strip().lower()
    if media_type != "application/json":
        raise ProblemError(415, "send `Content-Type: application/json`")
    return read_json(await read_body(request, server), kind, server)


def answer(value: msgspec.Struct) -> Response:
    """Return the answer that a value is."""
    return Response(_ENCODER.encode(value), media_type="application/json")


@contextmanager
def store_errors() -> Iterator[None]:
    """Turn an error of the store into 503: whoever cannot be asked about is not texted.

    Raises:
        ProblemError: the store cannot do it.
    """
    try:
        yield
    except StoreError as error:
        raise ProblemError(
            503, "the store cannot be used now: do not send", headers={"retry-after": "5"}
        ) from error
