"""The group of all commands: what it lists, and what it says to a slip."""

from __future__ import annotations

import re
from importlib import import_module

import pytest

import optoutlang
from optoutlang.interfaces.cli.listing import command_names, listings
from tests.interfaces.cli.runner import optout


def test_help_lists_every_command_with_its_summary() -> None:
    lines = [each.split(maxsplit=1) for each in optout("--help").stdout.splitlines()]
    assert all([each.name, each.summary] in lines for each in listings())


@pytest.mark.parametrize("name", command_names())
def test_every_command_has_help_with_examples_that_name_it(name: str) -> None:
    shown = optout(name, "-h").stdout
    examples = shown.split("Examples:\n")[1]
    assert re.search(rf"^  optout {name}\b", examples, re.MULTILINE)


@pytest.mark.parametrize("name", command_names())
def test_a_listed_summary_is_the_first_line_of_the_command_module_docstring(name: str) -> None:
    module = import_module(f"optoutlang.interfaces.cli.commands.{name}")
    listing = next(each for each in listings() if each.name == name)
    assert module.__doc__ is not None
    assert (listing.summary, listing.order) == (module.__doc__.splitlines()[0], module.ORDER)
    assert module.run.name == name


def test_every_command_has_a_place_of_its_own_in_the_list() -> None:
    assert len({each.order for each in listings()}) == len(command_names())


@pytest.mark.parametrize("option", ["-V", "--version"])
def test_the_version_option_prints_the_version(option: str) -> None:
    result = optout(option)
    assert (result.exit_code, result.stdout) == (0, f"optout {optoutlang.__version__}\n")


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
