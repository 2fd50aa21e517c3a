"""Golden files: every code's findings as text, some as JSON too, to be read by people whenever they change.

A code's example is the bad one of its page; one that has more to show has cases of its own in `golden`.
"""

from __future__ import annotations

from pathlib import Path

import pytest

from optoutlang.language.diagnostics import codes, json, text
from optoutlang.language.diagnostics.diagnostic import Code, Diagnostic
from optoutlang.language.driver.compile import check_path
from tests.language.diagnostics.page_examples import example

GOLDEN = Path(__file__).parent / "golden"
CASES = sorted(GOLDEN.glob("*.optout"))
WITHOUT_CASE = [
    code for code in codes.ALL if not any(case.name.startswith(code.id) for case in CASES)
]


@pytest.mark.parametrize("case", CASES, ids=lambda case: str(case.stem))
def test_findings_are_rendered_as_in_the_golden_files(
    case: Path, request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(GOLDEN)
    found = check_path(Path(case.name)).diagnostics
    rendered = {case.with_suffix(".txt"): text.render(found)}
    if (report := case.with_suffix(".json")).exists():
        rendered[report] = json.render(found)

    assert case.name.partition("-")[0] in {each.code.id for each in found}
    _compare(rendered, request)


@pytest.mark.parametrize("code", WITHOUT_CASE, ids=lambda code: str(code.id))
def test_findings_of_a_page_are_rendered_as_in_its_golden_file(
    code: Code, request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    path = example(code, "Bad").write(tmp_path)
    monkeypatch.chdir(tmp_path)
    found: tuple[Diagnostic, ...] = check_path(Path(path.name)).diagnostics

    assert code in {each.code for each in found}
    _compare({GOLDEN / f"{code.id}-{code.slug}.txt": text.render(found)}, request)


def _compare(rendered: dict[Path, str], request: pytest.FixtureRequest) -> None:
    if request.config.getoption("--rewrite"):
        for path, content in rendered.items():
            path.write_text(content, encoding="utf-8")
    for path, content in rendered.items():
        assert content == path.read_text(encoding="utf-8")
