"""Resident memory of a gateway over many inbound messages and questions, on SQLite; it has to stay flat.

python -m benchmarks.gateway.memory [--requests 100000] [--growth 16]

The first tenth warms caches up; the rest, of messages and questions by turns,
each of another person, may add so many MiB at most. A wrong answer ends the run.
"""

from __future__ import annotations

import argparse
import asyncio
import re
import sys
import tempfile
from pathlib import Path

from benchmarks.gateway.load import load
from benchmarks.gateway.run import (
    HASH,
    PUBLIC,
    SERVE,
    SETTINGS,
    TOKEN,
    free_port,
    messages,
    questions,
    server,
)

TURNS = 10
CONNECTIONS = 16


def resident(process: int) -> float:
    """Return the resident memory of a process in MiB (Linux)."""
    status = Path(f"/proc/{process}/status").read_text(encoding="ascii")
    [kibibytes] = re.findall(r"VmRSS:\s+(\d+) kB", status)
    return int(kibibytes) / 1024


def send(port: int, requests: list[bytes], good: bytes) -> None:
    """Send requests; end the run where one is not answered well."""
    found = asyncio.run(load("127.0.0.1", port, requests, connections=CONNECTIONS, good=good))
    if found.good != len(requests):
        sys.exit(f"{len(requests) - found.good} wrong answers")


def sizes(requests: int, folder: Path) -> list[float]:
    """Return the resident memory after each of ten turns."""
    port, settings = free_port(), folder / "gateway.toml"
    settings.write_text(
        SETTINGS.format(public=PUBLIC, port=port, location=folder / "memory.db", digest=HASH)
    )
    count, found = requests // TURNS // 2, []
    with server(SERVE, "serve", str(settings), port=port, BENCHMARK_TOKEN=TOKEN) as process:
        for turn in range(TURNS):
            send(port, messages("/webhooks/twilio", turn * count, count), b"<Response")
            send(port, questions("/v1/may-send", turn * count, count), b'"allowed":')
            found.append(resident(process))
    return found


def main() -> int:
    """Print the memory after each turn; return 1 if it grew too much."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--requests", type=int, default=100_000)
    parser.add_argument("--growth", type=float, default=16, help="MiB that may be added")
    options = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        found = sizes(options.requests, Path(folder))
    growth = found[-1] - found[0]
    print("MiB:", *[f"{each:.1f}" for each in found])
    print(f"{options.requests:,} requests: {growth:+.1f} MiB after the first tenth")
    return 1 if growth > options.growth else 0


if __name__ == "__main__":
    sys.exit(main())
