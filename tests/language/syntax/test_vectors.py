"""Files and what the parser and the formatter make of them.

`good` holds files and their trees, `bad` files and all that is found in them,
`format` files and their canonical layout. `pytest --rewrite` writes anew what
is expected.
"""

from __future__ import annotations

from collections import Counter
from pathlib import Path

import pytest

from optoutlang.language.diagnostics.diagnostic import Diagnostic, Severity
from optoutlang.language.diagnostics.fixes import apply
from optoutlang.language.source.text import SourceText
from optoutlang.language.syntax.format import format_source
from optoutlang.language.syntax.parse import parse
from optoutlang.language.syntax.read import decode
from optoutlang.language.syntax.tree import File
from tests.language.syntax.printing import finding_lines, tree_lines

HERE = Path(__file__).parent
GOOD, BAD, FORMAT = (
    sorted((HERE / folder).glob("*.optout")) for folder in ("good", "bad", "format")
)


def name_of(path: Path) -> str:
    return path.stem


def source_of(path: Path) -> SourceText:
    source, found = decode(path.read_bytes(), name=path.name)
    assert source is not None
    assert not found
    return source


def parsed(path: Path) -> tuple[File, tuple[Diagnostic, ...]]:
    return parse(source_of(path))


def expected(path: Path, text: str, request: pytest.FixtureRequest) -> str:
    file = path.with_suffix(".expected")
    if request.config.getoption("--rewrite"):
        file.write_text(text, encoding="utf-8")
    return file.read_text(encoding="utf-8")


def test_every_expected_file_has_its_case() -> None:
    cases = {path.with_suffix(".expected") for path in (*GOOD, *BAD, *FORMAT)}

    assert set(HERE.glob("*/*.expected")) == cases
    assert len(cases) > 50


@pytest.mark.parametrize("path", GOOD, ids=name_of)
def test_a_good_file_has_its_tree_and_no_findings(
    path: Path, request: pytest.FixtureRequest
) -> None:
    file, found = parsed(path)

    assert finding_lines(found) == ""
    assert tree_lines(file) == expected(path, tree_lines(file), request)


@pytest.mark.parametrize("path", BAD, ids=name_of)
def test_a_bad_file_has_exactly_its_findings(path: Path, request: pytest.FixtureRequest) -> None:
    _, found = parsed(path)
    text = finding_lines(found)

    assert text == expected(path, text, request)
    assert any(each.code.severity is Severity.ERROR for each in found)


@pytest.mark.parametrize("name", ["seven-mistakes", "seven-other-mistakes"])
def test_seven_mistakes_are_seven_findings(name: str) -> None:
    _, found = parsed(HERE / "bad" / f"{name}.optout")

    assert len(found) == 7


@pytest.mark.parametrize("path", BAD, ids=name_of)
def test_every_fix_takes_its_finding_away_and_brings_no_new_one(path: Path) -> None:
    source = source_of(path)
    _, found = parse(source)
    before = Counter(each.code.id for each in found)
    for finding in found:
        if finding.fix:
            _, left = parse(SourceText(source.name, apply(finding.fix, source)))
            after = Counter(each.code.id for each in left)
            assert not after + Counter([finding.code.id]) - before, (finding.message, left)


@pytest.mark.parametrize("path", FORMAT, ids=name_of)
def test_a_file_has_its_canonical_layout(path: Path, request: pytest.FixtureRequest) -> None:
    text = format_source(source_of(path))

    assert text == expected(path, text, request)
    assert format_source(SourceText(path.name, text)) == text
