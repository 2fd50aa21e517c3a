"""`optout consent erase`: forget a person."""

from __future__ import annotations

from uuid import uuid4

import click

from optoutlang.consent.stores.privacy import Readable
from optoutlang.consent.stores.sql.care import erase_person
from optoutlang.interfaces.cli.consent.group import consent_command, now, operator, store_errors
from optoutlang.interfaces.cli.consent.people import one_number
from optoutlang.interfaces.cli.consent.stores import opened


@consent_command(
    "erase",
    examples=(
        ("optout consent erase +15145550100", "a person asked to be forgotten (GDPR, article 17)"),
    ),
)
@one_number
@click.option("--by", default=operator, help="Who does it, for the audit; by default the user.")
def run(*, store: str, number: str, by: str) -> None:
    """Erase a person: the number and all texts, in states and audit. The opt-out still holds.

    What stays is the keyed hash of the number, for each scope what was wished and when, and the facts of the audit,
    whose chain stays whole. A store that keeps numbers readable keeps the number itself: there is no other token.
    """
    with store_errors():
        own = opened(store)
        count = erase_person(own, number, event=f"erasure:{uuid4().hex}", by=by, at=now())
        readable = own.codec.privacy.fingerprint == Readable.fingerprint
        own.close()
    click.echo(f"{count} rows lost their texts; what was wished still holds")
    if readable:
        click.echo(
            "the number itself stays, as this store keeps numbers readable (`init --private` does not)"
        )
