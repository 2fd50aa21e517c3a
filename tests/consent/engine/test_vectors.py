"""Every vector file is played step by step, and everything that it says must hold does."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import cast

import pytest

from optoutlang.consent import Channel, Permission, UnknownSenderError
from optoutlang.consent.engine.event import Event
from optoutlang.consent.engine.state import Consent
from optoutlang.consent.engine.transition import Snapshot, Transition
from optoutlang.consent.engine.wire import decode_any, encode
from tests.consent.scenario import (
    CHANGES,
    VECTORS,
    Table,
    World,
    change,
    effects,
    event,
    load,
    permission,
    time,
    world,
)

FILES = sorted(VECTORS.glob("*.toml"))
SCENARIOS = {f"S{number}" for number in range(1, 30)}


class KilledError(Exception):
    """The process ends before the commit."""


def test_there_is_a_file_for_each_of_the_29_scenarios() -> None:
    assert {
        each for path in FILES for each in cast("list[str]", load(path).get("scenarios", []))
    } == SCENARIOS


def test_every_file_cites_its_source() -> None:
    assert not [path.name for path in FILES if not load(path).get("source")]


@dataclass(slots=True)
class Play:
    """A scenario while it is played."""

    world: World
    person: str = "R"

    def step(self, step: Table, number: int) -> None:
        self.person = cast("str", step.get("from", "R"))
        told = event(step, number)
        if told is None and any(each in step for each in CHANGES):
            told = change(self.world, step, number)
        if "error" in step and "report" not in step:
            self._fails(told, cast("str", step["error"]))
        elif told is not None:
            self._tell(told, step)
        self._look(step)

    def _fails(self, told: Event | None, message: str) -> None:
        assert told is not None
        before = self.world.store.stats()
        with pytest.raises(UnknownSenderError, match=message):
            self.world.ledger.record(told)
        assert self.world.store.stats() == before

    def _tell(self, told: Event, step: Table) -> None:
        if step.get("killed"):
            self._killed(told)
        transition = self.world.ledger.record(told)
        if transition is None:
            assert step.get("outcome") == "duplicate", step
            return
        outcome = "none" if transition.record is None else transition.record.outcome.value
        assert (outcome, effects(transition)) == (step["outcome"], step.get("effects", [])), step
        self._audit(transition, cast("Table", step.get("audit", {})))
        assert decode_any(encode(told)) == told

    def _killed(self, told: Event) -> None:
        ledger, before = self.world.ledger, self.world.store.stats()

        def die(snapshot: Snapshot) -> Transition:
            ledger.engine.handle(told, snapshot)
            raise KilledError

        with pytest.raises(KilledError):
            self.world.store.apply(ledger.engine.reads(told), die)
        assert self.world.store.stats() == before

    def _audit(self, transition: Transition, wanted: Table) -> None:
        record = transition.record
        if wanted:
            assert record is not None
            decision = record.decision
            found: Table = {
                "text": record.text,
                "by": record.by,
                "source": record.source.value,
                "text_version": record.text_version,
                "undone": list(record.undone),
                "keyword": decision.keyword if decision else None,
                "rule": decision.rule if decision else None,
                "digest": len(decision.digest) if decision else None,
                "from": record.changes[0].consent_before.value if record.changes else None,
                "to": record.changes[0].consent_after.value if record.changes else None,
            }
            assert {each: found[each] for each in wanted} == wanted

    def _look(self, step: Table) -> None:
        at = time(cast("str", step["at"]))
        consents = cast("dict[str, str]", step.get("consent", {}))
        assert {each: self._consent(each, at).value for each in consents} == consents, step
        permissions = cast("dict[str, str]", step.get("may_send", {}))
        assert {
            each: permission(self._may_send(each, at)) for each in permissions
        } == permissions, step

    def _consent(self, place: str, at: datetime) -> Consent:
        place, _, topic = place.partition(" of ")
        person, sender, channel = self._place(place)
        return self.world.ledger.consent(person, sender, channel, at=at, topic=topic or None)

    def _may_send(self, place: str, at: datetime) -> Permission:
        place, _, topic = place.partition(" of ")
        person, sender, channel = self._place(place)
        return self.world.ledger.may_send(person, sender, channel, at=at, topic=topic or None)

    def _place(self, place: str) -> tuple[str, str, Channel]:
        """Return who and where `A1`, `A1 by whatsapp`, `R2 from A1` are."""
        place, _, channel = place.partition(" by ")
        first, _, second = place.rpartition(" from ")
        return first or self.person, second, Channel(channel or "sms")


@pytest.mark.parametrize("path", FILES, ids=lambda path: path.stem)
def test_a_scenario_goes_as_its_file_says(path: Path) -> None:
    data = load(path)
    play = Play(world(data))
    steps = cast("list[Table]", data["step"])
    assert steps
    for number, step in enumerate(steps, start=1):
        play.step(step, number)
