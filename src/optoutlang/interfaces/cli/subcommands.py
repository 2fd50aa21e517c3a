"""A command that has subcommands, each imported only when it is wanted."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

import click

from optoutlang.interfaces.cli.command import write_examples

Examples = tuple[tuple[str, str], ...]
"""Command lines, and what each does."""


class SubcommandGroup(click.Group):
    """Knows its subcommands by name and summary.

    `summaries` goes by name, in the order in which a user meets them, and
    `load` imports and returns the subcommand of a name.
    """

    def __init__(
        self,
        *args: Any,  # noqa: ANN401  # click's own
        summaries: Mapping[str, str],
        load: Callable[[str], click.Command],
        examples: Examples,
        **kwargs: Any,  # noqa: ANN401  # click's own
    ) -> None:
        super().__init__(*args, **kwargs)
        self.examples = examples
        self._summaries = summaries
        self._load = load

    def list_commands(self, ctx: click.Context) -> list[str]:
        """Return the names of the subcommands, in the order in which a user meets them."""
        del ctx
        return list(self._summaries)

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        """Import and return a subcommand, or None for an unknown name."""
        del ctx
        return self._load(cmd_name) if cmd_name in self._summaries else None

    def format_commands(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        """Write the summaries without importing a subcommand."""
        del ctx
        with formatter.section("Commands"):
            formatter.write_dl(list(self._summaries.items()))

    def format_epilog(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        """Write the examples below the subcommands."""
        del ctx
        write_examples(self.examples, formatter)
