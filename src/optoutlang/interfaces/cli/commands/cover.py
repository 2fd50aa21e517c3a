"""Show which statements the tests reach."""

from __future__ import annotations

import click

from optoutlang.analysis.adequacy.cover import cover
from optoutlang.analysis.adequacy.minimal import minimal
from optoutlang.interfaces.cli.command import command
from optoutlang.interfaces.cli.completion import RULES
from optoutlang.interfaces.cli.exits import ExitCode, finish
from optoutlang.interfaces.cli.inputs.workbench import load_workbench_or_exit
from optoutlang.interfaces.cli.parameters import format_option
from optoutlang.interfaces.reports.coverage import as_json, as_text, suite_text

ORDER = 50
"""Where `optout --help` lists it."""


@command(
    examples=(
        ("optout cover acme.optout", "the statements that no test reaches"),
        ("optout cover acme.optout --fail-under 100", "for CI: exit 1 if anything is not reached"),
        ("optout cover acme.optout --minimal", "a smallest suite that reaches everything"),
        ("optout cover acme.optout --all", "the statements of all files that it uses, too"),
    ),
)
@click.argument("rules", type=RULES)
@format_option(("text", "json"), of="coverage")
@click.option("--minimal", "smallest", is_flag=True, help="Print a smallest suite, ready to paste.")
@click.option("--all", "every_file", is_flag=True, help="Also cover the files that RULES uses.")
@click.option(
    "--fail-under",
    metavar="PERCENT",
    type=click.FloatRange(0, 100),
    default=0,
    help="Exit 1 if less than this share of the statements is reached.",
)
def run(*, rules: str, form: str, smallest: bool, every_file: bool, fail_under: float) -> None:
    """Show which statements the test blocks reach.

    A test case reaches a statement if its message would get another answer without it.
    RULES is an .optout file, a pack's name, or `-` for standard input.
    """
    bench = load_workbench_or_exit(rules)
    coverage = cover(bench, bench.ruleset.examples, every_file=every_file)
    suite = suite_text(minimal(bench, every_file=every_file)) if smallest else None
    if form == "json":
        click.echo(as_json(bench.ruleset, coverage, suite))
    else:
        click.echo(as_text(bench.ruleset, coverage) if suite is None else suite.rstrip())
    finish(ExitCode.FINDINGS if coverage.percent < fail_under else ExitCode.CLEAN)
