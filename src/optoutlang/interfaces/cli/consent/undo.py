"""`optout consent undo`: take back recorded changes."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime
from uuid import uuid4

import click

from optoutlang.consent.engine.event import Selection, Source, Undo
from optoutlang.consent.engine.record import AuditRecord
from optoutlang.consent.ledger import Ledger
from optoutlang.interfaces.cli.consent.group import (
    TIME,
    consent_command,
    now,
    operator,
    store_errors,
)
from optoutlang.interfaces.cli.consent.progress import Advance, progress
from optoutlang.interfaces.cli.consent.stores import engine, opened


@consent_command(
    "undo",
    examples=(
        ("optout consent undo --batch old.csv --reason 'wrong file'", "a whole import"),
        (
            "optout consent undo --source provider --since 2026-01-31T10:00Z --until 2026-01-31T11:00Z --reason outage",
            "what a provider reported in one hour",
        ),
        ("optout consent undo --event message:SM1 --reason 'a test'", "one event"),
    ),
)
@click.option(
    "--event",
    "events",
    metavar="KEY",
    multiple=True,
    help="An event to take back; may be repeated.",
)
@click.option("--batch", metavar="NAME", help="All of a batch.")
@click.option(
    "--source", type=click.Choice([each.value for each in Source]), help="All of a source."
)
@click.option("--since", metavar="TIME", type=TIME, help="Only events from then on.")
@click.option("--until", metavar="TIME", type=TIME, help="Only events until then.")
@click.option("--reason", required=True, help="Why, for the audit.")
@click.option("--by", default=operator, help="Who does it, for the audit; by default the user.")
@click.option("--dry-run", is_flag=True, help="Only count what would be taken back.")
def run(  # noqa: PLR0913 - one for each option
    *,
    store: str,
    events: tuple[str, ...],
    batch: str | None,
    source: str | None,
    since: datetime | None,
    until: datetime | None,
    reason: str,
    by: str,
    dry_run: bool,
) -> None:
    """Take back recorded changes in one audited step: every state becomes what it is without them.

    Nothing is deleted: the records stay, and the undo is one more. What people said before or after holds.
    """
    if "" in events or batch == "":
        raise click.UsageError("--event and --batch need a name: one is empty")
    try:
        selection = Selection(
            events=events,
            batch=batch,
            source=None if source is None else Source(source),
            since=since,
            until=until,
        )
        undo = Undo(id=uuid4().hex, selection=selection, by=by, at=now(), reason=reason)
    except ValueError as error:
        raise click.UsageError(str(error)) from error
    with store_errors():
        own = opened(store)
        if dry_run:
            with progress("counting") as advance:
                count = _count(own.records(selection), advance)
            own.close()
            click.echo(f"{count} events would be taken back")
            return
        with progress("taking back"):  # one step: nothing says how far it is
            transition = Ledger(engine(), own).record(undo)
        own.close()
    undone = transition.record.undone if transition and transition.record else ()
    if not undone:
        click.echo(
            "nothing that changed anything is selected: see `optout consent history NUMBER` for names",
            err=True,
        )
    click.echo(f"{len(undone)} events were taken back by {undo.key}")


def _count(records: Iterable[AuditRecord], advance: Advance) -> int:
    """Return how many records changed what somebody wants."""
    count = 0
    for each in records:
        advance(1)
        count += any(change.marks for change in each.changes)
    return count
