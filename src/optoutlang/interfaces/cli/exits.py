"""How a command ends: its exit code, and the errors that are not findings."""

from __future__ import annotations

from enum import IntEnum
from typing import IO, Any, NoReturn

import click


class ExitCode(IntEnum):
    """What a command's exit says; docs/cli.md lists them for users."""

    CLEAN = 0
    FINDINGS = 1
    USAGE = 2
    UNREADABLE = 3


class Unreadable(click.ClickException):
    """A file cannot be read or written, or is a damaged artefact."""

    exit_code = ExitCode.UNREADABLE

    def show(self, file: IO[Any] | None = None) -> None:
        """Print the message in the style of all messages of the command."""
        click.echo(f"optout: {self.format_message()}", file=file, err=True)


def finish(code: ExitCode) -> NoReturn:
    """End the running command with an exit code."""
    click.get_current_context().exit(code)


def because(error: OSError, name: str) -> str:
    """Say why a file could not be read or written."""
    reason = (error.strerror or str(error)).lower()
    return f"cannot use `{name}`: {reason}"
