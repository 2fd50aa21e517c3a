"""The group of all commands: what it lists, and what it says to a slip."""

from __future__ import annotations

import re

import pytest

from optoutlang.interfaces.cli.app import SUMMARIES
from tests.interfaces.cli.runner import optout


def test_help_lists_every_command_with_its_summary() -> None:
    lines = [each.split(maxsplit=1) for each in optout("--help").stdout.splitlines()]
    assert all([name, summary] in lines for name, summary in SUMMARIES.items())


@pytest.mark.parametrize("name", SUMMARIES)
def test_every_command_has_help_with_examples_that_name_it(name: str) -> None:
    shown = optout(name, "-h").stdout
    examples = shown.split("Examples:\n")[1]
    assert re.search(rf"^  optout {name}\b", examples, re.MULTILINE)


@pytest.mark.parametrize(("slip", "meant"), [("chek", "check"), ("matches", "match")])
def test_a_slip_in_a_command_is_a_usage_error_that_names_the_command(slip: str, meant: str) -> None:
    result = optout(slip)
    assert result.exit_code == 2
    assert f"did you mean `{meant}`?" in result.stderr


def test_a_word_that_is_no_slip_is_offered_the_list() -> None:
    result = optout("zzz")
    assert result.exit_code == 2
    assert "`optout --help` lists them" in result.stderr


def test_a_missing_file_is_not_said_to_have_no_findings() -> None:
    result = optout("check", "nosuch.optout")
    assert (result.exit_code, result.stdout) == (3, "")
    assert "nosuch.optout" in result.stderr


def test_what_could_be_read_is_checked_beside_a_missing_file() -> None:
    result = optout("check", "nosuch.optout", "-", given="opt-out { remove STOP }\n")
    assert result.exit_code == 3
    assert "error[O201]" in result.stdout
