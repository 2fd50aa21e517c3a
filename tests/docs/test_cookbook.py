"""Every recipe of docs/cookbook.md is a whole file: clean, laid out, and its tests pass."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from optoutlang import Matcher
from optoutlang.language.diagnostics.diagnostic import Severity
from optoutlang.language.driver.compile import check_text, compile_checked
from optoutlang.language.driver.examples import run_examples
from optoutlang.language.source.text import SourceText
from optoutlang.language.syntax.format import format_source
from tests.docs.blocks import ROOT, sections

PAGE = ROOT / "docs" / "cookbook.md"
BLOCK = re.compile(r"^```optout(?: name=(\S+))?\n(.*?)^```$", re.MULTILINE | re.DOTALL)
RECIPES = [
    pytest.param(name, text, id=f"{title} {number}")
    for title, body in sections(PAGE.read_text(encoding="utf-8"), "##").items()
    for number, (name, text) in enumerate(BLOCK.findall(body), start=1)
]
PROMISED = ("YES", "CANCEL", "END", "two languages", "brands", "Twilio", "staged", "webhook")


@pytest.mark.parametrize(("name", "text"), RECIPES)
def test_a_recipe_is_sound_laid_out_and_its_tests_pass(
    name: str, text: str, tmp_path: Path
) -> None:
    for other, body in BLOCK.findall(PAGE.read_text(encoding="utf-8")):
        if other:
            (tmp_path / other).write_text(body, encoding="utf-8")
    assert format_source(SourceText("recipe", text)) == text
    checked = check_text(text, folder=tmp_path)
    own = [each for each in checked.diagnostics if each.primary.place.source.name == "<text>"]
    # O211: a list that is taken over from a console has what the defaults have.
    bad = [each for each in own if each.code.severity in {Severity.ERROR, Severity.WARNING}]
    assert {each.code.id for each in bad} <= {"O211"}
    assert checked.ruleset is not None
    outcomes = run_examples(checked.ruleset, Matcher(compile_checked(checked)))
    assert [each.example.message for each in outcomes if not each.passed] == []
    assert outcomes or name


def test_every_recipe_that_is_promised_is_there() -> None:
    titles = sections(PAGE.read_text(encoding="utf-8"), "##")
    assert all(any(each in title for title in titles) for each in PROMISED)
