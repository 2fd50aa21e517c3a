"""`optout consent init`: make a store."""

from __future__ import annotations

import os

import click

from optoutlang.consent.stores.create import create_store
from optoutlang.consent.stores.keys import INDEX_KEY, TEXT_KEYS, Keys
from optoutlang.interfaces.cli.consent.group import consent_command, store_errors


@consent_command(
    "init",
    examples=(
        ("optout consent init", "a store in the file consent.db, numbers readable"),
        ("optout consent init --private", "numbers as keyed hashes, texts encrypted"),
        ("optout consent init --store postgresql://db/consent", "the tables on PostgreSQL"),
    ),
)
@click.option("--private", is_flag=True, help="Keep numbers and texts under keys.")
def run(*, store: str, private: bool) -> None:
    """Make a store, or bring one to the present schema; what is in it stays.

    With --private numbers are kept as keyed hashes (HMAC-SHA-256), and they and what people wrote encrypted beside
    them (AES-256-GCM). The keys are those of OPTOUT_CONSENT_INDEX_KEY and OPTOUT_CONSENT_KEYS, 32 bytes in base64
    each. Keep them in another place than the store: without them nobody can say any more who opted out.
    """
    with store_errors():
        keys = Keys.from_environment(os.environ)
        if private and keys is None:
            raise click.UsageError(
                f"--private needs keys: set {INDEX_KEY} and {TEXT_KEYS}, each to what `openssl rand -base64 32` prints"
            )
        create_store(store, privacy=keys).close()
    how = "numbers and texts are under keys" if keys else "numbers are readable"
    click.echo(f"the store `{store}` is ready; {how}")
