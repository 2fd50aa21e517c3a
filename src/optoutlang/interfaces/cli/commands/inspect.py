"""Verify an artefact and summarise its content."""

from __future__ import annotations

import click

from optoutlang.interfaces.cli.command import command
from optoutlang.interfaces.cli.completion import FILE
from optoutlang.interfaces.cli.inputs.matcher import load_artefact
from optoutlang.interfaces.cli.parameters import format_option
from optoutlang.interfaces.reports.contents import contents, contents_json

ORDER = 100
"""Where `optout --help` lists it."""


@command(
    examples=(
        ("optout inspect acme.optoutc", "digest, versions, sources and counts"),
        ("optout inspect acme.optoutc --format json", "for programs"),
    ),
)
@click.argument("artefact", type=FILE, metavar="FILE.optoutc")
@format_option(("text", "json"), of="content")
def run(*, artefact: str, form: str) -> None:
    """Verify an artefact and summarise its content.

    Its digest, its format and every limit are checked, and that STOP, START and HELP keep their meaning in every
    context. A damaged artefact is unreadable: exit 3.
    """
    matcher = load_artefact(artefact)
    if form == "json":
        click.echo(contents_json(matcher))
        return
    click.echo(f"{artefact}: valid")
    click.echo(contents(matcher))
