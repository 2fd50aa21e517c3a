"""What the processes of the torture do: workers record messages, a sender works off the outbox, both until killed."""

from __future__ import annotations

import json
import os
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path
from random import Random

from optoutlang.consent import (
    Account,
    Channel,
    Engine,
    Forward,
    InboundMessage,
    Ledger,
    Sender,
    SenderKind,
    SendReply,
    Service,
    StoreError,
)
from optoutlang.consent.stores.sql.database import Database
from optoutlang.consent.stores.sql.store import SqlStore
from tests.consent.scenario import standard

START = datetime(2026, 1, 1, tzinfo=UTC)
ENGINE = Engine(
    Account(services=(Service("X", (Sender("A", SenderKind.LONG_CODE),)),)), standard=standard()
)
TEXTS = ("STOP", "STOP", "START", "HELP", "What time do you close?")
PEOPLE = 24


@dataclass(frozen=True, slots=True)
class Place:
    """Where a run keeps its store and its files."""

    location: str
    folder: Path

    def acks(self, worker: int) -> Path:
        """Return the file in which a worker notes each message that it has recorded."""
        return self.folder / f"acks-{worker}"

    @property
    def sent(self) -> Path:
        """The file that stands for the provider: a line for each effect that was sent."""
        return self.folder / "sent"

    @property
    def stop(self) -> Path:
        """The file that tells everybody to come to an end."""
        return self.folder / "stop"

    def open(self) -> SqlStore:
        """Open the store with connections of this process's own."""
        return SqlStore(Database(self.location))


def message(worker: int, number: int) -> InboundMessage:
    """Return one message: no two have the same time, and some come late."""
    random = Random(f"{worker} {number}")  # noqa: S311 - a script, no secret
    late = timedelta(hours=random.choice((0, 0, 0, 3)))
    return InboundMessage(
        id=f"{worker}-{number}",
        recipient=f"+1555{random.randrange(PEOPLE):07}",
        sender="A",
        channel=Channel.SMS,
        at=START + timedelta(minutes=10 * number, seconds=worker) - late,
        text=random.choice(TEXTS),
    )


def acknowledged(place: Place, worker: int) -> int:
    """Return how many messages a worker has recorded for certain."""
    path = place.acks(worker)
    return path.read_bytes().count(b"\n") if path.exists() else 0


def work(place: Place, worker: int) -> None:
    """Record messages from behind the last that was acknowledged: the provider sends that one again."""
    ledger = Ledger(ENGINE, place.open())
    number = acknowledged(place, worker)
    file = os.open(place.acks(worker), os.O_WRONLY | os.O_APPEND | os.O_CREAT)
    while True:
        ledger.record(message(worker, number))
        os.write(file, b"%d\n" % number)
        number += 1
        if place.stop.exists():
            return


def send(place: Place) -> None:
    """Send what waits in the outbox; the provider knows an effect that comes twice by its number."""
    store = place.open()
    file = os.open(place.sent, os.O_WRONLY | os.O_APPEND | os.O_CREAT)
    while True:
        items = store.outbox(limit=20)
        for each in items:
            kind = type(each.effect).__name__
            os.write(file, (json.dumps([each.number, each.event, kind]) + "\n").encode())
        store.done([each.number for each in items])
        if not items and place.stop.exists():
            return


def child(place: Place, role: int) -> int:
    """Start a process in a role (a worker's number, or -1 to send) and return its id."""
    process = os.fork()
    if process:
        return process
    code = 1
    try:
        if role < 0:
            send(place)
        else:
            work(place, role)
        code = 0
    except StoreError:
        code = 3
    finally:
        os._exit(code)


FORWARD, REPLY = Forward.__name__, SendReply.__name__
