"""A command with examples in its help, and the options that commands share: `--color/--no-color`, `--no-cache`."""

from __future__ import annotations

import os
import sys
from collections.abc import Callable
from typing import Any

import click

COMMAND_NAME = "optout"


class Command(click.Command):
    """A click command whose `--help` ends with examples: whole command lines, each with what it shows."""

    def __init__(
        self,
        *args: Any,  # noqa: ANN401
        examples: tuple[tuple[str, str], ...],
        reads_rules: bool,
        **kwargs: Any,  # noqa: ANN401
    ) -> None:
        super().__init__(*args, **kwargs)
        self.examples = examples
        self.params.append(color_option())
        if reads_rules:
            self.params.append(cache_option())

    def format_epilog(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        """Write the examples below the options."""
        del ctx
        write_examples(self.examples, formatter)


def write_examples(examples: tuple[tuple[str, str], ...], formatter: click.HelpFormatter) -> None:
    """Write a section of examples: whole command lines, each with what it shows."""
    with formatter.section("Examples"):
        for line, shows in examples:
            formatter.write(f"  {line}\n")
            formatter.write(f"      {shows}\n")


def command(
    *, examples: tuple[tuple[str, str], ...], reads_rules: bool = False
) -> Callable[[Callable[..., None]], Command]:
    """Return a decorator that makes a function the command of its module's name; its docstring is the help.

    A command that `reads_rules` has the option `--no-cache`.
    """

    def decorated(function: Callable[..., None]) -> Command:
        name = function.__module__.rpartition(".")[2]
        make = click.command(name, cls=Command, examples=examples, reads_rules=reads_rules)
        return make(function)

    return decorated


def color_option() -> click.Option:
    """Return the option `--color/--no-color`; NO_COLOR in the environment means the second."""
    return click.Option(
        ["--color/--no-color"],
        default=None,
        expose_value=False,
        is_eager=True,
        callback=_set_color,
        help="Use colours, or not; by default on a terminal, unless NO_COLOR is set.",
    )


def _set_color(ctx: click.Context, _option: click.Parameter, value: bool | None) -> None:  # noqa: FBT001
    if value is not None:
        ctx.color = value
    elif ctx.color is None and os.environ.get("NO_COLOR"):
        ctx.color = False


def use_color(*, err: bool = False) -> bool:
    """Return whether text written to standard output (or error) may carry colours."""
    context = click.get_current_context(silent=True)
    wanted = None if context is None else context.color
    if wanted is not None:
        return wanted
    return (sys.stderr if err else sys.stdout).isatty()


_NO_CACHE = "optoutlang.no_cache"
"""Where a command's context keeps that `--no-cache` was given."""


def cache_option() -> click.Option:
    """Return the option `--no-cache`."""
    return click.Option(
        ["--no-cache"],
        is_flag=True,
        expose_value=False,
        is_eager=True,
        callback=_set_no_cache,
        help="Do not use results of earlier runs; see `optout cache`.",
    )


def _set_no_cache(ctx: click.Context, _option: click.Parameter, value: bool) -> None:  # noqa: FBT001
    ctx.meta[_NO_CACHE] = value


def use_cache() -> bool:
    """Return whether the running command, if one runs, may use the results of earlier runs."""
    context = click.get_current_context(silent=True)
    return context is None or not context.meta.get(_NO_CACHE)
