"""Every scenario of tests/consent again, through HTTP: webhooks in, TwiML and forwards out, the API asked.

What has no way through HTTP (imports, numbers that end, undos, changes of the
account) is recorded beside it, in the same store.
"""

from __future__ import annotations

import asyncio
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, replace
from datetime import datetime
from pathlib import Path
from typing import cast
from xml.etree import ElementTree as ET

import httpx
import pytest
from twilio.request_validator import RequestValidator

from optoutlang.consent import ConsentReported, Ledger, NumberEnded
from optoutlang.consent.engine.event import Event
from optoutlang.interfaces.gateway.gateway import RuleSets, make_engine
from optoutlang.interfaces.gateway.rules.load import Loaded
from optoutlang.interfaces.gateway.settings import Rules
from tests.consent.scenario import (
    CHANGES,
    VECTORS,
    Table,
    World,
    change,
    clock,
    event,
    load,
    time,
    world,
)
from tests.interfaces.gateway.running import (
    KEYS,
    MAIN,
    PERSON,
    PUBLIC,
    SERVICE,
    TOKEN,
    Receiver,
    Running,
    message,
    running,
    served,
    settings_of,
    standard,
)

FILES = sorted(VECTORS.glob("*.toml"))
APPLICATION = '[application]\nurl = "{url}/sms"\nevents_url = "{url}/events"\nsecret_env = "APPLICATION_SECRET"\n'

REASONS = {
    "opted out": "opted_out",
    "opted out of the topic": "topic",
    "blocked by the toll-free network: only START or UNSTOP to this number lifts it": "network",
    "the opt-in is not confirmed": "pending",
    "nobody opted in, and the service requires it": "no_opt_in",
    "an opt-out waits for review": "in_review",
}


def number(person: str) -> str:
    """Return the number of a person of a vector."""
    return PERSON if person == "R" else f"+1514555{sum(map(ord, person)):04}"


@dataclass(slots=True)
class Play:
    """A scenario while it is played."""

    place: Running
    receiver: Receiver
    world: World
    person: str = "R"
    handed_on: int = 0

    def step(self, step: Table, at_step: int) -> None:
        self.person = cast("str", step.get("from", "R"))
        at, name = time(cast("str", step["at"])), cast("str", step.get("id", f"s{at_step}"))
        self.place.gateway.clock = lambda: at
        known = event(step, at_step)
        if "say" in step:
            self._say(step, name)
        elif "report" in step:
            self._report(step, name)
        elif "review" in step:
            body = {"event": step["review"], "accepted": step["accepted"]}
            assert self.place.ask("/v1/review", body).json() == {"outcome": step["outcome"]}
            self._hand_on(cast("list[str]", step.get("effects", [])))
        elif "reported" in step and self._is_item(step):
            self._reported(step, name)
        elif known is not None:
            if isinstance(known, ConsentReported | NumberEnded):
                known = replace(known, recipient=number(self.person))
            self._beside(known)
            self._hand_on(cast("list[str]", step.get("effects", [])))
        elif any(each in step for each in CHANGES):
            changed = change(self.world, step, at_step)
            gateway = self.place.gateway
            gateway.settings = replace(
                gateway.settings,
                account=self.world.account,
                provider_of={each.address: "twilio" for each in self.world.account.all_senders}
                | dict(gateway.settings.provider_of),
            )
            gateway.engine = make_engine(gateway.settings, gateway.rules)
            self._beside(changed)
        self._look(step, at)

    def _say(self, step: Table, name: str) -> None:
        prefix = _prefix(step)
        given = {
            "To": cast("str", step["to"]),
            "From": prefix + number(self.person),
            "NumMedia": str(step.get("media", 0)),
            "FromCountry": cast("str", step.get("country", "US")),
        }
        before = self.place.gateway.store.stats()
        answer = self.place.text(cast("str", step["say"]), sid=name, **given)
        if "error" in step:
            assert answer.status_code == 404
            assert self.place.gateway.store.stats() == before
            return
        assert answer.status_code == 200, answer.text
        effects = cast("list[str]", step.get("effects", []))
        replies = [each for each in effects if each.startswith("reply ")]
        found = ET.fromstring(answer.text).findall("Message")  # noqa: S314 - our own
        assert len(found) == len(replies), (step, answer.text)
        assert all(each.text for each in found)
        if step["outcome"] == "duplicate":
            return
        self._outcome(f"message:{name}", cast("str", step["outcome"]))
        self._hand_on(effects)

    def _report(self, step: Table, name: str) -> None:
        answer = self.place.report(
            cast("str", step["report"]),
            MessageSid=name,
            To=_prefix(step) + number(self.person),
            From=cast("str", step["of"]),
            ErrorCode=str(step.get("error", "")),
        )
        assert answer.status_code == 200
        if step["outcome"] != "duplicate":
            key = f"report:{name}:{step['report']}:{step.get('error', 0)}"
            self._outcome(key, cast("str", step["outcome"]))
            self._hand_on(cast("list[str]", step.get("effects", [])))

    def _is_item(self, step: Table) -> bool:
        """Whether the API has a way to say it: a web form's word for a service or a sender."""
        named = "service" in step or "sender" in step
        return named and step.get("source", "web form") == "web form" and "batch" not in step

    def _reported(self, step: Table, name: str) -> None:
        channel = step.get("by", "sms")
        item = {
            "contact_id": number(self.person),
            "correlation_id": name,
            "sender_id": step.get("service") or step.get("sender"),
            "status": step["reported"],
            "source": "website",
            "text_version": step.get("text_version"),
            "channel": None if channel == "all" else channel,
            "topic": step.get("topic"),
        }
        [result] = self.place.ask("/v1/consents", {"items": [item]}).json()["items"]
        assert (result["error_code"], result["outcome"]) == (0, step["outcome"]), step
        self._hand_on(cast("list[str]", step.get("effects", [])))

    def _beside(self, known: Event) -> None:
        Ledger(self.place.gateway.engine, self.place.gateway.store).record(known)

    def _outcome(self, key: str, wanted: str) -> None:
        history = self.place.get(f"/v1/consents/{number(self.person)}").json()["history"]
        assert [each["outcome"] for each in history if each["event"] == key] == (
            [] if wanted == "none" else [wanted]
        )

    def _hand_on(self, effects: list[str]) -> None:
        """Wait until the application has what a step hands on, and see that it says what it must."""
        messages = [each for each in effects if each.startswith("forward")]
        events = [each for each in effects if each.startswith(("cancel", "ask", "lift"))]
        self.handed_on += len(messages) + len(events)
        got = self.receiver.wait(self.handed_on)
        new = got[self.handed_on - len(messages) - len(events) :]
        forms = [each.form for each in new if each.headers["content-type"] != "application/json"]
        wanted = [each.partition("OptOutType=")[2] or None for each in messages]
        assert [each.get("OptOutType") for each in forms] == wanted

    def _look(self, step: Table, at: datetime) -> None:
        del at
        consents = cast("dict[str, str]", step.get("consent", {}))
        assert {each: self._asked(each)["consent"] for each in consents} == consents, step
        permissions = cast("dict[str, str]", step.get("may_send", {}))
        assert {each: _written(self._asked(each)) for each in permissions} == permissions, step

    def _asked(self, place: str) -> Table:
        place, _, topic = place.partition(" of ")
        place, _, channel = place.partition(" by ")
        first, _, sender = place.rpartition(" from ")
        body = {
            "recipient": number(first or self.person),
            "sender": sender,
            "channel": channel or "sms",
            "topic": topic or None,
        }
        answer = self.place.ask("/v1/may-send", body)
        assert answer.status_code == 200, answer.text
        return cast("Table", answer.json())


def _prefix(step: Table) -> str:
    """Return what Twilio writes before a number of a step's channel."""
    return {"whatsapp": "whatsapp:", "rcs": "rcs:"}.get(cast("str", step.get("by", "sms")), "")


def _written(verdict: Table) -> str:
    """Return a verdict as vectors write it."""
    if verdict["allowed"]:
        return "allowed"
    reason = REASONS[cast("str", verdict["reason"])].replace("_", " ")
    code = f" {verdict['code']}" if "code" in verdict else ""
    cause = cast("dict[str, str]", verdict.get("cause", {}))
    told = f" by {cause['event']} at {clock(datetime.fromisoformat(cause['at']))}" if cause else ""
    return f"{reason}{code}{told}"


@contextmanager
def scenario(data: Table, folder: Path) -> Iterator[Play]:
    """Run a gateway with the account and the rules of a vector."""
    receiver, found = Receiver(), world(data)
    with served(receiver.app) as url:
        text = MAIN + KEYS + SERVICE + APPLICATION.format(url=url)
        settings = replace(
            settings_of(text, folder),
            account=found.account,
            rules=Rules(custom=dict.fromkeys(found.rulesets, "given"), reload_seconds=0),
            provider_of={each.address: "twilio" for each in found.account.all_senders},
        )
        rules = RuleSets(standard().rules.standard, found.rulesets)
        names = ("standard", *(f"service {each}" for each in found.rulesets))
        with running(settings, Loaded(rules, dict.fromkeys(names, ()))) as place:
            yield Play(place, receiver, found)


@pytest.mark.parametrize("path", FILES, ids=lambda path: path.stem)
def test_a_scenario_goes_through_http_as_its_file_says(path: Path, tmp_path: Path) -> None:
    data = load(path)
    with scenario(data, tmp_path) as play:
        for at_step, step in enumerate(cast("list[Table]", data["step"]), start=1):
            play.step(step, at_step)


def test_deliveries_at_once_count_once(tmp_path: Path) -> None:
    """S4: the same message several times at once, of which none has been answered."""
    [path] = [each for each in FILES if each.stem == "a-message-told-twice"]
    with scenario(load(path), tmp_path) as play:
        place = play.place

        async def at_once() -> list[str]:
            form = message("STOP", "SMx", To="A")
            signature = RequestValidator(TOKEN).compute_signature(f"{PUBLIC}/webhooks/twilio", form)
            async with httpx.AsyncClient(timeout=30) as client:
                answers = await asyncio.gather(
                    *[
                        client.post(
                            f"{place.url}/webhooks/twilio",
                            data=form,
                            headers={"x-twilio-signature": signature},
                        )
                        for _ in range(12)
                    ]
                )
            return [each.text for each in answers]

        answers = asyncio.run(at_once())
        assert len([each for each in answers if "<Message>" in each]) == 1
        messages = [each for each in play.receiver.wait(2) if b"MessageSid" in each.body]
        assert len(messages) == 1
