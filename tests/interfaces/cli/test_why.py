"""`optout why`: what would have decided, and what took it away."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from tests.interfaces.cli.runner import optout

RULES = """\
ruleset acme
opt-out {
  keywords "NO MORE", ENOUGH
  sentences "take me off (your|the) list"
}
country MX { opt-out { only keywords BAJA, ALTO } }
country GB { opt-out { remove ENOUGH } }
country CA { help { keywords ENOUGH } }
"""


@pytest.fixture
def rules(folder: Path) -> Path:
    path = folder / "acme.optout"
    path.write_text(RULES, encoding="utf-8")
    return path


WHY_NOT = {
    ("no more", "MX"): (
        "taken     NO MORE means opt-out in the base (acme.optout:3); "
        "taken away in MX by `only keywords` (acme.optout:6)"
    ),
    ("Enough!", "GB"): (
        "taken     ENOUGH means opt-out in the base (acme.optout:3); "
        "taken away in GB by `remove` (acme.optout:7)"
    ),
    ("baja", "GB"): (
        "elsewhere BAJA means opt-out in MX (acme.optout:6); this message is read in GB"
    ),
    ("baja", None): (
        "elsewhere BAJA means opt-out in MX (acme.optout:6); this message is read in the base"
    ),
    ("sotp", None): (
        "nearest   STOP (keyword, opt-out, en, pack:standard/standard.optout:11): "
        "one typo away; `tolerate typos` is not stated here"
    ),
    ("stooop", None): "the same but for stretched letters; `tolerate stretches` is not stated here",
    ("5TOP", None): "the same in look-alike letters; `tolerate lookalikes` is not stated here",
    ("take me off that list", None): (
        "nearest   take me off (your|the) list (sentence, opt-out, en, acme.optout:4): "
    ),
}


@pytest.mark.parametrize(("text", "country"), WHY_NOT)
def test_why_says_what_would_have_decided(rules: Path, text: str, country: str | None) -> None:
    where = ("--country", country) if country else ()
    lines = optout("why", rules, text, *where).stdout.splitlines()
    assert any(WHY_NOT[text, country] in line for line in lines)


TAKING_BACK = """\
use "./pack.optout"
opt-out { except sentences "end it all" }
country MX {
  remove filler "cheers"
  opt-out {
    remove tolerate typos
    remove sentences "remove us"
    remove phrases "lose my number"
    remove frames "{halt} .. texting"
  }
}
"""
PACK = """\
filler "cheers"
class halt is halt, cease
opt-out {
  sentences "remove us", "(end|stop) it all"
  phrases "lose my number"
  frames "{halt} .. texting"
  except "never remove us"
  tolerate typos
}
"""
TAKEN_BACK = {
    ("remove us", "MX"): (
        "remove us would mean opt-out (pack.optout:4); `remove us` is taken back in MX (taking.optout:7)"
    ),
    ("please lose my number", "MX"): (
        "lose my number would mean opt-out (pack.optout:5); "
        "`lose my number` is taken back in MX (taking.optout:8)"
    ),
    ("cease all texting", "MX"): (
        "{halt} .. texting would mean opt-out (pack.optout:6); "
        "`{halt} .. texting` is taken back in MX (taking.optout:9)"
    ),
    ("stop cheers", "MX"): (
        "STOP would mean opt-out (pack:standard/standard.optout:11); "
        "`cheers` is taken back in MX (taking.optout:4)"
    ),
    ("sotp", "MX"): "`typos` is taken back in MX (taking.optout:6)",
    ("end it all", None): (
        "(end|stop) it all would mean opt-out (pack.optout:4); "
        "`end it all` is taken back in the base (taking.optout:2)"
    ),
}


@pytest.mark.parametrize(("text", "country"), TAKEN_BACK)
def test_why_names_what_takes_a_text_back(folder: Path, text: str, country: str | None) -> None:
    (folder / "pack.optout").write_text(PACK, encoding="utf-8")
    (folder / "taking.optout").write_text(TAKING_BACK, encoding="utf-8")
    where = ("--country", country) if country else ()
    shown = optout("why", "taking.optout", text, *where).stdout
    [line] = (each for each in shown.splitlines() if each.startswith("taken "))
    assert line.endswith(TAKEN_BACK[text, country])
    elsewhere = optout("why", "taking.optout", text, "--country", "US").stdout
    assert ("decision  none" in elsewhere) is (country is None)
    said = json.loads(optout("why", "taking.optout", text, *where, "--format", "json").stdout)[
        "missed"
    ]["taken_back"]
    assert [each["by"]["scope"] for each in said] == [country]


def test_what_is_taken_back_is_not_named_where_it_would_decide_nothing(folder: Path) -> None:
    (folder / "pack.optout").write_text(PACK, encoding="utf-8")
    (folder / "taking.optout").write_text(TAKING_BACK, encoding="utf-8")
    shown = optout("why", "taking.optout", "hello cheers", "--country", "MX").stdout
    assert "taken " not in shown


def test_a_keyword_that_another_action_takes_is_named_beside_what_decides(rules: Path) -> None:
    lines = optout("why", rules, "enough", "--country", "CA").stdout
    assert "decision  help in en" in lines
    assert "taken away in CA by a keyword of another action (acme.optout:8)" in lines


@pytest.mark.parametrize("text", ["STOP", "hello there, how are you today", "", "> quoted"])
def test_nothing_is_missed_where_a_keyword_decides_or_nothing_is_near(
    rules: Path, text: str
) -> None:
    shown = optout("why", rules, "--", text).stdout
    assert not [each for each in ("taken", "elsewhere", "nearest") if f"\n{each} " in shown]


def test_json_says_the_same(rules: Path) -> None:
    shown = optout("why", rules, "no more", "--from", "+525512345678", "--format", "json").stdout
    said = json.loads(shown)
    assert (said["text"], said["country"], said["decision"]) == ("no more", "MX", None)
    assert said["missed"]["taken"] == [
        {
            "keyword": "NO MORE",
            "action": "opt-out",
            "language": "en",
            "scope": None,
            "rule": "acme.optout:3",
            "by": {"statement": "only keywords", "scope": "MX", "rule": "acme.optout:6"},
        }
    ]
    near = json.loads(optout("why", rules, "sotp", "--format", "json").stdout)["missed"]["nearest"]
    assert (near["keyword"], near["tolerance"]) == ("STOP", "typos")
    decided = json.loads(optout("why", rules, "stop", "--format", "json").stdout)
    assert decided["decision"]["action"] == "opt-out"
    assert decided["fired"][0]["lost"] is None


def test_an_artefact_is_explained_without_its_source(rules: Path) -> None:
    optout("compile", rules, "-o", "acme.optoutc")
    said = json.loads(
        optout("why", "acme.optoutc", "no more", "--country", "MX", "--format", "json").stdout
    )
    assert said["missed"] is None


def test_a_button_is_named_as_what_decided_or_as_what_an_opt_out_goes_before(folder: Path) -> None:
    path = folder / "rich.optout"
    path.write_text('help { buttons "Help" }', encoding="utf-8")
    pressed = optout("why", str(path), "Ayuda", "--payload", "Help").stdout
    assert "decision  help in en, by the button Help, in the scope of the base" in pressed
    stopped = optout("why", str(path), "STOP", "--payload", "Help").stdout
    assert "decision  opt-out in en, by exact match of STOP" in stopped
    assert "button    Help asks for help (rich.optout:1); an opt-out goes before it" in stopped
