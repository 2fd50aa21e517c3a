"""`optout consent export`: what everybody wants, as a list."""

from __future__ import annotations

import sys
from collections.abc import Iterable, Iterator
from contextlib import nullcontext
from datetime import datetime

import click

from optoutlang.consent.engine.state import ConsentState
from optoutlang.consent.transfer.exporting import export_list
from optoutlang.interfaces.cli.consent.group import consent_command, now, store_errors
from optoutlang.interfaces.cli.consent.progress import Advance, progress
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
        # On a terminal the rows themselves show how far it is.
        bar = (
            nullcontext(_no_bar)
            if sys.stdout is not None and sys.stdout.isatty()
            else progress("exporting", lambda: own.stats().states)
        )
        with bar as advance:
            for line in export_list(_chosen(own.all_states(), state, at, advance), kind, at):
                click.echo(line, nl=False)
        own.close()


def _chosen(
    states: Iterable[ConsentState], state: str | None, at: datetime, advance: Advance
) -> Iterator[ConsentState]:
    """Yield the rows that are wanted, and tell the bar of all."""
    for each in states:
        advance(1)
        if state is None or each.marks.consent(at).value == state:
            yield each


def _no_bar(_steps: int) -> None:
    """Show nothing."""
