"""`make torture`: kill the processes of a consent store at random moments, and see that nothing is lost or doubled.

python -m tests.consent.torture.run --kills 1000 [sqlite] [postgresql]
"""

from __future__ import annotations

import argparse
import json
import os
import signal
import sys
import tempfile
import time
from collections import Counter
from dataclasses import dataclass
from pathlib import Path
from random import Random

from optoutlang.consent import Ledger, MemoryStore, Store
from optoutlang.consent.engine.state import Consent
from optoutlang.consent.stores.create import create_store
from optoutlang.consent.stores.sql.verify import verify
from tests.consent.stores.server import NoServerError, server_url, with_schema
from tests.consent.torture.load import (
    ENGINE,
    FORWARD,
    REPLY,
    Place,
    acknowledged,
    child,
    message,
)

WORKERS = 3
LONGEST = 0.1
"""The longest time from one kill to the next, in seconds."""


@dataclass(frozen=True, slots=True)
class Result:
    """What a run came to; all but the first four have to be 0."""

    kills: int
    events: int
    opted_out: int
    seconds: float
    lost_events: int
    lost_opt_outs: int
    wrong_states: int
    double_replies: int
    double_forwards: int
    faults: int

    @property
    def wrong(self) -> int:
        """How much is wrong."""
        return (
            self.lost_events
            + self.lost_opt_outs
            + self.wrong_states
            + self.double_replies
            + self.double_forwards
            + self.faults
        )


def torture(place: Place, kills: int, *, seed: int = 0) -> Result:
    """Kill processes so often, let the rest come to an end, and count what is wrong."""
    random = Random(seed)  # noqa: S311 - moments, no secrets
    create_store(place.location).close()
    began = time.monotonic()
    roles = (-1, *range(WORKERS))
    running = {child(place, role): role for role in roles}
    try:
        for _ in range(kills):
            time.sleep(random.uniform(0, LONGEST))
            victim = random.choice(list(running))
            role = running.pop(victim)
            os.kill(victim, signal.SIGKILL)
            os.waitpid(victim, 0)
            running[child(place, role)] = role
        place.stop.touch()
        while running:
            process, role = max(running.items(), key=lambda each: each[1])  # the sender last
            _, status = os.waitpid(process, 0)
            del running[process]
            if os.waitstatus_to_exitcode(status):
                running[child(place, role)] = role
        os.waitpid(
            child(place, -1), 0
        )  # the sender may have ended before the last message was recorded
    finally:
        for process in running:
            os.kill(process, signal.SIGKILL)
    return _judge(place, kills, time.monotonic() - began)


def _judge(place: Place, kills: int, seconds: float) -> Result:
    store = place.open()
    events = [
        message(worker, number)
        for worker in range(WORKERS)
        for number in range(acknowledged(place, worker))
    ]
    serial = Ledger(ENGINE, MemoryStore())
    for each in sorted(events, key=lambda each: each.at):
        serial.record(each)
    sent = Counter(
        (event, kind)
        for _, event, kind in {
            tuple(json.loads(line)) for line in place.sent.read_bytes().splitlines()
        }
    )
    people = sorted({each.recipient for each in events})
    found = {each: _consent(store, each) for each in people}
    wanted = {each: _consent(serial.store, each) for each in people}
    result = Result(
        kills=kills,
        events=len(events),
        opted_out=sum(each is Consent.OPTED_OUT for each in wanted.values()),
        seconds=seconds,
        lost_events=sum(sent[each.key, FORWARD] < 1 for each in events),
        lost_opt_outs=sum(
            wanted[each] is Consent.OPTED_OUT and found[each] is not Consent.OPTED_OUT
            for each in people
        ),
        wrong_states=sum(found[each] is not wanted[each] for each in people),
        double_replies=sum(count > 1 for (_, kind), count in sent.items() if kind == REPLY),
        double_forwards=sum(count > 1 for (_, kind), count in sent.items() if kind == FORWARD),
        faults=verify(store).faulty,
    )
    store.close()
    return result


def _consent(store: Store, recipient: str) -> Consent:
    return Ledger(ENGINE, store).consent(recipient, "A", at=message(0, 10**6).at)


def main() -> int:
    """Run on the databases that are named; return 1 if anything is wrong."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--kills", type=int, default=1000)
    parser.add_argument("--seed", type=int, default=0)
    parser.add_argument("databases", nargs="*", default=["sqlite", "postgresql"])
    options = parser.parse_args()
    wrong = 0
    for name in options.databases:
        with tempfile.TemporaryDirectory() as folder:
            if name == "sqlite":
                result = torture(
                    Place(f"{folder}/consent.db", Path(folder)), options.kills, seed=options.seed
                )
            else:
                try:
                    with server_url() as url:
                        place = Place(with_schema(url, "torture"), Path(folder))
                        result = torture(place, options.kills, seed=options.seed)
                except NoServerError as error:
                    sys.exit(str(error))
        wrong += result.wrong
        print(name, result)  # noqa: T201 - a command
    return 1 if wrong else 0


if __name__ == "__main__":
    sys.exit(main())
