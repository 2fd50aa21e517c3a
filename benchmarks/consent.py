"""Measure the consent engine alone: events a second on one core, with expected counts.

Run as `python benchmarks/consent.py [--recipients N] [--rounds N]`. The engine
gets the events of a day: delivery reports, ordinary messages, keywords,
sign-ups. Rows are kept in a dictionary, the simplest store there is; what the
rules decide is looked up, as the matcher has its own benchmark (`with the
matcher` has both). Times are processor time. A wrong count ends the run with exit code 1.
"""

from __future__ import annotations

import argparse
import gc
import sys
from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from random import Random
from time import process_time_ns

import optoutlang
from optoutlang.consent import (
    Account,
    Channel,
    Consent,
    ConsentReported,
    DeliveryReport,
    Engine,
    InboundMessage,
    Sender,
    SenderKind,
    Service,
    Source,
    Wish,
)
from optoutlang.consent.engine.event import Event
from optoutlang.consent.engine.route import Rules
from optoutlang.consent.engine.state import ConsentState
from optoutlang.consent.engine.transition import Snapshot
from optoutlang.language.packs import pack_path
from optoutlang.runtime.terms.decision import Decision

ORIGIN = datetime(2026, 1, 1, tzinfo=UTC)
WEIGHTS = {
    "delivered": 50,
    "see you at eight": 35,
    "STOP": 6,
    "YES": 3,
    "START": 2,
    "HELP": 2,
    "21610": 1,
    "opt-in": 1,
}
"""Of a hundred events, how many are of which kind: a message sent has its reports, and an answer now and then."""

EXPECTED = {
    (20_000, 50_000): {Consent.OPTED_OUT: 2_094, Consent.SUBSCRIBED: 379, Consent.UNKNOWN: 17_527}
}


@dataclass(slots=True)
class Remembered:
    """Rules whose decisions were made before."""

    rules: Rules
    answers: dict[str, Decision | None] = field(default_factory=dict)

    def match(
        self,
        text: str,
        *,
        country: str | None = None,
        language: str | None = None,
        payload: str | bytes | None = None,
    ) -> Decision | None:
        """Return what the rules said of the text."""
        try:
            return self.answers[text]
        except KeyError:
            found = self.answers[text] = self.rules.match(
                text, country=country, language=language, payload=payload
            )
            return found


def account() -> Account:
    """Return an account with a service of two numbers and one number alone."""
    long_code = SenderKind.LONG_CODE
    service = Service(
        "alerts", (Sender("+12025550100", long_code), Sender("+12025550101", long_code))
    )
    return Account(services=(service,), senders=(Sender("+12025550102", long_code),))


def events(recipients: int, count: int) -> list[Event]:
    """Return a day's events, the same for the same numbers."""
    random = Random(11)  # noqa: S311 - a benchmark
    kinds = random.choices(list(WEIGHTS), list(WEIGHTS.values()), k=count)
    senders = [each.address for each in account().all_senders]
    return [
        _event(kind, number, f"+1202{random.randrange(recipients):07}", random.choice(senders))
        for number, kind in enumerate(kinds)
    ]


def _event(kind: str, number: int, recipient: str, sender: str) -> Event:
    at, name = ORIGIN + timedelta(seconds=number), f"SM{number:032x}"
    if kind in {"delivered", "21610"}:
        error = None if kind == "delivered" else 21610
        return DeliveryReport(
            id=name,
            status=kind,
            error=error,
            recipient=recipient,
            sender=sender,
            channel=Channel.SMS,
            at=at,
        )
    if kind == "opt-in":
        return ConsentReported(
            id=name,
            recipient=recipient,
            wish=Wish.OPT_IN,
            source=Source.WEB_FORM,
            at=at,
            sender=sender,
        )
    return InboundMessage(
        id=name,
        recipient=recipient,
        sender=sender,
        channel=Channel.SMS,
        at=at,
        text=kind,
        country="US",
    )


def play(engine: Engine, day: list[Event]) -> dict[str, tuple[ConsentState, ...]]:
    """Return the rows after all events."""
    rows: dict[str, tuple[ConsentState, ...]] = {}
    for event in day:
        reads = engine.reads(event)
        recipient = reads.recipient or ""
        states = rows.get(recipient, ())
        transition = engine.handle(event, Snapshot(states=states))
        if transition.states:
            new = {each.key for each in transition.states}
            rows[recipient] = (
                *(each for each in states if each.key not in new),
                *transition.states,
            )
    return rows


def counted(
    engine: Engine, rows: dict[str, tuple[ConsentState, ...]], recipients: int
) -> Counter[Consent]:
    """Return how many recipients want what of the service."""
    at, sender = ORIGIN + timedelta(days=30), account().all_senders[0].address
    everybody = (f"+1202{number:07}" for number in range(recipients))
    return Counter(
        engine.consent(rows.get(each, ()), sender, Channel.SMS, at) for each in everybody
    )


def timed(run: Callable[[], object], operations: int) -> float:
    """Return the nanoseconds of processor time of one operation: other processes do not count."""
    gc.collect()
    gc.disable()
    begun = process_time_ns()
    run()
    spent = process_time_ns() - begun
    gc.enable()
    return spent / operations


def main() -> None:
    """Measure and print; end with 1 if a count is wrong."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--recipients", type=int, default=20_000)
    parser.add_argument("--events", type=int, default=50_000)
    parser.add_argument("--rounds", type=int, default=5)
    options = parser.parse_args()
    standard = optoutlang.load(pack_path("standard"))
    day = events(options.recipients, options.events)
    engine = Engine(account(), standard=Remembered(standard))
    rows = play(engine, day)
    found = counted(engine, rows, options.recipients)
    wanted = EXPECTED.get((options.recipients, options.events))
    if wanted is not None and found != Counter(wanted):
        sys.exit(f"wrong counts: {dict(found)} instead of {wanted}")
    print(f"{'what':32} {'ns each':>10} {'each second':>12}")
    show("an event, the engine alone", options.rounds, len(day), lambda: play(engine, day))
    asked = Engine(account(), standard=standard)
    show("an event, with the matcher", options.rounds, len(day), lambda: play(asked, day))
    question = "may_send, rows at hand"
    show(
        question,
        options.rounds,
        options.recipients,
        lambda: counted(engine, rows, options.recipients),
    )
    for kind in WEIGHTS:
        some = [
            _event(kind, number, f"+1202{number:07}", "+12025550100") for number in range(2_000)
        ]
        show(f"  {kind}", options.rounds, len(some), lambda: play(engine, some))  # noqa: B023
    print(f"\n{len(day):,} events of {options.recipients:,} recipients leave: ", end="")
    print(
        ", ".join(f"{count:,} {consent.value}" for consent, count in sorted(found.items(), key=str))
    )


def show(name: str, rounds: int, operations: int, run: Callable[[], object]) -> None:
    """Print the fastest of the rounds: what the others took longer, other processes took."""
    spent = min(timed(run, operations) for _ in range(rounds))
    print(f"{name:32} {spent:10,.0f} {1e9 / spent:12,.0f}")


if __name__ == "__main__":
    main()
