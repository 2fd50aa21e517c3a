"""Print all versions that affect decisions."""

from __future__ import annotations

import platform

import click

from optoutlang import __version__
from optoutlang.interfaces.cli.command import command
from optoutlang.runtime import native
from optoutlang.runtime.canonical import TABLES_DIGEST, TABLES_VERSION, UNICODE_VERSION
from optoutlang.runtime.program import LANGUAGE_VERSION

ORDER = 190
"""Where `optout --help` lists it."""


@command(
    examples=(("optout version", "all versions, one a line"),),
)
def run() -> None:
    """Print the versions of the tool, the language, the canonical text's tables and Unicode.

    Two machines that print the same lines (the last two apart) decide every message alike.
    """
    click.echo(f"optout     {__version__}")
    click.echo(f"language   {LANGUAGE_VERSION}")
    click.echo(f"canonical  {TABLES_VERSION} ({TABLES_DIGEST[:16]})")
    click.echo(f"Unicode    {UNICODE_VERSION}")
    click.echo(f"core       {core()}")
    click.echo(f"Python     {platform.python_version()}")


def core() -> str:
    """Return which implementation reads messages: both decide alike."""
    if native.is_used():
        return "compiled"
    return (
        f"Python, as {native.PURE} says"
        if native.IS_BUILT
        else "Python: no compiled core was built"
    )
