"""Bodies of requests: of a bounded size, within a bounded time, and not too deep."""

from __future__ import annotations

import asyncio
import re
from typing import TypeVar

import msgspec
from starlette.requests import ClientDisconnect, Request

from optoutlang.interfaces.gateway.settings.model import Server
from optoutlang.interfaces.gateway.web.problems import ProblemError

T = TypeVar("T")
_STRINGS = re.compile(rb'"(?:[^"\\]|\\.)*+"', re.DOTALL)
_CLOSE = {"connection": "close"}


async def read_body(request: Request, server: Server) -> bytes:
    """Return the body of a request.

    Raises:
        ProblemError: it is too large, does not come in time, or ends too soon.
    """
    length = request.headers.get("content-length", "0")
    if length.isdigit() and len(length) < 20 and int(length) > server.body_bytes:
        raise ProblemError(413, f"a body has at most {server.body_bytes:,} bytes", headers=_CLOSE)
    chunks: list[bytes] = []
    size = 0
    try:
        async with asyncio.timeout(server.body_seconds):
            async for chunk in request.stream():
                size += len(chunk)
                if size > server.body_bytes:
                    raise ProblemError(
                        413, f"a body has at most {server.body_bytes:,} bytes", headers=_CLOSE
                    )
                chunks.append(chunk)
    except TimeoutError:
        raise ProblemError(
            408, f"a body has {server.body_seconds:g} seconds to come", headers=_CLOSE
        ) from None
    except ClientDisconnect:
        raise ProblemError(400, "the body ended too soon") from None
    return b"".join(chunks)


def read_json(body: bytes, kind: type[T], server: Server) -> T:
    """Return the value of a type that a body in JSON is.

    Raises:
        ProblemError: it is no JSON, nests too deep, or is no such value.
    """
    if depth(body) > server.json_depth:
        raise ProblemError(400, f"JSON nests at most {server.json_depth} deep")
    try:
        return msgspec.json.decode(body, type=kind)
    except msgspec.ValidationError as error:
        raise ProblemError(422, str(error)) from error
    except (msgspec.DecodeError, UnicodeDecodeError) as error:
        raise ProblemError(400, f"no JSON: {error}") from error


def depth(body: bytes) -> int:
    """Return how deep the brackets of a text in JSON nest, at most; of what is no JSON, some upper bound."""
    deepest = now = 0
    for each in _STRINGS.sub(b"", body):
        if each in b"[{":
            now += 1
            deepest = max(deepest, now)
        elif each in b"]}":
            now -= 1
    return deepest
