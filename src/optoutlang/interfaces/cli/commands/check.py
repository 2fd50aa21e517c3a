"""Find mistakes in .optout files."""

from __future__ import annotations

from collections.abc import Callable, Mapping

import click

from optoutlang.interfaces.cli.command import command, use_color
from optoutlang.interfaces.cli.completion import FILE
from optoutlang.interfaces.cli.exits import ExitCode, Unreadable, finish
from optoutlang.interfaces.cli.fixing import fix_file
from optoutlang.interfaces.cli.inputs.names import STANDARD_INPUT
from optoutlang.interfaces.cli.inputs.project import files_or_project, project
from optoutlang.interfaces.cli.inputs.sources import check_rules, rule_files
from optoutlang.interfaces.cli.parameters import format_option
from optoutlang.language.diagnostics import github, json, sarif, text
from optoutlang.language.diagnostics.diagnostic import Diagnostic, Severity

_RENDERERS: Mapping[str, Callable[[tuple[Diagnostic, ...]], str]] = {
    "json": json.render,
    "sarif": sarif.render,
    "github": github.render,
}

ORDER = 20
"""Where `optout --help` lists it."""


@command(
    examples=(
        ("optout check acme.optout", "all findings, with the lines they are about"),
        ("optout check --strict rules", "every file below a folder; exit 1 for warnings too"),
        ("optout check --format sarif *.optout > optout.sarif", "for a code-scanning dashboard"),
        ("optout check --fix acme.optout", "carry out the safe fixes, and print what is left"),
        ("optout check - < acme.optout", "standard input"),
    ),
    reads_rules=True,
)
@click.argument("files", type=FILE, metavar="[FILE]...", nargs=-1)
@format_option(("text", *_RENDERERS), of="findings")
@click.option("--fix", is_flag=True, help="Carry out safe fixes first, and write the files.")
@click.option("--strict", is_flag=True, help="Exit 1 for warnings too.")
def run(*, files: tuple[str, ...], form: str, fix: bool, strict: bool) -> None:
    """Find all mistakes in .optout files in one run.

    A FILE is checked together with everything it uses. A folder stands for every .optout file below it. Without
    a FILE, those that the project's optout.toml names are checked.

    With --fix, mistakes of spelling that have one cure are corrected in the files themselves: marks, commas, quotes,
    and what stands twice. What a word means is never changed. What is left is printed.
    """
    strict = strict or (not files and _is_strict())
    files = files_or_project(files)
    if fix:
        _fix(files)
    diagnostics, code = _check(files)
    if form != "text":
        click.echo(_RENDERERS[form](diagnostics), nl=False)
    elif (
        diagnostics or code is ExitCode.CLEAN
    ):  # print no "no findings" for a file that was not read
        click.echo(text.render(diagnostics, color=use_color()), nl=False)
    failing = {Severity.ERROR, Severity.WARNING} if strict else {Severity.ERROR}
    if code is ExitCode.CLEAN and any(
        each.code.severity in failing and not each.silenced for each in diagnostics
    ):
        code = ExitCode.FINDINGS
    finish(code)


def _is_strict() -> bool:
    found = project()
    return found is not None and found.strict


def _fix(files: tuple[str, ...]) -> None:
    if STANDARD_INPUT in files:
        raise click.UsageError("--fix writes files; standard input is none")
    for file in rule_files(files):
        try:
            fix_file(file)
        except Unreadable:
            continue  # checking the file says so


def _check(files: tuple[str, ...]) -> tuple[tuple[Diagnostic, ...], ExitCode]:
    """Return the findings about all files, each once, and whether any file is unreadable."""
    diagnostics: dict[Diagnostic, None] = {}
    code = ExitCode.CLEAN
    for file in rule_files(files):
        try:
            diagnostics |= dict.fromkeys(check_rules(file).diagnostics)
        except Unreadable as error:
            error.show()
            code = ExitCode.UNREADABLE
    return tuple(sorted(diagnostics, key=lambda each: each.sort_key)), code
