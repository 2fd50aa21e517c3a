"""`optout compile`: the artefact of a ruleset, written whole or not at all."""

from __future__ import annotations

from pathlib import Path

import click

from optoutlang.interfaces.cli.command import command
from optoutlang.interfaces.cli.files import write_bytes
from optoutlang.interfaces.cli.sources import compiled
from optoutlang.interfaces.reports.contents import contents


@command(
    "compile",
    examples=(
        ("optout compile acme.optout -o acme.optoutc", "for an application to embed"),
        ("optout compile us -o us.optoutc", "a pack as it is"),
    ),
)
@click.argument("rules")
@click.option("-o", "--output", metavar="OUT.optoutc", required=True, help="Where to write it.")
def command_object(*, rules: str, output: str) -> None:
    """Write the artefact that an application embeds: the same bytes from the same source on every machine.

    It is loaded by `optoutlang.load` with pyahocorasick alone, and verified when it is loaded.
    """
    matcher = compiled(rules)
    data = matcher.to_bytes()
    write_bytes(Path(output), data)
    click.echo(f"{output}: {len(data):,} bytes")
    click.echo(contents(matcher))
