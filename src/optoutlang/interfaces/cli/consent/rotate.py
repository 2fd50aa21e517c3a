"""`optout consent rotate`: the newest key for every text."""

from __future__ import annotations

import click

from optoutlang.consent.stores.sql.care import rotate
from optoutlang.interfaces.cli.consent.group import consent_command, store_errors
from optoutlang.interfaces.cli.consent.progress import progress
from optoutlang.interfaces.cli.consent.stores import opened


@consent_command(
    "rotate",
    examples=(
        (
            "OPTOUT_CONSENT_KEYS=$NEW,$OLD optout consent rotate",
            "seal with NEW what OLD sealed; then OLD can go",
        ),
    ),
)
def run(*, store: str) -> None:
    """Seal all texts with the first key of OPTOUT_CONSENT_KEYS; the others only open what they sealed.

    The index key cannot be rotated: of people who were erased only the hash under it is left.
    """
    with store_errors():
        own = opened(store)
        with progress("sealing"):
            count = rotate(own)
        own.close()
    click.echo(f"{count} rows were sealed anew; the older keys can go")
