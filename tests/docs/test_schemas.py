"""The JSON Schemas of docs/schemas hold for what the commands read and write, and allow no field that is not theirs."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from jsonschema import Draft202012Validator
from referencing import Registry, Resource

import optoutlang
from optoutlang.runtime.terms import REQUESTS, Action, MatchedBy
from tests.docs.blocks import ROOT
from tests.interfaces.cli.runner import optout

FOLDER = ROOT / "docs" / "schemas"
SCHEMAS: dict[str, Any] = {
    path.name.removesuffix(".schema.json"): json.loads(path.read_text(encoding="utf-8"))
    for path in sorted(FOLDER.glob("*.schema.json"))
}
REGISTRY: Registry[Any] = Registry().with_resources(
    (each["$id"], Resource.from_contents(each)) for each in SCHEMAS.values()
)
RULES = """\
ruleset acme
use "us"
suggest similar
answer hours { keywords HOURS reply "9 to 5, {{name}}" }
runtime name up to 20
class end is cease, desist
limit replies to 300
topic offers {
  opt-out { keywords "STOP OFFERS" reply "Acme: no more offers, STOP ends all." }
}
opt-out { keywords "NO MORE", LEAVE frames "{end} .. now" buttons "OptOut" }
opt-in {
  allow O216 because "we ask nothing"
  keywords SURE
}
country MX { opt-out { only keywords BAJA } }
test "a" { "no more" from MX -> none "leave" -> opt-out "hello" -> help }
"""


@pytest.fixture(autouse=True)
def rules(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    Path("acme.optout").write_text(RULES, encoding="utf-8")
    Path("small.optout").write_text(
        'opt-out { keywords LEAVE buttons "Out" } test "a" { "leave" -> opt-out }', encoding="utf-8"
    )
    Path("labelled.jsonl").write_text(
        '{"text": "stop", "expect": "opt-out", "kind": "a"}\n'
        '{"text": "cease it all", "expect": "opt-out", "country": "US"}\n'
        '{"text": "stop texting me", "expect": "none", "language": "en"}\n',
        encoding="utf-8",
    )
    Path("inbound.csv").write_text(
        "id,Body,country,sent,handled\n"
        "1,STOP,UK,2026-11-16,STOP\n"
        "2,leave,US,2026-11-17,\n"
        "3,please leave me out of it,US,soon,\n"
        "4,hours,Atlantis,,help\n",
        encoding="utf-8",
    )
    Path("acme.optoutc").write_bytes(optoutlang.compile(RULES).to_bytes())
    Path("bad.optout").write_text('opt-out { keywords A B reply "x } \nremove C', encoding="utf-8")


def validator(name: str) -> Draft202012Validator:
    return Draft202012Validator(SCHEMAS[name], registry=REGISTRY)


@pytest.mark.parametrize("name", SCHEMAS)
def test_a_schema_is_sound_and_has_a_version(name: str) -> None:
    Draft202012Validator.check_schema(SCHEMAS[name])
    assert SCHEMAS[name]["$id"] == f"urn:optoutlang:schema:{name}:1"


def closed_sets(schema: object) -> Iterator[set[object]]:
    """Yield the values of each `enum` in a schema."""
    if isinstance(schema, dict):
        if "enum" in schema:
            yield {*schema["enum"]}
        schema = [*schema.values()]
    for each in schema if isinstance(schema, list) else ():
        yield from closed_sets(each)


def test_no_schema_lacks_an_action_or_a_way_to_match() -> None:
    requests = {each.value for each in REQUESTS}
    for name, schema in SCHEMAS.items():
        if name == "consent-value":
            continue  # made of the engine's types, of which some have fewer
        for values in closed_sets(schema):
            if requests & values:
                assert requests <= values
            if "exact" in values:
                assert {each.value for each in MatchedBy} - values <= {
                    "similar"
                }  # which is no rule
    decision = SCHEMAS["decision"]["properties"]
    assert {*decision["action"]["enum"]} == {each.value for each in Action} | {None}
    assert {*decision["matched_by"]["enum"]} == {each.value for each in MatchedBy}


SCANNED = ("--country-column", "country", "--date-column", "sent")
COMMANDS = [
    ("answer", ("match", "acme.optout", "hours", "--json")),
    ("explanation", ("why", "acme.optout", "hours", "--format", "json")),
    ("explanation", ("why", "acme.optout", "ok thx, see you tmrw", "--format", "json")),
    ("answer", ("match", "acme.optout", "STOP", "--json")),
    ("answer", ("match", "acme.optout", "hello", "--json", "--country", "MX")),
    ("findings", ("check", "acme.optout", "bad.optout", "--format", "json")),
    ("explanation", ("why", "acme.optout", "no more", "--country", "MX", "--format", "json")),
    ("explanation", ("why", "acme.optout", "cease it now", "--format", "json")),
    ("explanation", ("why", "acme.optout", "sotp", "--format", "json")),
    ("difference", ("diff", "us", "acme.optout", "--format", "json")),
    ("tests", ("test", "acme.optout", "--format", "json")),
    ("coverage", ("cover", "us", "--format", "json")),
    ("packs", ("packs", "--format", "json")),
    ("packs", ("packs", "us", "--format", "json")),
    ("codes", ("explain", "--format", "json")),
    ("codes", ("explain", "O201", "--format", "json")),
    ("table", ("show", "acme.optout", "--format", "json")),
    ("table", ("show", "acme.optout", "--country", "MX", "--grep", "baja", "--format", "json")),
    ("proofs", ("prove", "acme.optout", "--format", "json")),
    ("mutants", ("mutate", "small.optout", "--suggest", "--format", "json")),
    ("figures", ("measure", "us", "labelled.jsonl", "--by", "kind", "--format", "json")),
    ("scan", ("scan", "acme.optout", "inbound.csv", "--already", "handled", *SCANNED, "--json")),
    ("scan", ("scan", "acme.optout", "inbound.csv", "--json")),
    ("artefact", ("inspect", "acme.optoutc", "--format", "json")),
    ("versions", ("version", "--format", "json")),
    ("laws", ("fuzz", "small.optout", "--examples", "3", "--seed", "1", "--format", "json")),
    ("figures", ("measure", "us", "labelled.jsonl", "--against", "standard", "--format", "json")),
]


@pytest.mark.parametrize(("name", "command"), COMMANDS)
def test_what_a_command_writes_is_what_its_schema_says(name: str, command: tuple[str, ...]) -> None:
    written = json.loads(optout(*command).stdout)
    validator(name).validate(written)
    if name != "answer":  # lines keep whatever fields they came with
        required = SCHEMAS[name]["required"]
        assert not validator(name).is_valid({**written, required[0]: object()})


LINES = [
    ({"text": "stop", "country": "UK", "language": "", "id": 7}, True),
    ({"text": "stop"}, True),
    ({"text": 7}, False),
    ({"country": "US"}, False),
]


@pytest.mark.parametrize(("line", "good"), LINES)
def test_a_line_is_read_as_its_schema_says(line: dict[str, object], good: bool) -> None:  # noqa: FBT001
    assert validator("message").is_valid(line) is good
    shown = optout("match", "us", "--jsonl", given=json.dumps(line))
    answer = json.loads(shown.stdout)
    validator("answer").validate(answer)
    assert ("error" not in answer) is good


LABELLED = [
    ({"text": "stop", "expect": "opt-out", "kind": "x"}, True),
    ({"text": "stop", "expect": "opt-out", "acceptable": ["none"]}, True),
    ({"text": "stop", "expect": "out"}, False),
    ({"text": "stop"}, False),
    ({"text": "stop", "expect": "none", "acceptable": "help, none"}, True),
    ({"text": "stop", "expect": "none", "acceptable": "help or none"}, False),
]


@pytest.mark.parametrize(("line", "good"), LABELLED)
def test_a_label_is_read_as_its_schema_says(line: dict[str, object], good: bool) -> None:  # noqa: FBT001
    assert validator("labelled").is_valid(line) is good
    Path("in.jsonl").write_text(json.dumps(line), encoding="utf-8")
    assert (optout("measure", "us", "in.jsonl").exit_code == 0) is good


def test_a_decision_has_the_fields_of_its_schema_and_no_other() -> None:
    decision = optoutlang.load("us").match("STOP", country="UK", language="??")
    assert decision is not None
    validator("decision").validate(json.loads(decision.to_json()))
    assert len(decision.notes) == 2
    assert not validator("decision").is_valid({**decision.to_dict(), "more": 1})
    optional = {"answer", "topic", "variables"}
    assert {*SCHEMAS["decision"]["properties"]} == {*decision.to_dict(), *optional}
