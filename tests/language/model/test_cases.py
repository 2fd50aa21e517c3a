"""Rulesets of several files, and the effective tables and diagnostics that they give."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from optoutlang.language.driver.compile import Checked, check_sources
from optoutlang.language.driver.load import load_path
from optoutlang.language.model.effective import effective_tables
from optoutlang.language.model.from_syntax import from_syntax
from optoutlang.language.model.layers import Layers
from optoutlang.language.model.ruleset import Ruleset

CASES = sorted(each for each in (Path(__file__).parent / "cases").iterdir() if each.is_dir())


def test_there_are_cases() -> None:
    assert len(CASES) >= 10


@pytest.mark.parametrize("case", CASES, ids=lambda case: str(case.name))
def test_layers_and_scopes_give_the_expected_tables(
    case: Path, request: pytest.FixtureRequest
) -> None:
    sources = load_path(case / "root.optout")
    ruleset, _ = from_syntax(sources.loaded)
    text = "\n".join([*_keywords(ruleset), *_findings(check_sources(sources)), ""])
    expected = case / "expected.txt"
    if request.config.getoption("--rewrite"):
        expected.write_text(text, encoding="utf-8")

    assert text == expected.read_text(encoding="utf-8")


def _keywords(ruleset: Ruleset) -> Iterator[str]:
    """Yield a line for each keyword of each scope that something else than the standard pack decides."""
    base = Layers(ruleset).resolve(None)
    for scope, table in effective_tables(ruleset).items():
        resolutions = Layers(ruleset).resolve(scope)
        for key in sorted(resolutions):
            if scope is not None and resolutions[key] is base.get(key):
                continue
            if scope is not None and base.get(key) == resolutions[key]:
                continue
            keyword = table.keywords.get(key)
            if keyword is None:
                yield f"{scope or 'base'} {key} -> nothing"
                continue
            claims = [f"{each.language} {each.place.rule}" for each in keyword.claims]
            if any(not each.place.rule.startswith("pack:") for each in keyword.claims):
                yield f"{scope or 'base'} {key} -> {keyword.action.value}: {', '.join(claims)}"
        yield f"{scope or 'base'} prefers {', '.join(table.prefer)}"


def _findings(checked: Checked) -> Iterator[str]:
    for each in checked.diagnostics:
        places = [label.place.rule for label in (each.primary, *each.related)]
        yield f"{each.code.id} {each.code.slug} {', '.join(places)}: {each.message}"
