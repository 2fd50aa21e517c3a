"""The group of all commands. A command's module, and all that it imports, is loaded when the command is run."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from difflib import get_close_matches

import click

from optoutlang import __version__
from optoutlang.interfaces.cli.command import COMMAND_NAME, color_option
from optoutlang.interfaces.cli.exits import Unreadable, because
from optoutlang.interfaces.cli.listing import command_names, listings, load_command


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
        """Return the names of all commands, in the order in which a user meets them."""
        del ctx
        return [each.name for each in listings()]

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        """Import and return a command, or return None for an unknown name."""
        del ctx
        return load_command(cmd_name) if cmd_name in command_names() else None

    def resolve_command(
        self, ctx: click.Context, args: list[str]
    ) -> tuple[str | None, click.Command | None, list[str]]:
        """Return the command that the arguments begin with, or end with a usage error that names the one meant."""
        names = command_names()
        if args[0] not in names and not args[0].startswith("-"):
            near = get_close_matches(args[0], names, n=1)
            help_text = f"did you mean `{near[0]}`?" if near else "`optout --help` lists them"
            ctx.fail(f"there is no command `{args[0]}`; {help_text}")
        return super().resolve_command(ctx, args)

    def format_commands(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        """Write the summaries without importing a command."""
        del ctx
        with formatter.section("Commands"):
            formatter.write_dl([(each.name, each.summary) for each in listings()])


def _version_option() -> click.Option:
    def show(ctx: click.Context, _option: click.Parameter, value: bool) -> None:  # noqa: FBT001
        if value:
            click.echo(f"{COMMAND_NAME} {__version__}")
            ctx.exit()

    return click.Option(
        ["-V", "--version"],
        is_flag=True,
        expose_value=False,
        is_eager=True,
        callback=show,
        help="Print the version of the tool; `optout version` prints all versions.",
    )


app = LazyGroup(
    COMMAND_NAME,
    params=[color_option(), _version_option()],
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
