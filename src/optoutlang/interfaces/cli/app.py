"""The group of all commands. A command's module, and all that it imports, is loaded when the command is run."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from difflib import get_close_matches
from importlib import import_module

import click

from optoutlang.interfaces.cli.command import COMMAND_NAME, Command, color_option
from optoutlang.interfaces.cli.exits import Unreadable, because

SUMMARIES = {
    "init": "Write a starter file with tests that pass.",
    "check": "Find mistakes in .optout files.",
    "fmt": "Lay out .optout files in the one canonical way.",
    "test": "Run the test blocks of .optout files.",
    "cover": "Say which statements the tests reach.",
    "mutate": "See whether the tests notice when the rules change.",
    "prove": "Settle what must be true of every ruleset, and say how.",
    "fuzz": "Sample the laws of the language on one's own rules.",
    "compile": "Write the artefact that an application embeds.",
    "inspect": "Verify an artefact and say what is in it.",
    "match": "Decide messages.",
    "why": "Say what a message means, and why.",
    "measure": "Say how often a ruleset is right about labelled messages.",
    "scan": "Find what the present system missed in a file of real messages.",
    "diff": "Show what changes in meaning from one ruleset to another.",
    "consent": "Keep who may be texted: stores, lists, history, reviews.",
    "show": "Print the effective table of a ruleset.",
    "packs": "List the rule packs that come with optout.",
    "explain": "Show the page of a diagnostic's code.",
    "version": "Print the versions that decide what a message means.",
}


class ReaderGoneError(Exception):
    """Whoever read standard output reads no more. Not an OSError: click would end with the exit code of findings."""


@contextmanager
def _writing() -> Iterator[None]:
    """Turn what commands leave to their caller, errors of writing the output, into errors with an exit code."""
    try:
        yield
    except BrokenPipeError as error:
        raise ReaderGoneError from error
    except OSError as error:
        raise Unreadable(because(error, str(error.filename or "standard output"))) from error


class LazyGroup(click.Group):
    """Knows its commands by name and summary; imports one only when it is wanted."""

    def parse_args(self, ctx: click.Context, args: list[str]) -> list[str]:
        """Read the command line; `--help` writes already here."""
        with _writing():
            return super().parse_args(ctx, args)

    def invoke(self, ctx: click.Context) -> object:
        """Run the command that the command line names."""
        with _writing():
            return super().invoke(ctx)

    def list_commands(self, ctx: click.Context) -> list[str]:
        """Return the names of all commands, in the order in which one meets them."""
        del ctx
        return list(SUMMARIES)

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        """Import and return a command, or return None for an unknown name."""
        del ctx
        if cmd_name not in SUMMARIES:
            return None
        found: Command = import_module(
            f"optoutlang.interfaces.cli.commands.{cmd_name}"
        ).command_object
        return found

    def resolve_command(
        self, ctx: click.Context, args: list[str]
    ) -> tuple[str | None, click.Command | None, list[str]]:
        """Return the command that the arguments begin with, or end with a usage error that names the one meant."""
        if args[0] not in SUMMARIES and not args[0].startswith("-"):
            near = get_close_matches(args[0], SUMMARIES, n=1)
            cure = f"did you mean `{near[0]}`?" if near else "`optout --help` lists them"
            ctx.fail(f"no command is `{args[0]}`; {cure}")
        return super().resolve_command(ctx, args)

    def format_commands(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        """Write the summaries without importing a command."""
        del ctx
        with formatter.section("Commands"):
            formatter.write_dl(list(SUMMARIES.items()))


app = LazyGroup(
    COMMAND_NAME,
    params=[color_option()],
    context_settings={"help_option_names": ["-h", "--help"]},
    help="Find out whether a text message means stop, start or help, by rules that can be read, tested and proved.",
    epilog="Exit codes: 0 clean, 1 findings, 2 wrong usage, 3 unreadable. `optout COMMAND --help` has examples.",
)


def run() -> int:
    """Run the command that the process's arguments name; return its exit code."""
    try:
        code: int | None = app.main(prog_name=COMMAND_NAME, standalone_mode=False)
        with _writing():
            click.echo(nl=False)  # flushes
    except click.ClickException as problem:
        problem.show()
        return problem.exit_code
    except click.Abort as ended:
        raise KeyboardInterrupt from ended
    except ReaderGoneError as ended:
        raise BrokenPipeError from ended
    return code or 0
