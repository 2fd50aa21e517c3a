"""`optout cover`: which statements of a file its own tests reach."""

from __future__ import annotations

import click

from optoutlang.analysis.adequacy.cover import cover
from optoutlang.analysis.adequacy.minimal import minimal
from optoutlang.interfaces.cli.bench import benched
from optoutlang.interfaces.cli.command import command
from optoutlang.interfaces.cli.exits import ExitCode, finish
from optoutlang.interfaces.reports.coverage import as_json, as_text, suite_text


@command(
    "cover",
    examples=(
        ("optout cover acme.optout", "what no test reaches"),
        ("optout cover acme.optout --fail-under 100", "for CI: exit 1 if anything is not reached"),
        ("optout cover acme.optout --minimal", "a smallest suite that reaches everything"),
        ("optout cover acme.optout --all", "the statements of all files that it uses, too"),
    ),
)
@click.argument("rules")
@click.option(
    "--format",
    "form",
    type=click.Choice(["text", "json"]),
    default="text",
    show_default=True,
    help="How to print the coverage.",
)
@click.option("--minimal", "smallest", is_flag=True, help="Print a smallest suite, ready to paste.")
@click.option("--all", "every_file", is_flag=True, help="Cover what the file uses, too.")
@click.option(
    "--fail-under",
    metavar="PERCENT",
    type=click.FloatRange(0, 100),
    default=0,
    help="Exit 1 if fewer of a hundred statements are reached.",
)
def command_object(
    *, rules: str, form: str, smallest: bool, every_file: bool, fail_under: float
) -> None:
    """Say which statements the test blocks reach.

    A test case reaches a statement if its message would be answered otherwise without it.
    RULES is an .optout file, a pack's name, or `-` for standard input.
    """
    bench = benched(rules)
    found = cover(bench, bench.ruleset.examples, every_file=every_file)
    suite = suite_text(minimal(bench, every_file=every_file)) if smallest else None
    if form == "json":
        click.echo(as_json(bench.ruleset, found, suite))
    else:
        click.echo(as_text(bench.ruleset, found) if suite is None else suite.rstrip())
    finish(ExitCode.FINDINGS if found.percent < fail_under else ExitCode.CLEAN)
