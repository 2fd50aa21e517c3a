"""`optout check`: every finding about the files, for people and for programs."""

from __future__ import annotations

from collections.abc import Callable, Mapping

import click

from optoutlang.interfaces.cli.command import command, use_color
from optoutlang.interfaces.cli.exits import ExitCode, Unreadable, finish
from optoutlang.interfaces.cli.sources import checked, expand
from optoutlang.language.diagnostics import github, json, sarif, text
from optoutlang.language.diagnostics.diagnostic import Diagnostic, Severity

_RENDERERS: Mapping[str, Callable[[tuple[Diagnostic, ...]], str]] = {
    "json": json.render,
    "sarif": sarif.render,
    "github": github.render,
}


@command(
    "check",
    examples=(
        ("optout check acme.optout", "all findings, with the lines they are about"),
        ("optout check --strict rules", "every file below a folder; warnings fail too"),
        ("optout check --format sarif *.optout > optout.sarif", "for a code-scanning dashboard"),
        ("optout check - < acme.optout", "standard input"),
    ),
)
@click.argument("files", metavar="FILE...", nargs=-1, required=True)
@click.option(
    "--format",
    "form",
    type=click.Choice(["text", *_RENDERERS]),
    default="text",
    show_default=True,
    help="How to print the findings.",
)
@click.option("--strict", is_flag=True, help="Warnings fail too.")
def command_object(*, files: tuple[str, ...], form: str, strict: bool) -> None:
    """Find mistakes in .optout files, all of them in one run.

    A FILE is checked with all that it uses. A folder stands for every .optout file below it.
    """
    found, code = _check(files)
    if form != "text":
        click.echo(_RENDERERS[form](found), nl=False)
    elif found or code is ExitCode.CLEAN:  # a file that was not read has not no findings
        click.echo(text.render(found, color=use_color()), nl=False)
    failing = {Severity.ERROR, Severity.WARNING} if strict else {Severity.ERROR}
    if code is ExitCode.CLEAN and any(each.code.severity in failing for each in found):
        code = ExitCode.FINDINGS
    finish(code)


def _check(files: tuple[str, ...]) -> tuple[tuple[Diagnostic, ...], ExitCode]:
    """Return the findings about all files, each once, and whether any file is unreadable."""
    found: dict[Diagnostic, None] = {}
    code = ExitCode.CLEAN
    for file in expand(files):
        try:
            found |= dict.fromkeys(checked(file).diagnostics)
        except Unreadable as error:
            error.show()
            code = ExitCode.UNREADABLE
    return tuple(sorted(found, key=lambda each: each.sort_key)), code
