"""Run the test blocks of .optout files."""

from __future__ import annotations

from collections.abc import Iterator
from functools import partial
from itertools import groupby
from pathlib import Path

import click

from optoutlang.interfaces.cli.command import command
from optoutlang.interfaces.cli.completion import FILE
from optoutlang.interfaces.cli.exits import ExitCode, finish
from optoutlang.interfaces.cli.files import write_text
from optoutlang.interfaces.cli.inputs.project import (
    brand_option,
    files_or_project,
    project_or_exit,
)
from optoutlang.interfaces.cli.inputs.sources import Tested, rule_files, run_tests_or_exit
from optoutlang.interfaces.cli.parameters import format_option
from optoutlang.interfaces.cli.watching import run_watching, watch_option
from optoutlang.interfaces.reports.outcomes import FileOutcomes, as_json, as_junit, as_text

ORDER = 40
"""Where `optout --help` lists it."""


@command(
    examples=(
        ("optout test acme.optout", "a line for each test, and details of each failure"),
        ("optout test rules --junit report.xml", "every file below a folder, and a report"),
        ("optout test acme.optout --with-packs", "the tests of all that it uses, too"),
        ("optout test acme.optout --format json", "for programs"),
        ("optout test --watch acme.optout", "again whenever a file of rules changes"),
    ),
    reads_rules=True,
)
@click.argument("files", type=FILE, metavar="[FILE]...", nargs=-1)
@brand_option
@click.option(
    "--with-packs",
    is_flag=True,
    help="Also run the tests of the packs and files that each FILE uses, under its rules.",
)
@click.option("--junit", type=FILE, metavar="PATH", help="Also write a JUnit report.")
@format_option(("text", "json"), of="outcomes")
@watch_option
def run(
    *,
    files: tuple[str, ...],
    brands: tuple[str, ...],
    with_packs: bool,
    junit: str | None,
    form: str,
    watch: bool,
) -> None:
    """Run the test blocks of .optout files; a file without any fails.

    A folder stands for every .optout file below it. With --with-packs, a file that means to change what a pack's case
    expects states a case with the same message, country and preferred language itself. Without a FILE, those that the
    project's optout.toml names are tested.
    """
    once = partial(_run_once, files, brands, with_packs=with_packs, junit=junit, form=form)
    if watch:
        run_watching(once, files or files_or_project((), brands, project_or_exit()))
    once()


def _run_once(
    files: tuple[str, ...],
    brands: tuple[str, ...],
    *,
    with_packs: bool,
    junit: str | None,
    form: str,
) -> None:
    chosen = files_or_project(files, brands, project_or_exit())
    outcomes = [
        each
        for file in rule_files(chosen)
        for each in _of_file(file, run_tests_or_exit(file, with_packs=with_packs))
    ]
    if junit is not None:
        write_text(Path(junit), as_junit(outcomes))
    click.echo(as_json(outcomes) if form == "json" else as_text(outcomes))
    finish(ExitCode.CLEAN if all(each.passed for each in outcomes) else ExitCode.FINDINGS)


def _of_file(file: str, tested: Tested) -> Iterator[FileOutcomes]:
    """Yield the outcomes of a file's own cases, then of each file that it uses."""
    yield FileOutcomes(file, tested.name, tested.own)
    for used, outcomes in groupby(tested.used, key=lambda each: each.example.place.source.name):
        yield FileOutcomes(f"{file} with {used}", tested.name, tuple(outcomes))
