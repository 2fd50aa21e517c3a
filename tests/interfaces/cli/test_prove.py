"""`optout prove`: for people, for programs, for artefacts; and what it says of a false property."""

from __future__ import annotations

import json
from dataclasses import replace
from pathlib import Path

import pytest

from optoutlang.analysis.proofs.properties import code_points
from optoutlang.analysis.proofs.properties.registry import ALL
from optoutlang.analysis.proofs.properties.verdict import (
    Property,
    Verdict,
    Witness,
    enumerated,
    sampled,
)
from optoutlang.analysis.proofs.prove import prove
from optoutlang.analysis.proofs.subject import Subject
from tests.interfaces.cli.runner import optout

NEEDS_SOURCE = [each.name for each in ALL if each.needs_source]


@pytest.fixture(autouse=True)
def few_code_points(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(code_points, "ALL", range(0x80))
    code_points.survey.cache_clear()


@pytest.fixture
def planted(monkeypatch: pytest.MonkeyPatch) -> None:
    """Let one property hold by a sample and one be false."""

    def settle(_: Subject) -> Verdict:
        witness = Witness("means help", "st\u200bop", "MX", "es")
        return Verdict((enumerated(1_234, "messages"),), witness, ("one row",))

    held = Property("held", "This holds.", lambda _: Verdict((sampled(5, "orders"),)))
    false = Property("broken", "This does not.", settle)
    monkeypatch.setattr(
        "optoutlang.interfaces.cli.commands.prove.prove",
        lambda subject: prove(subject, (held, false)),
    )


def test_rules_are_proved_for_people(acme: Path) -> None:
    result = optout("prove", acme)

    assert result.exit_code == 0
    assert result.stdout.startswith("acme (en), countries: 1, languages: 2, digest ")
    assert result.stdout.count("\nholds ") == len(ALL)
    assert result.stdout.endswith(f"\n{len(ALL)} of {len(ALL)} properties hold\n")
    assert max(map(len, result.stdout.splitlines()[1:])) <= 110


def test_an_artefact_is_not_asked_what_needs_the_source(artefact: Path) -> None:
    result = optout("prove", artefact, "--format", "json")

    report = json.loads(result.stdout)
    found = {each["name"]: each["result"] for each in report["properties"]}
    assert [name for name, word in found.items() if word == "not asked"] == NEEDS_SOURCE
    assert set(found.values()) == {"holds", "not asked"}
    assert (report["holds"], result.exit_code) == (True, 0)
    details = [row for each in report["properties"] for row in each.get("details", ())]
    assert any(" goes before phrase `" in row for row in details)
    shown = optout("prove", artefact).stdout
    assert shown.count("needs the source, which an artefact does not contain") == len(NEEDS_SOURCE)
    assert shown.splitlines()[-1] == (
        f"{len(ALL) - len(NEEDS_SOURCE)} of {len(ALL)} properties hold, {len(NEEDS_SOURCE)} not asked"
    )


@pytest.mark.usefixtures("planted")
def test_a_false_property_is_told_with_its_witness_and_exits_1(acme: Path) -> None:
    result = optout("prove", acme, "--verbose")

    assert result.exit_code == 1
    assert result.stdout.splitlines()[1:] == [
        "",
        "holds      This holds.",
        "           sampled: 5 orders",
        "",
        "false      This does not.",
        "           enumerated: 1,234 messages",
        "           witness: `st\\u200bop` from MX preferring es means help",
        "             one row",
        "",
        "1 of 2 properties hold, 1 false",
    ]


@pytest.mark.usefixtures("planted")
def test_json_has_every_ground_and_the_witness(acme: Path) -> None:
    result = optout("prove", acme, "--format", "json")

    assert result.exit_code == 1
    report = json.loads(result.stdout)
    assert list(report) == ["version", "ruleset", "digest", "holds", "properties"]
    assert report["holds"] is False
    assert report["properties"] == [
        {
            "name": "held",
            "statement": "This holds.",
            "result": "holds",
            "grounds": [{"settled": "sampled", "cases": 5, "text": "orders"}],
            "witness": None,
            "details": [],
        },
        {
            "name": "broken",
            "statement": "This does not.",
            "result": "false",
            "grounds": [{"settled": "enumerated", "cases": 1234, "text": "messages"}],
            "witness": {
                "message": "st\u200bop",
                "country": "MX",
                "language": "es",
                "wrong": "means help",
            },
            "details": ["one row"],
        },
    ]


def test_rules_with_mistakes_are_not_proved(folder: Path) -> None:
    (folder / "bad.optout").write_text("opt-out { remove STOP }", encoding="utf-8")
    result = optout("prove", "bad.optout")

    assert result.exit_code == 1
    assert "O201" in result.stderr
    assert result.stdout == ""


def test_a_ground_says_how_many_unless_it_holds_by_construction() -> None:
    with pytest.raises(ValueError, match="how many"):
        replace(sampled(1, "orders"), cases=None)
