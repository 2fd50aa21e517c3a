"""The JSON Schemas of consent, of the gateway and of the plain webhook hold for what is written and read there."""

from __future__ import annotations

import json
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path

import pytest

from optoutlang.consent import Channel, ReplyKind, SendReply
from optoutlang.providers import MalformedError, WebhookRequest, make_provider
from optoutlang.runtime.terms.json import Json
from tests.docs.pages import VALUE_SCHEMA, value_schema_file
from tests.docs.test_schemas import SCHEMAS, validator
from tests.interfaces.cli.runner import optout
from tests.interfaces.cli.test_gateway import config, letters, secrets

__all__ = ["config", "secrets"]  # fixtures

ONE = "+15145550100"
LIST = f"""\
number,state,at
{ONE},opt-out,2026-01-01T12:00:00Z
+15145550101,opt-in,2026-01-02
514 555 0102,opt-out,2026-01-01
"""


@pytest.fixture
def store(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Return a folder with a store of two people, one row of whose list was rejected."""
    monkeypatch.chdir(tmp_path)
    assert optout("consent", "init").exit_code == 0
    Path("list.csv").write_text(LIST, encoding="utf-8")
    imported = optout("consent", "import", "list.csv", "--service", "X", "--rejects", "bad.jsonl")
    assert imported.exit_code == 1
    optout("consent", "verify", "--heads", "heads.json")
    return tmp_path


def test_the_schema_of_values_has_every_type_that_the_engine_writes() -> None:
    assert VALUE_SCHEMA.read_text(encoding="utf-8") == value_schema_file()


OBJECTS = [
    ("consent-person", ("consent", "show", ONE, "--json")),
    ("consent-stats", ("consent", "stats", "--json")),
    ("consent-verification", ("consent", "verify", "--json")),
]
LINES = [
    ("consent-row", ("consent", "export", "--format", "jsonl")),
    ("consent-value", ("consent", "history", ONE, "--json")),
]


@pytest.mark.parametrize(("name", "command"), OBJECTS)
@pytest.mark.usefixtures("store")
def test_a_command_of_consent_writes_what_its_schema_says(
    name: str, command: tuple[str, ...]
) -> None:
    written = json.loads(optout(*command).stdout)
    validator(name).validate(written)
    assert not validator(name).is_valid({**written, SCHEMAS[name]["required"][0]: object()})


@pytest.mark.parametrize(("name", "command"), LINES)
@pytest.mark.usefixtures("store")
def test_each_line_of_consent_is_what_its_schema_says(name: str, command: tuple[str, ...]) -> None:
    lines = [json.loads(each) for each in optout(*command).stdout.splitlines()]
    assert lines
    for each in lines:
        validator(name).validate(each)
        assert not validator(name).is_valid({**each, "more": 1})


def test_rejected_rows_and_the_ends_of_chains_are_what_their_schemas_say(store: Path) -> None:
    rejected = [json.loads(each) for each in (store / "bad.jsonl").read_text().splitlines()]
    assert len(rejected) == 1
    validator("consent-reject").validate(rejected[0])
    heads = json.loads((store / "heads.json").read_text())
    assert heads
    validator("consent-heads").validate(heads)
    assert not validator("consent-heads").is_valid({"1": [1.5, "00"]})


@pytest.mark.usefixtures("secrets")
def test_a_dead_letter_is_what_its_schema_says(config: Path) -> None:
    letters(config, 2)
    lines = optout("gateway", "dead-letters", str(config), "--json").stdout.splitlines()
    assert len(lines) == 2
    for each in map(json.loads, lines):
        validator("dead-letter").validate(each)
        assert not validator("dead-letter").is_valid({**each, "effect": {"type": "Forward"}})


MESSAGE: dict[str, Json] = {"id": "1", "from": ONE, "to": "+13125550100", "text": "STOP"}
REPORT: dict[str, Json] = {"id": "1", "status": "failed", "from": "+13125550100", "to": ONE}
CHANGES: list[dict[str, Json]] = [
    {},
    {"channel": "rcs", "language": "fr", "at": "2026-01-01T11:00:00Z", "payload": "Out"},
    {"channel": None, "country": "CA", "language": None, "at": None, "text": None},
    {"error": 30007, "media": 2, "anything": ["else"]},
    {"id": " "},
    {"id": 7},
    {"to": None},
    {"channel": "fax"},
    {"media": -1, "error": -1},
    {"media": True, "error": True},
]


@pytest.mark.parametrize("changes", CHANGES)
def test_a_plain_webhook_is_read_as_its_schema_says(changes: dict[str, Json]) -> None:
    plain = make_provider("plain", "shop", {"secret": "long"})
    now = datetime(2026, 1, 1, 12, tzinfo=UTC)
    for name, body, read in (
        ("plain-message", MESSAGE | changes, plain.message),
        ("plain-report", REPORT | changes, plain.report),
    ):
        request = WebhookRequest(
            method="POST",
            url="https://a.example/",
            headers={},
            body=json.dumps(body).encode(),
            at=now,
        )
        try:
            read(request)
            good = True
        except MalformedError:
            good = False
        assert validator(name).is_valid(body) is good, name


def test_the_answer_to_a_plain_webhook_is_what_its_schema_says() -> None:
    plain = make_provider("plain", "shop", {"secret": "long"})
    reply = SendReply(
        recipient=ONE, sender="+1", channel=Channel.SMS, kind=ReplyKind.OPT_OUT, text="Bye."
    )
    for each in (None, reply, replace(reply, language="en")):
        answer = plain.answer(each)
        assert answer is not None
        validator("plain-answer").validate(json.loads(answer.body))
