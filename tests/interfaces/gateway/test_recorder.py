"""Events recorded in batches: an effect that nobody wants is not written, and who stops waiting loses no event."""

from __future__ import annotations

import asyncio
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime
from pathlib import Path
from time import time

import httpx
import pytest

from optoutlang.consent import Channel, InboundMessage
from optoutlang.consent.engine.effect import SendReply
from optoutlang.interfaces.gateway.deliveries.attempt import Attempts
from optoutlang.interfaces.gateway.recorder import Recorder
from optoutlang.interfaces.gateway.web import webhooks
from tests.interfaces.gateway.running import (
    KEYS,
    MAIN,
    OURS,
    PERSON,
    SERVICE,
    Running,
    running,
    settings_of,
)

OTHER = "+12025550199"


@pytest.fixture
def place(tmp_path: Path) -> Iterator[Running]:
    with running(settings_of(MAIN + KEYS + SERVICE, tmp_path)) as found:
        yield found


def test_without_an_application_a_reply_is_written_and_no_forward(place: Running) -> None:
    gateway = place.gateway
    attempts = Attempts(httpx.AsyncClient(), None, gateway.provider_of, time)
    event = InboundMessage(
        id="SM-recorded",
        recipient=PERSON,
        sender=OURS,
        channel=Channel.SMS,
        at=datetime.now(UTC),
        text="STOP",
    )
    with ThreadPoolExecutor(1) as executor:
        recorder = Recorder(
            gateway.store, lambda: gateway.engine, executor, is_wanted=attempts.is_wanted
        )
        transition = asyncio.run(recorder.record(event))

    assert transition is not None
    assert [type(each) for each in transition.effects] == [SendReply]
    assert [type(each.effect) for each in gateway.store.outbox()] == [SendReply]
    assert not place.may_send()


def test_an_event_that_is_recorded_too_late_for_its_answer_is_not_lost(
    place: Running, monkeypatch: pytest.MonkeyPatch
) -> None:
    with monkeypatch.context() as patch:
        patch.setattr(webhooks, "ANSWER_SECONDS", 0.0)
        late = place.text("STOP", sid="SMlate")
    assert (late.status_code, late.headers["retry-after"]) == (503, "5")

    place.text("hello", From=OTHER)  # one batch after the other: the first is recorded by now
    assert not place.may_send()
    assert "unsubscribed" in place.text("STOP", sid="SMlate").text
