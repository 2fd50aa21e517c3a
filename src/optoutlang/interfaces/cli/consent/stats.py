"""`optout consent stats`: how much a store holds."""

from __future__ import annotations

import json
from dataclasses import asdict

import click

from optoutlang.interfaces.cli.consent.group import consent_command, store_errors
from optoutlang.interfaces.cli.consent.progress import progress
from optoutlang.interfaces.cli.consent.stores import opened


@consent_command(
    "stats",
    examples=(
        ("optout consent stats", "people, states, records, what waits"),
        ("optout consent stats --json", "the same as JSON, for a monitor"),
    ),
)
@click.option("--json", "as_json", is_flag=True, help="Print JSON.")
def run(*, store: str, as_json: bool) -> None:
    """Count what a store holds: people, states, audit records, open reviews, and effects that wait in the outbox."""
    with store_errors():
        own = opened(store)
        with progress("counting"):
            found = asdict(own.stats())
        own.close()
    if as_json:
        click.echo(json.dumps(found))
        return
    for name, count in found.items():
        click.echo(f"{count:>12}  {name.replace('_', ' ')}")
