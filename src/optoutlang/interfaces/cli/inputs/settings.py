"""The settings of a gateway; findings are printed, and errors end the command."""

from __future__ import annotations

from pathlib import Path

import click

from optoutlang.interfaces.cli.command import use_color
from optoutlang.interfaces.cli.exits import ExitCode, Unreadable, because, finish
from optoutlang.interfaces.gateway.serve import read, rendered
from optoutlang.interfaces.gateway.settings import Settings


def settings_or_exit(config: str) -> Settings:
    """Return the settings of a file; print findings, and end the command where one is an error.

    Raises:
        Unreadable: the file cannot be read.
    """
    try:
        reading = read(Path(config))
    except OSError as error:
        raise Unreadable(because(error, config)) from error
    except UnicodeDecodeError as error:
        raise Unreadable(f"cannot use `{config}`: it is no UTF-8") from error
    if reading.diagnostics:
        click.echo(rendered(reading.diagnostics, color=use_color(err=True)), err=True)
    if reading.settings is None:
        finish(ExitCode.FINDINGS)
    return reading.settings
