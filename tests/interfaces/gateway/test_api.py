"""The API: who may be texted, words from elsewhere, reviews, decisions; its keys, its bounds, its description."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from optoutlang.consent import StoreError
from optoutlang.interfaces.gateway.api.keys import Bucket, Keys, new_key
from optoutlang.interfaces.gateway.settings import ApiKey, Scope
from optoutlang.interfaces.gateway.web.bodies import depth
from tests.interfaces.gateway.running import (
    AUTHORIZED,
    KEY,
    KEY_HASH,
    KEYS,
    MAIN,
    OURS,
    PERSON,
    SERVICE,
    Running,
    running,
    settings_of,
)

RULES = """
ruleset acme
let brand = "Acme"
suggest phrases
opt-out {
  phrases "leave me alone"
}
topic offers {
  opt-out {
    keywords "STOP OFFERS"
    reply "Acme: no more offers."
  }
}
"""


@pytest.fixture
def place(tmp_path: Path) -> Iterator[Running]:
    (tmp_path / "acme.optout").write_text(RULES)
    service = SERVICE.replace(
        'name = "alerts"', 'name = "alerts"\nrules = "acme.optout"\nmessaging_service_sid = "MG1"'
    )
    with running(settings_of(MAIN + KEYS + service, tmp_path)) as found:
        yield found


def test_may_send_says_why_not(place: Running) -> None:
    place.text("Stop!", sid="SM1")
    answer = place.ask("/v1/may-send", {"recipient": "+1 (514) 555-0123", "sender": OURS}).json()
    at = answer["cause"].pop("at")
    assert datetime.now(UTC) - datetime.fromisoformat(at) < timedelta(minutes=5)
    assert answer == {
        "recipient": PERSON,
        "allowed": False,
        "consent": "opted-out",
        "reason": "opted out",
        "code": 21610,
        "cause": {"event": "message:SM1", "source": "message", "text": "Stop!"},
    }


def test_a_topic_is_asked_about_and_told_of(place: Running) -> None:
    place.text("Stop offers", sid="SM1")
    asked = {"recipient": PERSON, "sender": OURS}
    assert place.ask("/v1/may-send", asked).json()["allowed"]
    about = place.ask("/v1/may-send", {**asked, "topic": "offers"}).json()
    assert (about["allowed"], about["reason"]) == (False, "opted out of the topic")
    assert "code" not in about
    wrong = place.ask("/v1/may-send", {**asked, "topic": "offerz"})
    assert wrong.status_code == 422
    assert "`offers`" in wrong.json()["detail"]
    decided = place.ask("/v1/decide", {"text": "stop offers", "sender": OURS}).json()
    assert decided["decision"]["topic"] == "offers"
    item = {"contact_id": PERSON, "sender_id": OURS, "status": "opt-in"}
    items = [
        {**item, "correlation_id": "c1", "topic": "offers"},
        {**item, "correlation_id": "c2", "topic": "offerz"},
    ]
    results = place.ask("/v1/consents", {"items": items}).json()["items"]
    assert [each["outcome"] for each in results] == ["changed", "refused"]
    assert results[1]["error_messages"] == ["INVALID_TOPIC"]
    assert place.ask("/v1/may-send", {**asked, "topic": "offers"}).json()["allowed"]


def test_many_are_answered_in_the_order_of_the_question(place: Running) -> None:
    place.text("STOP")
    whom = [f"+1514555{each:04}" for each in range(200)]
    whom[123:124] = [PERSON]
    results = place.ask("/v1/may-send", {"recipients": whom, "sender": OURS}).json()["results"]
    assert [each["recipient"] for each in results] == whom
    assert [each["recipient"] for each in results if not each["allowed"]] == [PERSON]


@pytest.mark.parametrize(
    ("path", "body", "status", "detail"),
    [
        ("/v1/may-send", {"sender": OURS}, 422, "`recipient`"),
        (
            "/v1/may-send",
            {"sender": OURS, "recipient": PERSON, "recipients": [PERSON]},
            422,
            "`recipient`",
        ),
        ("/v1/may-send", {"sender": OURS, "recipients": []}, 422, "length >= 1"),
        ("/v1/may-send", {"sender": "X", "recipient": PERSON}, 422, "no sender `X`"),
        (
            "/v1/may-send",
            {"sender": OURS, "recipient": PERSON, "channel": "rcs"},
            422,
            "no channel",
        ),
        ("/v1/may-send", {"sender": OURS, "recipient": PERSON, "channel": "fax"}, 422, "$.channel"),
        ("/v1/may-send", {"sender": OURS, "recipient": "12"}, 422, "no phone number"),
        (
            "/v1/may-send",
            {"sender": OURS, "recipient": PERSON, "urgent": True},
            422,
            "unknown field `urgent`",
        ),
        (
            "/v1/may-send",
            {"sender": OURS, "recipient": {"a": [[[[[[[[[[[[[[[[1]]]]]]]]]]]]]]]]}},
            400,
            "deep",
        ),
        ("/v1/review", {"event": "message:none", "accepted": True}, 404, "no review"),
        ("/v1/review", {"event": "message:\0", "accepted": True}, 422, "U+0000"),
        ("/v1/decide", {"text": "STOP", "country": "Canada"}, 422, "ISO 3166-1"),
        ("/v1/decide", {"text": "STOP", "language": "!"}, 422, "BCP 47"),
        ("/v1/decide", {"text": "STOP", "sender": "X"}, 422, "no sender"),
        ("/v1/consents", {"items": []}, 422, "length >= 1"),
    ],
)
def test_a_wrong_request_is_told_what_is_wrong(
    place: Running, path: str, body: object, status: int, detail: str
) -> None:
    answer = place.ask(path, body)
    assert answer.status_code == status
    assert answer.headers["content-type"] == "application/problem+json"
    assert (
        detail in answer.json()["detail"].lower().replace("contains ", "")
        or detail in answer.json()["detail"]
    )


def test_consents_tell_what_somebody_wants_and_how_it_came_to_that(place: Running) -> None:
    place.text("STOP", sid="SM1")
    place.text("START", sid="SM2")
    found = place.get(f"/v1/consents/{PERSON}").json()
    [row] = found["consents"]
    assert (row["scope"], row["channels"], row["consent"]) == (
        "service:alerts",
        "sms+mms+rcs",
        "subscribed",
    )
    assert row["last_opt_in"]["event"] == "message:SM2"
    assert [(each["event"], each["outcome"]) for each in found["history"]] == [
        ("message:SM1", "changed"),
        ("message:SM2", "changed"),
    ]
    assert len(found["history"][0]["digest"]) == 64
    assert place.get("/v1/consents/%2B15145559999").json()["consents"] == []


def item(**given: str) -> dict[str, str]:
    return {
        "contact_id": PERSON,
        "correlation_id": "c1",
        "sender_id": "alerts",
        "status": "opt-out",
        "source": "website",
        "date_of_consent": "2026-01-01T00:00:00Z",
        **given,
    }


def test_words_from_elsewhere_count_once_each(place: Running) -> None:
    first = place.ask(
        "/v1/consents", {"items": [item(), item(correlation_id="c2", contact_id="+15145550124")]}
    )
    assert first.json()["items"] == [
        {"correlation_id": each, "error_code": 0, "error_messages": [], "outcome": "changed"}
        for each in ("c1", "c2")
    ]
    assert not place.may_send()
    again = place.ask("/v1/consents", {"items": [item(status="opt-in")]}).json()["items"]
    assert again[0]["outcome"] == "duplicate"
    assert not place.may_send()
    [record] = place.get(f"/v1/consents/{PERSON}").json()["history"]
    assert (record["source"], record["by"]) == ("web form", "test")


@pytest.mark.parametrize("sender", ["alerts", "MG1", OURS])
def test_a_word_may_name_the_service_its_id_at_the_provider_or_a_sender(
    place: Running, sender: str
) -> None:
    assert (
        place.ask("/v1/consents", {"items": [item(sender_id=sender)]}).json()["items"][0][
            "error_code"
        ]
        == 0
    )
    assert not place.may_send()


@pytest.mark.parametrize(
    ("given", "reason"),
    [
        ({"contact_id": "5"}, "INVALID_CONTACT_ID"),
        ({"status": "maybe"}, "INVALID_STATUS"),
        ({"source": "hearsay"}, "INVALID_SOURCE"),
        ({"sender_id": "nobody"}, "INVALID_SENDER_ID"),
        ({"date_of_consent": "soon"}, "INVALID_DATE_OF_CONSENT"),
        ({"date_of_consent": "2999-01-01T00:00:00Z"}, "INVALID_DATE_OF_CONSENT"),
        ({"date_of_consent": "0001-01-01T00:00:00+14:00"}, "INVALID_DATE_OF_CONSENT"),
    ],
)
def test_a_wrong_item_is_refused_and_the_others_count(
    place: Running, given: dict[str, str], reason: str
) -> None:
    wrong = item(correlation_id="w", **given)
    found = place.ask("/v1/consents", {"items": [wrong, item()]}).json()["items"]
    assert (found[0]["error_code"], found[0]["error_messages"]) == (30646, [reason])
    assert found[1]["error_code"] == 0
    assert not place.may_send()


def test_what_is_only_suggested_waits_and_is_decided(place: Running) -> None:
    place.text("oh please leave me alone now", sid="SM1")
    assert place.may_send()
    [review] = place.get("/v1/review").json()["reviews"]
    assert (review["event"], review["kind"], review["reason"]) == (
        "message:SM1",
        "opted-out",
        "suggested",
    )
    assert place.get("/v1/review?after=message:SM1").json()["reviews"] == []
    decided = place.ask("/v1/review", {"event": "message:SM1", "accepted": True, "reason": "clear"})
    assert decided.json() == {"outcome": "changed"}
    assert not place.may_send()
    assert place.get("/v1/review").json()["reviews"] == []


def test_an_id_that_no_store_can_keep_is_refused_alone(place: Running) -> None:
    item = {"contact_id": PERSON, "status": "opt-out", "source": "others", "sender_id": OURS}
    items = [{**item, "correlation_id": each} for each in ("c\0", "c1")]
    results = place.ask("/v1/consents", {"items": items}).json()["items"]
    assert [each["error_code"] for each in results] == [30646, 0]
    assert not place.may_send()
    assert place.get("/v1/review?after=%00").status_code == 422
    assert place.text("STOP", sid="SM\0").status_code == 422


@pytest.mark.parametrize("limit", ["0", "x", "1001", "²"])
def test_a_limit_is_a_number(place: Running, limit: str) -> None:
    assert place.get(f"/v1/review?limit={limit}").status_code == 422


def test_decide_says_what_a_message_would_mean_and_records_nothing(place: Running) -> None:
    before = place.gateway.store.stats()
    found = place.ask(
        "/v1/decide", {"text": "please leave me alone", "sender": OURS, "country": "us"}
    ).json()
    assert (found["decision"]["action"], found["decision"]["suggested"]) == (None, "opt-out")
    assert found["tokens"] == ["please", "leave", "me", "alone"]
    assert found["fired"][0]["rule"] == "acme.optout:6"
    standard = place.ask("/v1/decide", {"text": "please leave me alone"}).json()
    assert standard["decision"] is None
    assert place.gateway.store.stats() == before


def test_the_process_says_whether_it_lives_and_can_work(
    place: Running, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert place.client.get(place.url + "/healthz").json() == {"status": "ok"}
    assert place.client.get(place.url + "/readyz").json() == {"status": "ready"}

    def broken() -> tuple[int, int]:
        raise StoreError("the disk is full")

    monkeypatch.setattr(place.gateway.queue, "counts", broken)
    assert place.client.get(place.url + "/healthz").status_code == 200
    assert place.client.get(place.url + "/readyz").status_code == 503
    assert place.get("/metrics").status_code == 200


def test_metrics_count_requests_and_events_and_name_nobody(place: Running) -> None:
    place.text("STOP", sid="SMx")
    place.text("STOP", sid="SMy")
    place.text("STOP", sid="SMy")
    place.get(f"/v1/consents/{PERSON}")
    found = place.get("/metrics").text
    assert 'optout_events_total{kind="InboundMessage",outcome="changed"} 1.0' in found
    assert 'optout_events_total{kind="InboundMessage",outcome="duplicate"} 1.0' in found
    assert 'optout_requests_total{route="message",status="200"} 3.0' in found
    assert "15145550123" not in found


# Keys.


@pytest.mark.parametrize(
    "headers",
    [
        {},
        {"authorization": KEY},
        {"authorization": f"Basic {KEY}"},
        {"authorization": f"Bearer {KEY}x"},
    ],
    ids=["none", "no scheme", "another scheme", "another key"],
)
@pytest.mark.parametrize("path", ["/v1/review", "/v1/consents/+15145550123", "/metrics"])
def test_without_a_key_there_is_no_answer(
    place: Running, headers: dict[str, str], path: str
) -> None:
    answer = place.client.get(place.url + path, headers=headers)
    assert answer.status_code == 401
    assert answer.headers["www-authenticate"] == 'Bearer realm="optoutlang"'


def test_a_key_of_another_account_opens_nothing_here(place: Running, tmp_path: Path) -> None:
    key, digest = new_key()
    folder = tmp_path / "another"
    folder.mkdir()
    other = KEYS.replace(KEY_HASH, digest)
    service = SERVICE.replace(OURS, "+13125550999")
    with running(settings_of(MAIN + other + service, folder)) as another:
        theirs = {"authorization": f"Bearer {key}"}
        for path in ("/v1/review", f"/v1/consents/{PERSON}", "/metrics"):
            assert another.client.get(another.url + path, headers=theirs).status_code == 200
            assert another.client.get(another.url + path, headers=AUTHORIZED).status_code == 401
            assert place.client.get(place.url + path, headers=theirs).status_code == 401
        place.text("STOP")
        question = {"recipient": PERSON, "sender": "+13125550999"}
        answer = another.client.post(another.url + "/v1/may-send", json=question, headers=theirs)
        assert answer.json()["allowed"]  # what was said to one account is unknown to the other
        asked = place.ask("/v1/may-send", question)
        assert asked.status_code == 422  # and nobody asks about the other's senders


def test_a_key_may_do_what_its_scopes_say(tmp_path: Path) -> None:
    settings = settings_of(MAIN + KEYS + SERVICE, tmp_path)
    [key] = settings.keys
    narrow = replace(settings, keys=(replace(key, scopes=frozenset({Scope.MAY_SEND})),))
    with running(narrow) as place:
        assert place.may_send()
        assert place.get("/v1/review").status_code == 403
        assert place.ask("/v1/consents", {"items": [item()]}).status_code == 403
        assert place.ask("/v1/decide", {"text": "STOP"}).status_code == 403


def test_a_key_that_asks_too_often_is_told_when_to_come_back(tmp_path: Path) -> None:
    settings = settings_of(MAIN + KEYS + SERVICE, tmp_path)
    [key] = settings.keys
    with running(replace(settings, keys=(replace(key, rate=0.01, burst=2),))) as place:
        statuses = [place.get("/v1/review").status_code for _ in range(3)]
        assert statuses == [200, 200, 429]
        assert 1 <= int(place.get("/v1/review").headers["retry-after"]) <= 101


def test_a_bucket_lets_a_burst_through_and_then_its_rate() -> None:
    bucket = Bucket(rate=2, burst=3, tokens=3, at=0)
    assert [bucket.take(0) for _ in range(3)] == [0, 0, 0]
    assert bucket.take(0) == 0.5
    assert bucket.take(0.5) == 0
    assert bucket.take(100) == 0
    assert bucket.tokens == 2


def test_no_key_is_kept_but_its_hash() -> None:
    key, digest = new_key()
    kept = Keys([ApiKey(name="a", digest=digest.removeprefix("sha256:"), scopes=frozenset())])
    assert key not in repr(vars(kept))
    assert AUTHORIZED["authorization"].startswith("Bearer optout_")


@pytest.mark.parametrize(
    ("body", "deepest"),
    [
        (b"", 0),
        (b"{}", 1),
        (b'{"a": [1, {"b": []}]}', 4),
        (b'"[[[["', 0),
        (b'["\\"[[", []]', 2),
        (b"]][[", 0),
        (b"[" * 9, 9),
    ],
)
def test_the_depth_of_json_is_that_of_its_brackets_outside_strings(
    body: bytes, deepest: int
) -> None:
    assert depth(body) == deepest
