"""`optout show`: what the file silences, and parts of the table by text, action and language."""

from __future__ import annotations

import json
import re
from pathlib import Path

import pytest

from tests.interfaces.cli.runner import optout

RULES = """\
ruleset acme
let brand = "Acme"
opt-in {
  allow O216 because "we ask no questions"
  keywords SURE
  buttons "Join"
}
opt-out { buttons "Leave" }
topic offers {
  opt-out { keywords "STOP OFFERS" reply "{brand}: no more offers, STOP ends all." }
}
topic news {
  opt-out { keywords "STOP NEWS" reply "{brand}: no more news, STOP ends all." }
}
"""
SILENCE = {
    "code": "O216",
    "finding": "`SURE` is an everyday answer, and means opt-in here",
    "because": "we ask no questions",
    "rule": "acme.optout:5",
}


@pytest.fixture(autouse=True)
def rules(folder: Path) -> None:
    (folder / "acme.optout").write_text(RULES, encoding="utf-8")


def test_silences_are_listed_with_their_reasons() -> None:
    lines = optout("show", "acme.optout").stdout.splitlines()
    start = next(place for place, line in enumerate(lines) if line.startswith("silenced"))

    assert lines[start].split() == ["silenced", "finding", "because", "origin"]
    assert re.split(r" {2,}", lines[start + 1]) == [*SILENCE.values()]
    markdown = optout("show", "acme.optout", "--own", "--format", "markdown").stdout
    assert "| we ask no questions |" in markdown


def test_silences_are_in_json_and_come_with_rules_from_standard_input() -> None:
    shown = json.loads(optout("show", "acme.optout", "--format", "json").stdout)
    piped = json.loads(optout("show", "-", "--format", "json", given=RULES).stdout)

    assert shown["silences"] == [SILENCE]
    assert piped["silences"] == [{**SILENCE, "rule": "<stdin>:5"}]


def test_a_part_of_the_table_and_an_artefact_have_no_silences() -> None:
    optout("compile", "acme.optout", "-o", "acme.optoutc")

    part = optout("show", "acme.optout", "--grep", "sure", "--format", "json").stdout
    assert "silences" not in json.loads(part)
    artefact = optout("show", "acme.optoutc", "--format", "json").stdout
    assert "silences" not in json.loads(artefact)


@pytest.mark.parametrize(
    ("asked", "topics", "buttons"),
    [
        ((), ["STOP NEWS", "STOP OFFERS"], ["Leave", "Join"]),
        (("--grep", "offers"), ["STOP OFFERS"], []),
        (("--action", "opt-in"), [], ["Join"]),
        (("--language", "fr"), [], []),
        (("--own",), ["STOP NEWS", "STOP OFFERS"], ["Leave", "Join"]),
    ],
)
def test_topics_and_buttons_are_among_what_is_asked_for(
    asked: tuple[str, ...], topics: list[str], buttons: list[str]
) -> None:
    shown = json.loads(optout("show", "acme.optout", *asked, "--format", "json").stdout)

    assert [each["spelling"] for each in shown.get("topics", [])] == topics
    assert [each["payload"] for each in shown.get("buttons", [])] == buttons
