"""`optout version`: every version that decides what a message means. Asks nobody, reads no package metadata."""

from __future__ import annotations

import platform

import click

from optoutlang import __version__
from optoutlang.interfaces.cli.command import command
from optoutlang.runtime.canonical import TABLES_DIGEST, TABLES_VERSION, UNICODE_VERSION

LANGUAGE_VERSION = 1


@command(
    "version",
    examples=(("optout version", "the five versions, one a line"),),
)
def command_object() -> None:
    """Print the versions of the tool, the language, the canonical text's tables and Unicode.

    Two machines that print the same lines (the last one apart) decide every message alike.
    """
    click.echo(f"optout     {__version__}")
    click.echo(f"language   {LANGUAGE_VERSION}")
    click.echo(f"canonical  {TABLES_VERSION} ({TABLES_DIGEST[:16]})")
    click.echo(f"Unicode    {UNICODE_VERSION}")
    click.echo(f"Python     {platform.python_version()}")
