"""A command with examples in its help and the option `--color/--no-color`, which all commands share."""

from __future__ import annotations

import os
import sys
from collections.abc import Callable
from typing import Any

import click

COMMAND_NAME = "optout"


class Command(click.Command):
    """A click command whose `--help` ends with examples: whole command lines, each with what it shows."""

    def __init__(self, *args: Any, examples: tuple[tuple[str, str], ...], **kwargs: Any) -> None:  # noqa: ANN401
        super().__init__(*args, **kwargs)
        self.examples = examples
        self.params.append(color_option())

    def format_epilog(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        """Write the examples below the options."""
        del ctx
        with formatter.section("Examples"):
            for line, shows in self.examples:
                formatter.write(f"  {line}\n")
                formatter.write(f"      {shows}\n")


def command(
    name: str, *, examples: tuple[tuple[str, str], ...]
) -> Callable[[Callable[..., None]], Command]:
    """Return a decorator that makes a function a command; its docstring is the help."""
    return click.command(name, cls=Command, examples=examples)


def color_option() -> click.Option:
    """Return the option `--color/--no-color`; NO_COLOR in the environment means the second."""
    return click.Option(
        ["--color/--no-color"],
        default=None,
        expose_value=False,
        is_eager=True,
        callback=_set_color,
        help="Colours always or never; by default on a terminal, unless NO_COLOR is set.",
    )


def _set_color(ctx: click.Context, _option: click.Parameter, value: bool | None) -> None:  # noqa: FBT001
    if value is not None:
        ctx.color = value
    elif ctx.color is None and os.environ.get("NO_COLOR"):
        ctx.color = False


def use_color(*, err: bool = False) -> bool:
    """Return whether text written to standard output (or error) may carry colours."""
    wanted = click.get_current_context().color
    if wanted is not None:
        return wanted
    return (sys.stderr if err else sys.stdout).isatty()
