"""`optout gateway key`: a new key for the API."""

from __future__ import annotations

import click

from optoutlang.interfaces.cli.gateway.group import gateway_command
from optoutlang.interfaces.gateway.api.keys import new_key


@gateway_command("key", examples=(("optout gateway key", "print a new key, and its hash"),))
def key() -> None:
    """Make a key for the API: give the key to the application, and the hash to the settings.

    The key itself is printed once, and kept nowhere.
    """
    made, digest = new_key()
    click.echo(f"key:  {made}")
    click.echo(f"hash: {digest}")
