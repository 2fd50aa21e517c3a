"""The shared parts of the subcommands of `optout gateway`: their group, and the queue that they work on."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from importlib import import_module

import click

from optoutlang.consent.stores.port import StoreError
from optoutlang.interfaces.cli.command import Command
from optoutlang.interfaces.cli.exits import Unreadable
from optoutlang.interfaces.cli.subcommands import Examples

SUMMARIES = {
    "key": "Make a key for the API.",
    "dead-letters": "List what could not be delivered, and why.",
    "replay": "Deliver dead letters again.",
    "drop": "Take dead letters out of the outbox for good.",
}


def load(name: str) -> click.Command:
    """Import and return a subcommand."""
    module = "key" if name == "key" else "letters"
    command: click.Command = getattr(
        import_module(f"{__package__}.{module}"), name.replace("-", "_")
    )
    return command


def gateway_command(name: str, *, examples: Examples) -> Callable[[Callable[..., None]], Command]:
    """Return a decorator that makes a function a subcommand; its docstring is the help."""

    def decorated(function: Callable[..., None]) -> Command:
        return click.command(name, cls=Command, examples=examples, reads_rules=False)(function)

    return decorated


@contextmanager
def store_errors() -> Iterator[None]:
    """End the command with exit code 3 where the store cannot be used."""
    try:
        yield
    except StoreError as error:
        raise Unreadable(str(error)) from error
