"""Load: requests over kept connections, each sent when the one before is answered; latencies and counts come out."""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from dataclasses import dataclass
from time import perf_counter


@dataclass(frozen=True, slots=True)
class Measured:
    """Requests a second, and the median and the 99th percentile of their times in milliseconds."""

    requests: int
    rate: float
    p50: float
    p99: float
    good: int


async def _connection(
    host: str,
    port: int,
    requests: Callable[[], bytes | None],
    times: list[float],
    marks: list[bytes],
    good: bytes,
) -> None:
    reader, writer = await asyncio.open_connection(host, port)
    while (request := requests()) is not None:
        began = perf_counter()
        writer.write(request)
        head = await reader.readuntil(b"\r\n\r\n")
        lowered = head.lower()
        at = lowered.index(b"content-length:") + 15
        body = await reader.readexactly(int(lowered[at : lowered.index(b"\r\n", at)]))
        times.append(perf_counter() - began)
        if head.startswith(b"HTTP/1.1 200") and good in body:
            marks.append(b"")
    writer.close()


async def load(
    host: str, port: int, requests: list[bytes], *, connections: int, good: bytes = b""
) -> Measured:
    """Send all requests over so many connections; count the answers with status 200 that hold `good`."""
    waiting = iter(requests)
    times: list[float] = []
    marks: list[bytes] = []
    began = perf_counter()
    await asyncio.gather(
        *[
            _connection(host, port, lambda: next(waiting, None), times, marks, good)
            for _ in range(connections)
        ]
    )
    seconds = perf_counter() - began
    times.sort()
    return Measured(
        requests=len(times),
        rate=len(times) / seconds,
        p50=times[len(times) // 2] * 1000,
        p99=times[min(len(times) - 1, len(times) * 99 // 100)] * 1000,
        good=len(marks),
    )


def request(path: str, body: bytes, headers: dict[str, str]) -> bytes:
    """Return a POST request as it goes over the wire."""
    lines = [f"POST {path} HTTP/1.1", "host: localhost", f"content-length: {len(body)}"]
    lines += [f"{name}: {value}" for name, value in headers.items()]
    return "\r\n".join(lines).encode() + b"\r\n\r\n" + body
