"""`optout consent history`: every record about one person."""

from __future__ import annotations

import json

import click

from optoutlang.consent.engine.record import AuditRecord
from optoutlang.consent.engine.wire import encode
from optoutlang.interfaces.cli.consent.group import consent_command, store_errors
from optoutlang.interfaces.cli.consent.people import one_number
from optoutlang.interfaces.cli.consent.stores import opened
from optoutlang.interfaces.reports.visible import visible


@consent_command(
    "history",
    examples=(
        ("optout consent history +15145550100", "everything that is recorded, oldest first"),
        ("optout consent history +15145550100 --json", "one JSON object a line, to hand over"),
    ),
)
@one_number
@click.option("--json", "as_json", is_flag=True, help="Print one JSON object a line.")
def run(*, store: str, number: str, as_json: bool) -> None:
    """Show every record about one person, oldest first: when, from where, in which words, what came of it."""
    with store_errors():
        own = opened(store)
        records = own.history(number)
        own.close()
    if not records and not as_json:
        click.echo(f"{number}: nothing is recorded")
    for each in records:
        click.echo(json.dumps(encode(each)) if as_json else _line(each))


def _line(record: AuditRecord) -> str:
    parts = [f"{record.at.isoformat()}  {record.source.value}: {record.outcome.value}"]
    if record.text:
        parts.append(f"`{visible(record.text)}`")
    if record.sender:
        parts.append(f"to {record.sender}")
    parts += [
        f"{each.key.scope} {each.key.channels.value}: {each.consent_before.value} -> {each.consent_after.value}"
        for each in record.changes
        if each.consent_before is not each.consent_after
    ]
    if record.decision is not None:
        parts.append(f"rule {record.decision.rule} of {record.decision.digest[:12]}")
    if record.by:
        parts.append(f"by {record.by}")
    return f"{'; '.join(parts)}  [{record.event}]"
