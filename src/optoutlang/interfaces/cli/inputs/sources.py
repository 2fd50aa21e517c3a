"""RULES as source text, checked and compiled through the cache; errors are printed and end the command.

The parser is loaded only where the cache does not have the answer.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

import click

from optoutlang import CompileError, Matcher
from optoutlang.interfaces.cli.command import use_cache, use_color
from optoutlang.interfaces.cli.exits import ExitCode, Unreadable, because, finish
from optoutlang.interfaces.cli.inputs.names import STANDARD_INPUT, rules_path
from optoutlang.interfaces.cli.streams import standard_input
from optoutlang.language.diagnostics import text
from optoutlang.language.diagnostics.diagnostic import Diagnostic
from optoutlang.language.driver.cache import Cache
from optoutlang.language.driver.cached import Build
from optoutlang.language.driver.examples import Outcome
from optoutlang.language.driver.root import BytesRoot, FileRoot, Root, Summary
from optoutlang.runtime.program.garbage import garbage_collection_paused

STANDARD_INPUT_NAME = "<stdin>"


def rules_root(rules: str) -> Root:
    """Return the root file that RULES stands for.

    Raises:
        Unreadable: there is no such file or pack, or the process has no standard input.
    """
    if rules == STANDARD_INPUT:
        return BytesRoot(standard_input().read(), STANDARD_INPUT_NAME, Path.cwd())
    return FileRoot(rules_path(rules))


def check_rules(rules: str) -> Summary:
    """Return the result of checking RULES.

    Raises:
        Unreadable: the root file cannot be read.
    """
    with reading(rules):
        return Build(rules_root(rules), _cache()).check()


def compile_or_exit(rules: str) -> Matcher:
    """Return the matcher of RULES; if they have errors, print the diagnostics and end the command.

    Raises:
        Unreadable: the root file cannot be read.
    """
    with errors_shown(), reading(rules):
        return Build(rules_root(rules), _cache()).compile()


def compile_with_findings_or_exit(rules: str) -> tuple[Matcher, tuple[Diagnostic, ...]]:
    """Return the matcher of RULES and what the check says of them; if they have errors, print them and end the command.

    Raises:
        Unreadable: the root file cannot be read.
    """
    with errors_shown(), reading(rules):
        build = Build(rules_root(rules), _cache())
        return build.compile(), build.check().diagnostics


@dataclass(frozen=True, slots=True)
class Tested:
    """A ruleset's name, the outcomes of its own test cases, and those of the cases of the files that it uses."""

    name: str
    own: tuple[Outcome, ...]
    used: tuple[Outcome, ...]


def run_tests_or_exit(rules: str, *, with_packs: bool = False) -> Tested:
    """Return the outcomes of the test cases; if the ruleset has errors, print them and end the command.

    Raises:
        Unreadable: the root file cannot be read.
    """
    with errors_shown(), reading(rules):
        build = Build(rules_root(rules), _cache())
        own = build.test()
        return Tested(str(build.check().name), own, build.test_used() if with_packs else ())


def _cache() -> Cache | None:
    return Cache.of_user() if use_cache() else None


@contextmanager
def errors_shown() -> Iterator[None]:
    """Print the diagnostics of rules that do not compile, and end the command."""
    try:
        yield
    except CompileError as error:
        show_diagnostics(error.diagnostics)
        finish(ExitCode.FINDINGS)


@contextmanager
def reading(rules: str) -> Iterator[None]:
    """Read rules, without the search for garbage: all that is made stays, and the search takes a third of the time.

    Raises:
        Unreadable: the root file cannot be read.
    """
    try:
        with garbage_collection_paused():
            yield
    except OSError as error:
        raise Unreadable(because(error, rules)) from error


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
