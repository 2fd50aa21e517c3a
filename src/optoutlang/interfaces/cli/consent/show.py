"""`optout consent show`: what one person wants."""

from __future__ import annotations

import json

import click

from optoutlang.consent.transfer.exporting import state_object
from optoutlang.interfaces.cli.consent.group import consent_command, now, store_errors
from optoutlang.interfaces.cli.consent.people import one_number
from optoutlang.interfaces.cli.consent.stores import opened
from optoutlang.interfaces.reports.visible import visible


@consent_command(
    "show",
    examples=(
        ("optout consent show +15145550100", "what the person wants, scope by scope"),
        ("optout consent show 5145550100 --country CA --json", "the same as JSON"),
    ),
)
@one_number
@click.option("--json", "as_json", is_flag=True, help="Print JSON.")
def run(*, store: str, number: str, as_json: bool) -> None:
    """Show what one person wants: for each scope the state, since when, and which word it comes from."""
    with store_errors():
        own = opened(store)
        found = [state_object(each, now()) for each in own.states(number)]
        own.close()
    if as_json:
        click.echo(json.dumps({"number": number, "scopes": found}, indent=2))
        return
    if not found:
        click.echo(f"{number}: nothing is known")
    for each in found:
        text = f" in the words `{visible(each['text'])}`" if each["text"] else ""
        since = (
            f" since {each['at']}, by {each['event']} ({each['source']}){text}"
            if each["at"]
            else ""
        )
        click.echo(f"{number}  {each['scope']}  {each['channels']}: {each['state']}{since}")
