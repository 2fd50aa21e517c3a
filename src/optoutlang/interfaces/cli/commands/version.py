"""Print all versions that affect decisions."""

from __future__ import annotations

import json
import platform

import click

from optoutlang import __version__
from optoutlang.interfaces.cli.command import command
from optoutlang.interfaces.cli.parameters import format_option
from optoutlang.runtime import native
from optoutlang.runtime.canonical import TABLES_DIGEST, TABLES_VERSION, UNICODE_VERSION
from optoutlang.runtime.program import LANGUAGE_VERSION
from optoutlang.runtime.terms.json import Json

ORDER = 190
"""Where `optout --help` lists it."""


@command(
    examples=(
        ("optout version", "all versions, one a line"),
        ("optout version --format json", "for programs"),
    ),
)
@format_option(("text", "json"), of="versions")
def run(*, form: str) -> None:
    """Print the versions of the tool, the language, the canonical text's tables and Unicode.

    Two machines that print the same lines (the last two apart) decide every message alike.
    """
    if form == "json":
        click.echo(json.dumps(_object(), indent=2))
        return
    click.echo(f"optout     {__version__}")
    click.echo(f"language   {LANGUAGE_VERSION}")
    click.echo(f"canonical  {TABLES_VERSION} ({TABLES_DIGEST[:16]})")
    click.echo(f"Unicode    {UNICODE_VERSION}")
    click.echo(f"core       {core()}")
    click.echo(f"Python     {platform.python_version()}")


def _object() -> dict[str, Json]:
    return {
        "version": 1,
        "optout": __version__,
        "language": LANGUAGE_VERSION,
        "canonical": {"version": TABLES_VERSION, "digest": TABLES_DIGEST},
        "unicode": UNICODE_VERSION,
        "core": core(),
        "python": platform.python_version(),
    }


def core() -> str:
    """Return which implementation reads messages: both decide alike."""
    if native.is_used():
        return "compiled"
    return (
        f"Python, as {native.PURE} says"
        if native.IS_BUILT
        else "Python: no compiled core was built"
    )
