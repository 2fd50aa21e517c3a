"""Run the test blocks of .optout files."""

from __future__ import annotations

from pathlib import Path

import click

from optoutlang.interfaces.cli.command import command
from optoutlang.interfaces.cli.completion import FILE
from optoutlang.interfaces.cli.exits import ExitCode, finish
from optoutlang.interfaces.cli.files import write_text
from optoutlang.interfaces.cli.inputs.sources import rule_files, run_tests_or_exit
from optoutlang.interfaces.cli.parameters import format_option
from optoutlang.interfaces.reports.outcomes import FileOutcomes, as_json, as_junit, as_text

ORDER = 40
"""Where `optout --help` lists it."""


@command(
    examples=(
        ("optout test acme.optout", "a line for each test, and details of each failure"),
        ("optout test rules --junit report.xml", "every file below a folder, and a report"),
        ("optout test acme.optout --format json", "for programs"),
    ),
    reads_rules=True,
)
@click.argument("files", type=FILE, metavar="FILE...", nargs=-1, required=True)
@click.option("--junit", type=FILE, metavar="PATH", help="Also write a JUnit report.")
@format_option(("text", "json"), of="outcomes")
def run(*, files: tuple[str, ...], junit: str | None, form: str) -> None:
    """Run the test blocks of .optout files; a file without any fails.

    A folder stands for every .optout file below it.
    """
    outcomes = [FileOutcomes(file, *run_tests_or_exit(file)) for file in rule_files(files)]
    if junit is not None:
        write_text(Path(junit), as_junit(outcomes))
    click.echo(as_json(outcomes) if form == "json" else as_text(outcomes))
    finish(ExitCode.CLEAN if all(each.passed for each in outcomes) else ExitCode.FINDINGS)
