"""The pages of the codes: each code has one, and its examples are what they say."""

from __future__ import annotations

from pathlib import Path

import pytest

from optoutlang.language.diagnostics import codes
from optoutlang.language.diagnostics.diagnostic import Code, Severity
from optoutlang.language.diagnostics.pages import page, page_name, pages_folder
from optoutlang.language.driver.compile import check_path
from tests.language.diagnostics.page_examples import example

WEIGHTY = (Severity.ERROR, Severity.WARNING)

each_code = pytest.mark.parametrize("code", codes.ALL, ids=lambda code: str(code.id))


def test_every_code_has_a_page_and_every_page_a_code() -> None:
    pages = {each.name for each in pages_folder().glob("O*.md")}
    assert pages == {page_name(code) for code in codes.ALL}


@each_code
def test_a_page_begins_with_its_code_and_names_its_severity(code: Code) -> None:
    title, _, severity, *_ = page(code).split("\n")
    assert title == f"# {code.id}: {code.title}"
    assert severity == f"Severity: {code.severity.value}"


@each_code
def test_a_page_has_its_sections_in_order(code: Code) -> None:
    headings = [line for line in page(code).split("\n") if line.startswith("## ")]
    assert headings == ["## Cause", "## Fix", "## Bad", "## Good"]


@each_code
def test_the_bad_example_gives_the_code_and_no_other_error_or_warning(
    code: Code, tmp_path: Path
) -> None:
    found = check_path(example(code, "Bad").write(tmp_path)).diagnostics
    assert code in {each.code for each in found}
    others = {each.code.id for each in found if each.code.severity in WEIGHTY} - {code.id}
    assert not others


@each_code
def test_the_good_example_gives_neither_the_code_nor_an_error_or_warning(
    code: Code, tmp_path: Path
) -> None:
    found = check_path(example(code, "Good").write(tmp_path)).diagnostics
    assert code not in {each.code for each in found}
    assert not [each.code.id for each in found if each.code.severity in WEIGHTY]


@each_code
def test_the_list_of_pages_links_to_a_page_with_its_title(code: Code) -> None:
    listed = (pages_folder() / "README.md").read_text(encoding="utf-8")
    assert f"| [{code.id}]({page_name(code)}) | {code.severity.value} | {code.title} |" in listed
