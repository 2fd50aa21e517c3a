"""`optout consent retain`: let go of what is old."""

from __future__ import annotations

from datetime import datetime, timedelta

import click

from optoutlang.consent.stores.sql.care import Retention, retain
from optoutlang.interfaces.cli.consent.group import consent_command, now, store_errors
from optoutlang.interfaces.cli.consent.progress import progress
from optoutlang.interfaces.cli.consent.stores import opened

_DAYS = click.IntRange(1, 36_500)


@consent_command(
    "retain",
    examples=(
        (
            "optout consent retain --texts 1825 --claims 30 --reviews 365",
            "by kind, in days; for a nightly job",
        ),
    ),
)
@click.option("--texts", metavar="DAYS", type=_DAYS, help="Erase what people wrote, when older.")
@click.option(
    "--claims", metavar="DAYS", type=_DAYS, help="Drop the ids of ordinary messages, when older."
)
@click.option("--reviews", metavar="DAYS", type=_DAYS, help="Drop closed reviews, when older.")
def run(*, store: str, texts: int | None, claims: int | None, reviews: int | None) -> None:
    """Let go of what is older than its kind is kept. States and the facts of the audit stay: opt-outs rest on them.

    The id of an ordinary message is what a repetition is known by: keep ids longer than your provider repeats webhooks.
    """
    if texts is None and claims is None and reviews is None:
        raise click.UsageError("say what goes when it is old: --texts, --claims or --reviews")
    at = now()

    def before(days: int | None) -> datetime | None:
        return None if days is None else at - timedelta(days=days)

    retention = Retention(texts=before(texts), claims=before(claims), reviews=before(reviews))
    with store_errors():
        own = opened(store)
        with progress("letting go"):
            found = retain(own, retention)
        own.close()
    click.echo(
        f"{found.texts} rows lost texts, {found.claims} ids and {found.reviews} reviews are gone"
    )
