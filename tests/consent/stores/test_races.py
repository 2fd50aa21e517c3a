"""Processes that race leave what some serial order by event time leaves, with each event once."""

from __future__ import annotations

import json
import subprocess
import sys
from collections import Counter
from pathlib import Path

import pytest

from optoutlang.consent import Forward, Ledger, MemoryStore
from optoutlang.consent.stores.sql.verify import verify
from tests.consent.stores.conftest import Place, make_place
from tests.consent.stores.test_contract import AT, ENGINE, message

ROOT = Path(__file__).resolve().parents[3]
PROCESSES, EVENTS = 4, 12
WORK = """
import json, sys
from optoutlang.consent import Ledger
from optoutlang.consent.stores.create import open_store
from tests.consent.stores.test_contract import ENGINE, message
ledger = Ledger(ENGINE, open_store(sys.argv[1]))
sys.stdin.readline()
recorded = [
    name for name, text, minutes in json.loads(sys.argv[2])
    if ledger.record(message(name, text, minutes=minutes)) is not None
]
print(json.dumps(recorded))
"""


@pytest.mark.thorough
@pytest.mark.parametrize("kind", ["sqlite", "postgresql"])
@pytest.mark.slow
def test_stop_and_start_from_many_processes_end_as_by_their_times(
    kind: str, tmp_path: Path, request: pytest.FixtureRequest
) -> None:
    for place in make_place(kind, tmp_path, request):
        race(place)


def race(place: Place) -> None:
    # Each process has all events, in another order: every one is tried by every process.
    events = [
        (f"m{each}", ("STOP", "START", "STOP", "HELP")[each % 4], 10 * each)
        for each in range(EVENTS)
    ]
    orders = [events[each:] + events[:each] for each in range(0, EVENTS, EVENTS // PROCESSES)]
    started = [
        subprocess.Popen(
            [sys.executable, "-c", WORK, str(place.location), json.dumps(order)],
            cwd=ROOT,
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            text=True,
        )
        for order in orders
    ]
    for process in started:
        assert process.stdin is not None
        process.stdin.write("\n")
        process.stdin.flush()
    recorded = Counter(name for process in started for name in json.loads(process.communicate()[0]))
    assert recorded == Counter(name for name, _, _ in events)
    serial = Ledger(ENGINE, MemoryStore())
    for name, text, minutes in events:
        serial.record(message(name, text, minutes=minutes))
    store = place.open_sql()
    [state], [wanted] = store.states("+15550100"), serial.store.states("+15550100")
    assert (state.marks.consent(AT), state.marks.opted_out, state.marks.last_opt_in) == (
        wanted.marks.consent(AT),
        wanted.marks.opted_out,
        wanted.marks.last_opt_in,
    )
    forwards = Counter(
        each.event for each in store.outbox(limit=1000) if isinstance(each.effect, Forward)
    )
    assert forwards == Counter(f"message:{name}" for name, _, _ in events)
    assert verify(store).faults == []
