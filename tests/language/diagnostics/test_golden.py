"""Golden files: every code's findings as text and as JSON, to be read by people whenever they change."""

from __future__ import annotations

from pathlib import Path

import pytest

from optoutlang.language.diagnostics import codes, json, text
from optoutlang.language.driver.compile import check_path

GOLDEN = Path(__file__).parent / "golden"
CASES = sorted(GOLDEN.glob("*.optout"))


def test_every_code_has_a_golden_case() -> None:
    assert {case.name.partition("-")[0] for case in CASES} == set(codes.BY_ID)


@pytest.mark.parametrize("case", CASES, ids=lambda case: str(case.stem))
def test_findings_are_rendered_as_in_the_golden_files(
    case: Path, request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(GOLDEN)
    found = check_path(Path(case.name)).diagnostics
    rendered = {".txt": text.render(found), ".json": json.render(found)}
    if request.config.getoption("--rewrite"):
        for suffix, content in rendered.items():
            case.with_suffix(suffix).write_text(content, encoding="utf-8")

    assert case.name.partition("-")[0] in {each.code.id for each in found}
    for suffix, content in rendered.items():
        assert content == case.with_suffix(suffix).read_text(encoding="utf-8")
