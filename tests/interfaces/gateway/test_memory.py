"""A gateway keeps nothing of a request; `make memory-gateway` looks at the process over 100,000."""

from __future__ import annotations

import gc
from pathlib import Path

from tests.interfaces.gateway.running import (
    KEYS,
    MAIN,
    SERVICE,
    Running,
    message,
    running,
    settings_of,
)
from tests.interfaces.gateway.ui.site import UI

REQUESTS = 200
SPARE = 200
"""What may differ from one look to the next for reasons of its own; one object a request would be as many."""


def send(place: Running, first: int) -> None:
    for each in range(first, first + REQUESTS):
        form = message("STOP" if each % 2 else "hello", f"SM{each}", From=f"+1514{each:07}")
        assert place.post("/webhooks/twilio", form).status_code == 200
        place.may_send(f"+1514{each:07}")
        assert place.client.get(f"{place.url}/made-up/{each}").status_code == 404
        assert place.client.get(f"{place.url}/ui/sign-in").status_code == 200
        place.client.cookies.clear()


def objects() -> int:
    gc.collect()
    return len(gc.get_objects())


def test_requests_leave_no_objects_behind(tmp_path: Path) -> None:
    keys = KEYS.replace('"metrics"]', '"metrics", "ui"]')
    with running(settings_of(MAIN + keys + SERVICE + UI, tmp_path)) as place:
        send(place, 0)
        before = objects()
        send(place, REQUESTS)
        assert objects() - before < SPARE
