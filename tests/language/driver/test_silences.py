"""`allow`: findings that a file silences, with a reason."""

from __future__ import annotations

from pathlib import Path

import pytest

from optoutlang.language.diagnostics import github, sarif, text
from optoutlang.language.diagnostics.diagnostic import Diagnostic
from optoutlang.language.diagnostics.json import diagnostic
from optoutlang.language.driver.compile import check_path, check_text
from optoutlang.language.driver.safe_fixes import fix_safely

RULES = """opt-in {
  allow O216 because "we ask no questions"
  keywords SURE
}
"""


def found(rules: str) -> tuple[Diagnostic, ...]:
    return check_text(rules, name="acme.optout").diagnostics


def codes(rules: str) -> list[str]:
    return [each.code.id for each in found(rules) if not each.silenced]


def test_the_statement_behind_it_is_silenced() -> None:
    assert [each.silenced for each in found(RULES)] == ["we ask no questions"]


def test_all_that_a_block_holds_is_silenced() -> None:
    assert not codes('allow O216 because "so"\nopt-in { keywords SURE }')
    assert not codes('country MX { allow O216 because "so" opt-in { keywords SURE } }')


def test_several_silences_may_stand_before_one_statement() -> None:
    rules = 'opt-in { allow O216 because "so" allow O211 because "so" keywords SURE, START }'
    assert not codes(rules)


def test_another_statement_is_not_silenced() -> None:
    rules = 'opt-in { allow O216 because "so" keywords SURE keywords OKAY }'
    assert codes(rules) == ["O216"]
    assert codes('opt-in { keywords SURE allow O216 because "so" }') == ["O216", "O817"]


@pytest.mark.parametrize(
    ("allow", "code"),
    [
        ("allow O216", "O818"),
        ('allow O216 because " "', "O818"),
        ('allow O205 because "so"', "O816"),
        ('allow O817 because "so"', "O816"),
        ('allow O099 because "so"', "O815"),
        ('allow O312 because "so"', "O817"),
    ],
)
def test_a_silence_that_cannot_be_is_a_finding(allow: str, code: str) -> None:
    assert codes(f"opt-in {{ {allow} keywords RESUBSCRIBE }}") == [code]


def test_an_error_stays_an_error() -> None:
    assert "O205" in codes('opt-out { allow O205 because "so" remove CANCELL }')


def test_a_name_in_the_place_of_a_code_is_corrected() -> None:
    [finding] = found('opt-in { allow everyday-keyword because "so" keywords RESUBSCRIBE }')
    assert finding.help == "did you mean `O216`?"


def test_a_used_file_silences_no_finding_of_the_file_that_uses_it(tmp_path: Path) -> None:
    (tmp_path / "used.optout").write_text(RULES)
    root = tmp_path / "acme.optout"
    root.write_text('use "./used.optout"\nopt-in { keywords OKAY }')
    assert [each.code.id for each in check_path(root).diagnostics if not each.silenced] == ["O216"]


def test_what_is_silenced_is_counted_in_text_and_marked_elsewhere() -> None:
    assert text.render(found(RULES)) == "no findings (1 silenced)\n"
    assert diagnostic(found(RULES)[0])["silenced"] == "we ask no questions"
    assert '"justification": "we ask no questions"' in sarif.render(found(RULES))
    assert github.render(found(RULES)) == ""


def test_a_silenced_finding_is_not_fixed() -> None:
    repeated = 'opt-in { allow O210 because "so" keywords RESUBSCRIBE, Resubscribe }'
    assert fix_safely(found(repeated), "acme.optout") is None
    assert fix_safely(found(repeated.replace('allow O210 because "so"', "")), "acme.optout")


def test_words_of_the_statement_are_words_of_lists_as_before() -> None:
    assert not codes("opt-out { keywords allow, because, remove }")
