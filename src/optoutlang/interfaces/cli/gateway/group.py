"""The shared parts of the subcommands of `optout gateway`: their group, and the queue that they work on."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from importlib import import_module
from typing import Any

import click

from optoutlang.consent.stores.port import StoreError
from optoutlang.interfaces.cli.command import Command, write_examples
from optoutlang.interfaces.cli.exits import Unreadable

SUMMARIES = {
    "key": "Make a key for the API.",
    "dead-letters": "List what could not be delivered, and why.",
    "replay": "Deliver dead letters again.",
    "drop": "Take dead letters out of the outbox for good.",
}

Examples = tuple[tuple[str, str], ...]


class GatewayGroup(click.Group):
    """Knows its subcommands by name and summary; imports one only when it is wanted."""

    def __init__(self, *args: Any, examples: Examples, **kwargs: Any) -> None:  # noqa: ANN401
        super().__init__(*args, **kwargs)
        self.examples = examples

    def list_commands(self, ctx: click.Context) -> list[str]:
        """Return the names of the subcommands, in the order in which a user meets them."""
        del ctx
        return list(SUMMARIES)

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        """Import and return a subcommand, or None for an unknown name."""
        del ctx
        if cmd_name not in SUMMARIES:
            return None
        module = "key" if cmd_name == "key" else "letters"
        member = cmd_name.replace("-", "_")
        found: click.Command = getattr(import_module(f"{__package__}.{module}"), member)
        return found

    def format_commands(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        """Write the summaries without importing a subcommand."""
        del ctx
        with formatter.section("Commands"):
            formatter.write_dl(list(SUMMARIES.items()))

    def format_epilog(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        """Write the examples below the subcommands."""
        del ctx
        write_examples(self.examples, formatter)


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
