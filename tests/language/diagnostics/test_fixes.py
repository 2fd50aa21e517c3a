"""Fixes: each one makes its finding go away and brings no new one, wherever golden files and pages have any."""

from __future__ import annotations

from collections import Counter
from pathlib import Path

import pytest

from optoutlang.language.diagnostics import codes
from optoutlang.language.diagnostics.diagnostic import Code, Diagnostic, Edit, Fix
from optoutlang.language.diagnostics.fixes import apply, apply_edits, sources
from optoutlang.language.driver.compile import check_path
from optoutlang.language.source.place import Place
from optoutlang.language.source.span import Span
from optoutlang.language.source.text import SourceText
from tests.language.diagnostics.findings import GOLDEN, golden
from tests.language.diagnostics.page_examples import MAIN, Example, example


def _golden() -> dict[str, Example]:
    shared = {
        f"shared/{each.name}": each.read_text(encoding="utf-8")
        for each in (GOLDEN / "shared").glob("*.optout")
    }
    # One case is not UTF-8 on purpose, and has no fix.
    cases = [each for each in GOLDEN.glob("*.optout") if each.stem != "O010-not-utf-8"]
    return {
        case.stem: Example({**shared, MAIN: case.read_text(encoding="utf-8")})
        for case in sorted(cases)
    }


def _pages() -> dict[str, Example]:
    return {
        f"{code.id} {name}": example(code, name) for code in codes.ALL for name in ("Bad", "Good")
    }


EXAMPLES = _golden() | _pages()


def _kinds(found: tuple[Diagnostic, ...]) -> Counter[Code]:
    return Counter(each.code for each in found)


def _check(files: Example, folder: Path) -> tuple[Diagnostic, ...]:
    return check_path(files.write(folder)).diagnostics


@pytest.mark.parametrize("name", EXAMPLES)
def test_every_fix_makes_its_finding_go_away_and_brings_no_new_one(
    name: str, tmp_path: Path
) -> None:
    before = _check(EXAMPLES[name], tmp_path)
    for found in before:
        if found.fix is None:
            continue
        edited = {each.name: apply(found.fix, each) for each in sources(found.fix)}
        after = _check(Example({**EXAMPLES[name].files, **edited}), tmp_path)
        assert _kinds(after)[found.code] == _kinds(before)[found.code] - 1, found.fix.title
        new = _kinds(after) - _kinds(before)
        del new[codes.UNSET_BRAND]  # looked for only where there is no error
        assert not new, found.fix.title


def test_a_good_part_of_the_codes_has_a_fix() -> None:
    assert len(_fixed_codes()) >= 20


def _fixed_codes() -> set[str]:
    cases = (golden(each.stem) for each in GOLDEN.glob("*.optout"))
    return {found.code.id for case in cases for found in case if found.fix}


# ---- Edits ---------------------------------------------------------------------------------

SOURCE = SourceText("a.optout", "one two three")


def _edit(start: int, end: int, replacement: str) -> Edit:
    return Edit(Place(SOURCE, Span(start, end)), replacement)


def test_edits_are_carried_out_in_order_of_place() -> None:
    edits = [_edit(8, 13, "3"), _edit(0, 3, "1"), _edit(4, 7, "")]
    assert apply_edits(edits, SOURCE.text) == "1  3"


def test_insertions_at_one_place_keep_their_order() -> None:
    edits = [_edit(3, 3, ","), _edit(3, 3, ";"), _edit(13, 13, "!")]
    assert apply_edits(edits, SOURCE.text) == "one,; two three!"


def test_edits_that_overlap_are_refused() -> None:
    with pytest.raises(ValueError, match="two edits overlap at offset 2"):
        apply_edits([_edit(0, 3, ""), _edit(2, 5, "")], SOURCE.text)


def test_a_fix_edits_each_source_on_its_own() -> None:
    other = SourceText("b.optout", "two")
    fix = Fix("mend", (_edit(0, 3, "1"), Edit(Place(other, Span(0, 3)), "2")))
    assert sources(fix) == (SOURCE, other)
    assert [apply(fix, each) for each in sources(fix)] == ["1 two three", "2"]
