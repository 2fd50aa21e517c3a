"""`optout consent export`: what everybody wants, as a list."""

from __future__ import annotations

import click

from optoutlang.consent.transfer.exporting import export_list
from optoutlang.interfaces.cli.consent.group import consent_command, now, store_errors
from optoutlang.interfaces.cli.consent.stores import opened


@consent_command(
    "export",
    examples=(
        ("optout consent export > people.csv", "everybody, one row for each scope"),
        ("optout consent export --format jsonl --state opted-out", "who opted out, as JSON Lines"),
    ),
)
@click.option(
    "--format",
    "kind",
    type=click.Choice(["csv", "jsonl"]),
    default="csv",
    show_default=True,
    help="How.",
)
@click.option(
    "--state",
    type=click.Choice(["opted-out", "subscribed", "pending", "unknown"]),
    help="Only those who are that.",
)
def run(*, store: str, kind: str, state: str | None) -> None:
    """Export what everybody wants, to standard output: number, scope, channels, state, since when, and why."""
    at = now()
    with store_errors():
        own = opened(store)
        states = (
            each
            for each in own.all_states()
            if state is None or each.marks.consent(at).value == state
        )
        for line in export_list(states, kind, at):
            click.echo(line, nl=False)
        own.close()
