"""RULES as source text: read, checked and compiled, with findings shown to the author."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from pathlib import Path

import click

from optoutlang import Matcher
from optoutlang.interfaces.cli.command import use_color
from optoutlang.interfaces.cli.exits import ExitCode, Unreadable, because, finish
from optoutlang.interfaces.cli.rules import STANDARD_INPUT, rules_path
from optoutlang.interfaces.cli.streams import standard_input
from optoutlang.language.diagnostics import text
from optoutlang.language.diagnostics.diagnostic import Diagnostic
from optoutlang.language.driver.compile import Checked, check_path, check_sources, compile_checked
from optoutlang.language.driver.load import load_bytes
from optoutlang.language.model.ruleset import Ruleset

STANDARD_INPUT_NAME = "<stdin>"


def checked(rules: str) -> Checked:
    """Return the checked source that RULES stands for.

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


def sound(rules: str) -> Ruleset:
    """Return the ruleset of RULES; end the command with the findings if it has errors."""
    found = checked(rules)
    if found.ruleset is None:
        show_findings(found.diagnostics)
        finish(ExitCode.FINDINGS)
    return found.ruleset


def compiled(rules: str) -> Matcher:
    """Return the matcher of RULES; end the command with the findings if it has errors."""
    found = checked(rules)
    if found.ruleset is None:
        show_findings(found.diagnostics)
        finish(ExitCode.FINDINGS)
    return Matcher(compile_checked(found))


def show_findings(found: tuple[Diagnostic, ...]) -> None:
    """Print findings to standard error, as text."""
    click.echo(text.render(found, color=use_color(err=True)), err=True, nl=False)


def expand(files: Iterable[str]) -> Iterator[str]:
    """Yield the files that arguments name: a folder stands for every .optout file below it.

    Raises:
        Unreadable: a folder has none.
    """
    for each in files:
        if Path(each).is_dir():
            below = sorted(str(path) for path in Path(each).rglob("*.optout") if path.is_file())
            if not below:
                raise Unreadable(f"no .optout file is in `{each}`")
            yield from below
        else:
            yield each
