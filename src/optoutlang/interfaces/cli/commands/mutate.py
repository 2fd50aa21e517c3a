"""`optout mutate`: whether a file's own tests see its rules change."""

from __future__ import annotations

import click

from optoutlang.analysis.adequacy.mutate import mutate
from optoutlang.analysis.adequacy.suggestions import pasteable, suggestions
from optoutlang.interfaces.cli.bench import benched
from optoutlang.interfaces.cli.command import command
from optoutlang.interfaces.cli.exits import ExitCode, finish
from optoutlang.interfaces.reports.mutation import as_json, as_text

SUGGESTED = "what no other test saw"


@command(
    "mutate",
    examples=(
        ("optout mutate acme.optout", "each change of the rules that no test sees, and a message"),
        ("optout mutate acme.optout --suggest >> acme.optout", "the cases that would see them"),
        ("optout mutate acme.optout --fail-under 100", "for CI: exit 1 if anything survives"),
    ),
)
@click.argument("rules")
@click.option(
    "--format",
    "form",
    type=click.Choice(["text", "json"]),
    default="text",
    show_default=True,
    help="How to print the mutants.",
)
@click.option("--suggest", is_flag=True, help="Print test cases that kill the survivors.")
@click.option("--all", "every_file", is_flag=True, help="Mutate what the file uses, too.")
@click.option(
    "--fail-under",
    metavar="PERCENT",
    type=click.FloatRange(0, 100),
    default=0,
    help="Exit 1 if fewer of a hundred mutants that mean something else are killed.",
)
def command_object(
    *, rules: str, form: str, suggest: bool, every_file: bool, fail_under: float
) -> None:
    """Change the rules one by one, and see whether a test fails.

    Each mutant is killed by a test case, or proved to mean the same for every message, or survives: then a shortest
    message shows what no test sees. RULES is an .optout file, a pack's name, or `-` for standard input.
    """
    bench = benched(rules)
    found = mutate(bench, every_file=every_file)
    cases = suggestions(bench, found.survivors) if suggest else ()
    block = pasteable(SUGGESTED, cases) if cases else ""
    if form == "json":
        click.echo(as_json(bench.ruleset, found, block if suggest else None))
    elif suggest:
        click.echo(block, nl=False)
    else:
        click.echo(as_text(bench.ruleset, found))
    finish(ExitCode.FINDINGS if found.score < fail_under else ExitCode.CLEAN)
