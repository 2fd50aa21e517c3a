"""Write the artefact that an application embeds."""

from __future__ import annotations

from pathlib import Path

import click

from optoutlang.interfaces.cli.command import command
from optoutlang.interfaces.cli.completion import FILE, RULES
from optoutlang.interfaces.cli.files import write_bytes
from optoutlang.interfaces.cli.inputs.sources import compile_or_exit
from optoutlang.interfaces.reports.contents import contents

ORDER = 90
"""Where `optout --help` lists it."""


@command(
    examples=(
        ("optout compile acme.optout -o acme.optoutc", "for an application to embed"),
        ("optout compile us -o us.optoutc", "a pack as it is"),
    ),
    reads_rules=True,
)
@click.argument("rules", type=RULES)
@click.option(
    "-o", "--output", type=FILE, metavar="OUT.optoutc", required=True, help="The file to write."
)
def run(*, rules: str, output: str) -> None:
    """Write the artefact that an application embeds: the same bytes from the same source on every machine.

    It is loaded by `optoutlang.load` with pyahocorasick alone, and verified when it is loaded.
    """
    matcher = compile_or_exit(rules)
    data = matcher.to_bytes()
    write_bytes(Path(output), data)
    click.echo(f"{output}: {len(data):,} bytes")
    click.echo(contents(matcher, states=False))
