"""The passes in their order: what compiles, and what the caller gets when it does not."""

from __future__ import annotations

from pathlib import Path

import pytest

import optoutlang
from optoutlang.language.driver.compile import check_path, check_text, compile_checked


def test_a_text_and_a_file_with_it_make_the_same_matcher(tmp_path: Path) -> None:
    text = 'use "us" opt-out { keywords LEAVE }'
    path = tmp_path / "a.optout"
    path.write_text(text, encoding="utf-8")
    assert optoutlang.compile(text, name="a.optout").digest == optoutlang.load(path).digest


def test_an_error_holds_every_finding_in_order_of_place() -> None:
    text = "opt-out { remove STOP }\ncountry UK { }"
    with pytest.raises(optoutlang.CompileError) as caught:
        optoutlang.compile(text)
    rules = [each.primary.place.rule for each in caught.value.diagnostics]
    assert rules == ["<text>:1", "<text>:2"]
    assert "<text>:1: O201" in str(caught.value)


def test_a_text_with_errors_has_no_ruleset() -> None:
    checked = check_text("opt-out { remove STOP }")
    assert checked.ruleset is None
    with pytest.raises(optoutlang.CompileError):
        compile_checked(checked)


def test_what_only_follows_from_an_unreadable_statement_is_not_said() -> None:
    absent = 'opt-out { keywords HELLO  remove HELLO2 }\nlet unused = "x"'
    assert {each.code.slug for each in check_text(absent).diagnostics} >= {"absent-removed"}
    broken = f"{absent}\nopt-out {{ keyword HELLO2 }}"
    slugs = {each.code.slug for each in check_text(broken).diagnostics}
    assert not slugs & {"absent-removed", "unused-variable"}


def test_files_in_a_circle_are_not_checked_further(tmp_path: Path) -> None:
    path = tmp_path / "a.optout"
    path.write_text('use "./a.optout" opt-out { remove STOP }', encoding="utf-8")
    assert [each.code.slug for each in check_path(path).diagnostics] == ["use-cycle"]
