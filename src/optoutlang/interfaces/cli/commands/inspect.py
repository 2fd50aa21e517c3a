"""`optout inspect`: what is in an artefact, after every check that loading it makes."""

from __future__ import annotations

import click

from optoutlang.interfaces.cli.command import command
from optoutlang.interfaces.cli.rules import load_artefact
from optoutlang.interfaces.reports.contents import contents


@command(
    "inspect",
    examples=(("optout inspect acme.optoutc", "digest, versions, sources and counts"),),
)
@click.argument("artefact", metavar="FILE.optoutc")
def command_object(*, artefact: str) -> None:
    """Verify an artefact and say what is in it.

    Its digest, its form and every bound in it are checked, and that STOP, START and HELP have their meaning in every
    context. A damaged artefact is unreadable: exit 3.
    """
    matcher = load_artefact(artefact)
    click.echo(f"{artefact}: sound")
    click.echo(contents(matcher))
