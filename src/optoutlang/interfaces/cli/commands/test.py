"""`optout test`: the `test` blocks of files. Having none is a failure: it proves nothing."""

from __future__ import annotations

from pathlib import Path

import click

from optoutlang import Matcher
from optoutlang.interfaces.cli.command import command
from optoutlang.interfaces.cli.exits import ExitCode, finish
from optoutlang.interfaces.cli.files import write_text
from optoutlang.interfaces.cli.sources import expand, sound
from optoutlang.interfaces.reports.outcomes import FileOutcomes, as_json, as_junit, as_text
from optoutlang.language.compiler.from_model import from_model
from optoutlang.language.driver.examples import run_examples


@command(
    "test",
    examples=(
        ("optout test acme.optout", "a line for each test, and all about each failure"),
        ("optout test rules --junit report.xml", "every file below a folder, and a report"),
        ("optout test acme.optout --format json", "for programs"),
    ),
)
@click.argument("files", metavar="FILE...", nargs=-1, required=True)
@click.option("--junit", metavar="PATH", help="Write a JUnit report too.")
@click.option(
    "--format",
    "form",
    type=click.Choice(["text", "json"]),
    default="text",
    show_default=True,
    help="How to print the outcomes.",
)
def command_object(*, files: tuple[str, ...], junit: str | None, form: str) -> None:
    """Run the test blocks of .optout files; a file without any fails.

    A folder stands for every .optout file below it.
    """
    outcomes = []
    for file in expand(files):
        ruleset = sound(file)
        found = run_examples(ruleset, Matcher(from_model(ruleset)))
        outcomes.append(FileOutcomes(file, ruleset.name, found))
    if junit is not None:
        write_text(Path(junit), as_junit(outcomes))
    click.echo(as_json(outcomes) if form == "json" else as_text(outcomes))
    finish(ExitCode.CLEAN if all(each.passed for each in outcomes) else ExitCode.FINDINGS)
