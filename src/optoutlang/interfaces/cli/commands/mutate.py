"""Show which changes to the rules no test notices."""

from __future__ import annotations

import click

from optoutlang.analysis.adequacy.mutate import mutate
from optoutlang.analysis.adequacy.suggestions import pasteable, suggestions
from optoutlang.interfaces.cli.command import command
from optoutlang.interfaces.cli.completion import RULES
from optoutlang.interfaces.cli.exits import ExitCode, finish
from optoutlang.interfaces.cli.inputs.workbench import load_workbench_or_exit
from optoutlang.interfaces.cli.parameters import format_option
from optoutlang.interfaces.reports.mutation import as_json, as_text

SUGGESTED = "what no other test saw"

ORDER = 60
"""Where `optout --help` lists it."""


@command(
    examples=(
        (
            "optout mutate acme.optout",
            "each change that no test notices, with a message that shows it",
        ),
        (
            "optout mutate acme.optout --suggest >> acme.optout",
            "append test cases that notice them",
        ),
        ("optout mutate acme.optout --fail-under 100", "for CI: exit 1 if anything survives"),
    ),
)
@click.argument("rules", type=RULES)
@format_option(("text", "json"), of="mutants")
@click.option("--suggest", is_flag=True, help="Print test cases that kill the survivors.")
@click.option("--all", "every_file", is_flag=True, help="Also mutate the files that RULES uses.")
@click.option(
    "--fail-under",
    metavar="PERCENT",
    type=click.FloatRange(0, 100),
    default=0,
    help="Exit 1 if less than this share of the mutants that change the meaning is killed.",
)
def run(*, rules: str, form: str, suggest: bool, every_file: bool, fail_under: float) -> None:
    """Change the rules one by one, and check that a test fails.

    Each mutant is killed by a test case, or proved to mean the same for every message, or survives: then a shortest
    message shows what no test notices. RULES is an .optout file, a pack's name, or `-` for standard input.
    """
    bench = load_workbench_or_exit(rules)
    mutation = mutate(bench, every_file=every_file)
    cases = suggestions(bench, mutation.survivors) if suggest else ()
    block = pasteable(SUGGESTED, cases) if cases else ""
    if form == "json":
        click.echo(as_json(bench.ruleset, mutation, block if suggest else None))
    elif suggest:
        click.echo(block, nl=False)
    else:
        click.echo(as_text(bench.ruleset, mutation))
    finish(ExitCode.FINDINGS if mutation.score < fail_under else ExitCode.CLEAN)
