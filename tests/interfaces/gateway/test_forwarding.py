"""Messages handed on to an application that answers well, wrongly, slowly, or not at all."""

from __future__ import annotations

import hashlib
import hmac
import json
import threading
from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path
from random import Random
from urllib.parse import parse_qsl, urlencode

import pytest

from optoutlang.consent import Channel, Forward, InboundMessage, Ledger
from optoutlang.consent.stores.create import create_store
from optoutlang.interfaces.gateway.deliveries.application import message_request
from optoutlang.interfaces.gateway.deliveries.backoff import wait
from optoutlang.interfaces.gateway.deliveries.delivery import Again, Dead, Done
from optoutlang.interfaces.gateway.deliveries.queue import LEASE, DeliveryQueue
from optoutlang.interfaces.gateway.gateway import make_engine
from optoutlang.interfaces.gateway.rules.load import load_rules
from optoutlang.interfaces.gateway.settings import Application, Settings
from tests.consent.stores.server import with_schema
from tests.interfaces.gateway.running import (
    KEYS,
    MAIN,
    OURS,
    PERSON,
    SECRET,
    SERVICE,
    Got,
    Receiver,
    message,
    running,
    served,
    settings_of,
    standard,
)

RULES = (
    'ruleset acme\nlet brand = "Acme"\nopt-out { keywords BASTA }\n'
    'topic offers { opt-out { keywords "STOP OFFERS" reply "No more offers." } }\n'
)
CUSTOM = SERVICE.replace('name = "alerts"', 'name = "alerts"\nrules = "acme.optout"')
APPLICATION = """
[application]
url = "{url}/sms"
secret_env = "APPLICATION_SECRET"
seconds = 0.5
attempts = 4
first_wait = 0.02
longest_wait = 0.05
"""


def settings(folder: Path, url: str, *, service: str = CUSTOM, extra: str = "") -> Settings:
    (folder / "acme.optout").write_text(RULES)
    return settings_of(MAIN + KEYS + service + APPLICATION.format(url=url) + extra, folder)


@pytest.fixture
def receiver() -> Receiver:
    return Receiver()


def test_an_application_gets_the_parameters_and_what_they_mean(
    tmp_path: Path, receiver: Receiver
) -> None:
    with served(receiver.app) as url, running(settings(tmp_path, url)) as place:
        answer = place.text("Basta", sid="SM1", MediaUrl0="https://m.example/ü")
        [got] = receiver.wait(1)
    sent = message("Basta", "SM1", MediaUrl0="https://m.example/ü")
    assert {name: got.form[name] for name in sent} == sent
    added = {name: value for name, value in got.form.items() if name not in sent}
    assert added == {
        "OptOutType": "STOP",
        "OptOutKeyword": "BASTA",
        "OptOutLanguage": "en",
        "OptOutRule": "acme.optout:3",
        "OptOutCertain": "true",
        "OptOutConsent": "opted-out",
    }
    assert got.headers["x-request-id"] == answer.headers["x-request-id"]
    assert got.headers["x-optout-event"] == "message:SM1"
    signed = f"{got.headers['x-optout-timestamp']}.".encode() + got.body
    wanted = hmac.new(SECRET.encode(), signed, hashlib.sha256).hexdigest()
    assert got.headers["x-optout-signature"] == wanted


@pytest.mark.parametrize("text", ["START", "HELP", "stop"])
def test_the_type_is_exactly_stop_start_or_help(
    tmp_path: Path, receiver: Receiver, text: str
) -> None:
    with served(receiver.app) as url, running(settings(tmp_path, url)) as place:
        place.text("STOP" if text == "START" else "hi")
        place.text(text)
        last = receiver.wait(2)[1]
    assert last.form["OptOutType"] == text.upper()


def test_what_concerns_a_topic_has_its_name_and_no_type_of_everything(
    tmp_path: Path, receiver: Receiver
) -> None:
    with served(receiver.app) as url, running(settings(tmp_path, url)) as place:
        place.text("Stop offers", sid="SM1", OptOutTopic="forged")
        [got] = receiver.wait(1)
    assert got.form["OptOutTopic"] == "offers"
    assert got.form["OptOutTopicType"] == "STOP"
    assert got.form["OptOutKeyword"] == "STOP OFFERS"
    assert got.form["OptOutConsent"] == "opted-out"
    assert "OptOutType" not in got.form


def test_without_rules_of_its_own_a_service_is_told_no_type_as_at_twilio(
    tmp_path: Path, receiver: Receiver
) -> None:
    with served(receiver.app) as url, running(settings(tmp_path, url, service=SERVICE)) as place:
        place.text("STOP", sid="SM1")
        [got] = receiver.wait(1)
    assert got.form == {**message("STOP", "SM1"), "OptOutConsent": "opted-out"}


def test_without_details_an_application_gets_what_twilio_sends(
    tmp_path: Path, receiver: Receiver
) -> None:
    with served(receiver.app) as url:
        found = settings(tmp_path, url)
        assert found.application is not None
        found = replace(found, application=replace(found.application, details=False))
        with running(found) as place:
            place.text("STOP", sid="SM1")
            [got] = receiver.wait(1)
    assert got.form == {**message("STOP", "SM1"), "OptOutType": "STOP"}


def test_what_we_add_cannot_come_from_outside(tmp_path: Path, receiver: Receiver) -> None:
    with served(receiver.app) as url, running(settings(tmp_path, url)) as place:
        place.text(
            "hello", OptOutKeyword="x", OptOutRequestId="y\r\nz: 1", OptOutConsent="subscribed"
        )
        [got] = receiver.wait(1)
    assert "OptOutKeyword" not in got.form
    assert got.form["OptOutConsent"] == "unknown"
    assert "z" not in got.headers


def test_the_answer_to_the_provider_does_not_wait_for_the_application(
    tmp_path: Path, receiver: Receiver
) -> None:
    gate = threading.Event()
    receiver.answers = lambda _: 204 if gate.wait(20) else 500
    with served(receiver.app) as url:
        slow = settings(tmp_path, url)
        assert slow.application is not None
        slow = replace(slow, application=replace(slow.application, seconds=20))
        with running(slow) as place:
            assert place.text("STOP").status_code == 200  # while nobody has answered there
            assert not receiver.requests
            gate.set()
            receiver.wait(1)


def test_a_message_is_tried_again_until_the_application_takes_it(
    tmp_path: Path, receiver: Receiver
) -> None:
    statuses = iter((500, 302, 404, 200))
    receiver.answers = lambda _: next(statuses)
    with served(receiver.app) as url, running(settings(tmp_path, url)) as place:
        place.text("hello")
        found = receiver.wait(4)
    assert len({each.headers["idempotency-key"] for each in found}) == 1
    assert len({each.body for each in found}) == 1


def test_an_application_that_is_too_slow_is_asked_again(tmp_path: Path, receiver: Receiver) -> None:
    gate, first = threading.Event(), threading.Event()

    def answers(_: Got) -> int:
        if not first.is_set():
            first.set()
            gate.wait(20)
        return 204

    receiver.answers = answers
    with served(receiver.app) as url, running(settings(tmp_path, url)) as place:
        place.text("hello")
        receiver.wait(1)  # the second attempt: the first one still hangs
        gate.set()


def test_messages_of_one_person_come_in_order_and_others_do_not_wait(
    tmp_path: Path, receiver: Receiver
) -> None:
    refused: list[str] = []

    def answers(got: Got) -> int:
        if got.form["From"] == PERSON and got.form["Body"] == "0" and len(refused) < 3:
            refused.append(got.form["Body"])
            return 500
        return 204

    receiver.answers = answers
    with served(receiver.app) as url, running(settings(tmp_path, url)) as place:
        for number in range(8):
            place.text(str(number))
            place.text(str(number), From="+15145550124")
        found = receiver.wait(19)
    taken: dict[str, list[str]] = {}
    for got in found:
        taken.setdefault(got.form["From"], []).append(got.form["Body"])
    assert taken["+15145550124"] == [str(each) for each in range(8)]
    assert taken[PERSON] == ["0"] * 3 + [str(each) for each in range(8)]


def test_after_the_last_attempt_a_message_is_a_dead_letter_and_can_be_replayed(
    tmp_path: Path, receiver: Receiver
) -> None:
    status = 500
    receiver.answers = lambda _: status
    with served(receiver.app) as url, running(settings(tmp_path, url)) as place:
        place.text("first")
        receiver.wait(4)
        status = 204
        place.text("second")
        assert receiver.wait(5)[4].form["Body"] == "second"
        [letter] = place.gateway.queue.dead_letters()
        assert (letter.attempts, letter.error) == (4, "the application answered 500")
        assert isinstance(letter.effect, Forward)
        assert letter.effect.message.text == "first"
        place.gateway.queue.replay([letter.number])
        assert receiver.wait(6)[5].form["Body"] == "first"


def test_an_application_that_is_not_there_loses_nothing(tmp_path: Path, receiver: Receiver) -> None:
    with served(receiver.app) as url:
        pass
    gone = settings(tmp_path, url)
    with running(gone) as place:
        place.text("hello")
    with served(receiver.app) as url:
        again = settings(tmp_path, url)
        queue = DeliveryQueue(create_store(again.store))
        queue.create()
        queue.replay([each.number for each in queue.dead_letters()])
        with running(again):
            assert receiver.wait(1)[0].form["Body"] == "hello"


def test_a_store_from_before_the_queue_is_brought_up_and_nothing_in_it_is_lost(
    tmp_path: Path, receiver: Receiver
) -> None:
    with served(receiver.app) as url:
        found = settings(tmp_path, url)
        store = create_store(found.store)
        ledger = Ledger(make_engine(found, load_rules(found.rules).rules), store)
        ledger.record(
            InboundMessage(
                id="SM1",
                sender=OURS,
                recipient=PERSON,
                text="hello",
                channel=Channel.SMS,
                at=datetime.now(UTC),
                form="MessageSid=SM1&Body=hello",
            )
        )
        store.close()
        with running(found):
            [got] = receiver.wait(1)
    assert got.form["MessageSid"] == "SM1"


def test_what_is_no_message_goes_to_its_own_address(tmp_path: Path, receiver: Receiver) -> None:
    with served(receiver.app) as url:
        found = settings(tmp_path, url)
        assert found.application is not None
        found = replace(found, application=replace(found.application, events_url=f"{url}/events"))
        with running(found) as place:
            place.text("STOP", sid="SM1")
            got = receiver.wait(2)
    [event] = [
        json.loads(each.body) for each in got if each.headers["content-type"] == "application/json"
    ]
    assert event["type"] == "CancelPending"
    assert event["cause"]["event"] == "message:SM1"


# The queue alone, on every database.


@pytest.fixture(params=["sqlite", "postgresql"])
def location(request: pytest.FixtureRequest, tmp_path: Path) -> str:
    if request.param == "sqlite":
        return str(tmp_path / "consent.db")
    return with_schema(request.getfixturevalue("postgresql"), f"gateway_{tmp_path.name}")


NOW = 1_000_000_000_000_000


@pytest.fixture
def queues(location: str, tmp_path: Path) -> Iterator[tuple[Ledger, DeliveryQueue, DeliveryQueue]]:
    """Yield a ledger, and the queues of two processes on its store."""
    stores = [create_store(location) for _ in range(2)]
    found = [DeliveryQueue(each) for each in stores]
    for each in found:
        each.create()
    engine = make_engine(settings_of(MAIN + SERVICE, tmp_path), standard().rules)
    yield Ledger(engine, stores[0]), found[0], found[1]
    for store in stores:
        store.close()


def tell(ledger: Ledger, name: str, text: str = "hello", person: str = PERSON) -> None:
    at = datetime(2026, 1, 1, tzinfo=UTC) + timedelta(seconds=int(name.strip("SM")))
    ledger.record(
        InboundMessage(
            id=name, recipient=person, sender=OURS, channel=Channel.SMS, at=at, text=text
        )
    )


def forwards(
    queue: DeliveryQueue, *results: Done | Again | Dead, now: int = NOW
) -> list[tuple[int, str]]:
    found = queue.cycle(results, now, 100)
    return [(each.number, each.event) for each in found if isinstance(each.effect, Forward)]


def test_two_processes_share_the_work_and_never_have_the_same(
    queues: tuple[Ledger, DeliveryQueue, DeliveryQueue],
) -> None:
    ledger, one, two = queues
    for number in range(1, 7):
        tell(ledger, f"SM{number}", person=f"+1514555{number:04}")
    first = [each.number for each in one.cycle([], NOW, 3)]
    second = [each.number for each in two.cycle([], NOW, 100)]
    assert len(first) == 3
    assert not set(first) & set(second)
    assert not one.cycle([], NOW, 100)
    assert not two.cycle([], NOW, 100)


def test_the_next_message_of_a_person_is_ready_when_the_one_before_is_done_or_dead(
    queues: tuple[Ledger, DeliveryQueue, DeliveryQueue],
) -> None:
    ledger, one, two = queues
    for number in (1, 2, 3):
        tell(ledger, f"SM{number}")
    [(first, event)] = forwards(one)
    assert event == "message:SM1"
    assert not forwards(two)
    again = Again(first, NOW + 5, "no")
    assert not forwards(one, again)  # not due, and nobody overtakes
    [(same, _)] = forwards(two, now=NOW + 5)
    assert same == first
    [(_, event)] = forwards(two, Dead(first, "no"), now=NOW + 5)
    assert event == "message:SM2"
    one.replay([first])
    assert [event for _, event in forwards(one, now=NOW + 6)] == ["message:SM1"]


def test_who_dies_at_it_is_followed_by_another_when_the_lease_ends(
    queues: tuple[Ledger, DeliveryQueue, DeliveryQueue],
) -> None:
    ledger, one, two = queues
    tell(ledger, "SM1")
    [(number, _)] = forwards(one)
    lease = int(LEASE.total_seconds() * 1_000_000)
    assert not forwards(two, now=NOW + lease - 1)
    [delivery] = [
        each for each in two.cycle([], NOW + lease, 100) if isinstance(each.effect, Forward)
    ]
    assert (delivery.number, delivery.attempts, delivery.is_unclear) == (number, 2, True)


def test_a_reply_comes_to_one_taker_only(
    queues: tuple[Ledger, DeliveryQueue, DeliveryQueue],
) -> None:
    ledger, one, two = queues
    tell(ledger, "SM1", "STOP")
    tell(ledger, "SM2", "STOP", person="+15145550124")
    assert two.cycle([], NOW, 0) == []
    first = one.take_replies(["message:SM1", "message:SM2", "message:SM3"])
    assert sorted(first) == ["message:SM1", "message:SM2"]
    assert two.take_replies(["message:SM1"]) == {}


def test_nobody_takes_a_reply_that_is_under_way(
    queues: tuple[Ledger, DeliveryQueue, DeliveryQueue],
) -> None:
    ledger, one, two = queues
    tell(ledger, "SM1", "STOP")
    assert len(one.cycle([], NOW, 100)) == 3
    assert two.take_replies(["message:SM1"]) == {}


def test_what_is_done_is_gone_and_counted(
    queues: tuple[Ledger, DeliveryQueue, DeliveryQueue],
) -> None:
    ledger, one, _ = queues
    tell(ledger, "SM1", "")
    tell(ledger, "SM2", "")
    assert one.counts() == (2, 0)
    [(number, _)] = forwards(one)
    [(other, _)] = forwards(one, Done(number))
    one.cycle([Dead(other, "no")], NOW, 0)
    assert one.counts() == (1, 1)
    one.drop([other])
    assert one.counts() == (0, 0)
    assert one.dead_letters() == []


def test_waits_double_to_a_limit_with_half_of_them_by_chance() -> None:
    random = Random(1)  # noqa: S311 - waits, no secrets
    for attempts in range(1, 200):
        whole = min(60, 2 ** min(attempts - 1, 62))
        found = wait(attempts, first=1, longest=60, random=random)
        assert whole / 2 <= found <= whole


def test_no_text_can_add_a_header() -> None:
    name = "SM1\r\nX-Admin: 1"
    event = InboundMessage(
        id=name,
        recipient=PERSON,
        sender=OURS,
        channel=Channel.SMS,
        at=datetime.now(UTC),
        text="\r\n",
        form=urlencode({"MessageSid": name, "OptOutRequestId": "a\nb: c"}),
    )
    application = Application(url="http://a.example", secret=b"s")
    request = message_request(application, 1, event.key, Forward(message=event), 0)
    assert not [value for value in request.headers.values() if "\r" in value or "\n" in value]
    assert dict(parse_qsl(request.body.decode()))["MessageSid"] == name
