"""RULES as source text: read, checked and compiled; errors are printed and end the command."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from pathlib import Path

import click

from optoutlang import Matcher
from optoutlang.interfaces.cli.command import use_color
from optoutlang.interfaces.cli.exits import ExitCode, Unreadable, because, finish
from optoutlang.interfaces.cli.inputs.names import STANDARD_INPUT, rules_path
from optoutlang.interfaces.cli.streams import standard_input
from optoutlang.language.diagnostics import text
from optoutlang.language.diagnostics.diagnostic import Diagnostic
from optoutlang.language.driver.compile import Checked, check_path, check_sources, compile_checked
from optoutlang.language.driver.load import load_bytes
from optoutlang.language.model.ruleset import Ruleset

STANDARD_INPUT_NAME = "<stdin>"


def check_rules(rules: str) -> Checked:
    """Return the source that RULES stands for, checked.

    Raises:
        Unreadable: the root file cannot be read.
    """
    try:
        if rules == STANDARD_INPUT:
            data = standard_input().read()
            return check_sources(load_bytes(data, name=STANDARD_INPUT_NAME, folder=Path.cwd()))
        return check_path(rules_path(rules))
    except OSError as error:
        raise Unreadable(because(error, rules)) from error


def load_ruleset_or_exit(rules: str) -> Ruleset:
    """Return the ruleset of RULES; if it has errors, print the diagnostics and end the command."""
    checked = check_rules(rules)
    if checked.ruleset is None:
        show_diagnostics(checked.diagnostics)
        finish(ExitCode.FINDINGS)
    return checked.ruleset


def compile_or_exit(rules: str) -> Matcher:
    """Return the matcher of RULES; if it has errors, print the diagnostics and end the command."""
    checked = check_rules(rules)
    if checked.ruleset is None:
        show_diagnostics(checked.diagnostics)
        finish(ExitCode.FINDINGS)
    return Matcher(compile_checked(checked))


def show_diagnostics(diagnostics: tuple[Diagnostic, ...]) -> None:
    """Print diagnostics to standard error, as text."""
    click.echo(text.render(diagnostics, color=use_color(err=True)), err=True, nl=False)


def rule_files(arguments: Iterable[str]) -> Iterator[str]:
    """Yield the files that arguments name: a folder stands for every .optout file below it.

    Raises:
        Unreadable: a folder has none.
    """
    for argument in arguments:
        if Path(argument).is_dir():
            below = sorted(str(path) for path in Path(argument).rglob("*.optout") if path.is_file())
            if not below:
                raise Unreadable(f"there is no .optout file in `{argument}`")
            yield from below
        else:
            yield argument
