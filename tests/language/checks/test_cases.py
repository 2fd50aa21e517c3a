"""The checks, one ruleset after the other: what they find, and what they leave alone."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from optoutlang.language.checks.registry import ALL
from optoutlang.language.driver.compile import Checked, check_path

CASES = sorted((Path(__file__).parent / "cases").glob("*.optout"))


def test_there_is_a_case_for_about_every_check() -> None:
    assert len(CASES) >= len(ALL)


@pytest.mark.parametrize("case", CASES, ids=lambda case: str(case.stem))
def test_a_ruleset_has_the_expected_findings(
    case: Path, request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(case.parent)
    text = "".join(f"{line}\n" for line in _lines(check_path(Path(case.name)))) or "nothing\n"
    expected = case.with_suffix(".expected")
    if request.config.getoption("--rewrite"):
        expected.write_text(text, encoding="utf-8")

    assert text == expected.read_text(encoding="utf-8")


def _lines(checked: Checked) -> Iterator[str]:
    for found in checked.diagnostics:
        start = found.primary.place.start
        related = "".join(f", {each.place.rule}" for each in found.related)
        where = f"{found.primary.place.source.name}:{start.line}:{start.column}"
        yield f"{where} {found.code.id} {found.message}{related}"
        for each in (*found.notes, found.help):
            if each:
                yield f"    {each}"
