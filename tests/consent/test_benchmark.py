"""The benchmark's day leaves what the naive model says, so that its expected counts are not the engine's own."""

from __future__ import annotations

from collections import Counter

import pytest

from benchmarks.consent import EXPECTED, ORIGIN, account, counted, events, play
from optoutlang.consent import ConsentReported, DeliveryReport, Engine, InboundMessage
from tests.consent.model import Model
from tests.consent.scenario import standard

DAYS = 30 * 24 * 3600


def naively(recipients: int, count: int) -> Counter[str]:
    """Return how many recipients want what of the first sender, by the naive model; times are seconds."""
    first, second, alone = (each.address for each in account().all_senders)
    model = Model(
        service={first: "alerts", second: "alerts", alone: None},
        kinds=dict.fromkeys((first, second, alone), "long code"),
    )
    for event in events(recipients, count):
        at = int((event.at - ORIGIN).total_seconds())
        match event:
            case InboundMessage():
                model.say(event.id, event.recipient, event.sender, "sms", at, event.text)
            case DeliveryReport() if event.error:
                model.told(event.id, event.recipient, event.sender, at, "out")
            case ConsentReported() if event.sender:
                model.told(event.id, event.recipient, event.sender, at, "in")
    people = (f"+1202{number:07}" for number in range(recipients))
    return Counter(model.consent(each, first, "sms", DAYS) for each in people)


@pytest.mark.slow
def test_the_day_of_the_benchmark_leaves_what_the_naive_model_says() -> None:
    [((recipients, count), wanted)] = EXPECTED.items()
    assert naively(recipients, count) == {each.value: number for each, number in wanted.items()}


def test_the_engine_leaves_the_same_on_a_smaller_day() -> None:
    engine = Engine(account(), standard=standard())
    found = counted(engine, play(engine, events(400, 2_000)), 400)
    assert {each.value: number for each, number in found.items()} == naively(400, 2_000)
