"""Find mistakes in .optout files."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from functools import partial

import click

from optoutlang import CompileError
from optoutlang.interfaces.cli.command import command, use_color
from optoutlang.interfaces.cli.completion import FILE
from optoutlang.interfaces.cli.exits import ExitCode, Unreadable, finish
from optoutlang.interfaces.cli.fixing import fix_file
from optoutlang.interfaces.cli.inputs.names import STANDARD_INPUT
from optoutlang.interfaces.cli.inputs.project import (
    brand_option,
    files_or_project,
    project,
    project_or_exit,
)
from optoutlang.interfaces.cli.inputs.sources import check_rules, rule_files
from optoutlang.interfaces.cli.parameters import format_option
from optoutlang.interfaces.cli.watching import run_watching, watch_option
from optoutlang.interfaces.reports.text_table import terminal_width
from optoutlang.interfaces.settings.project import Project
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
        ("optout check --watch", "the project's files, again whenever one of them changes"),
        ("optout check - < acme.optout", "standard input"),
    ),
    reads_rules=True,
)
@click.argument("files", type=FILE, metavar="[FILE]...", nargs=-1)
@brand_option
@format_option(("text", *_RENDERERS), of="findings")
@click.option("--fix", is_flag=True, help="Carry out safe fixes first, and write the files.")
@click.option("--strict", is_flag=True, help="Exit 1 for warnings too.")
@watch_option
def run(
    *,
    files: tuple[str, ...],
    brands: tuple[str, ...],
    form: str,
    fix: bool,
    strict: bool,
    watch: bool,
) -> None:
    """Find all mistakes in .optout files in one run.

    A FILE is checked together with everything it uses. A folder stands for every .optout file below it. Without
    a FILE, those that the project's optout.toml names are checked.

    Inside a project, its optout.toml says how bad findings are, and whether warnings fail.

    With --fix, mistakes of spelling that have one cure are corrected in the files themselves: marks, commas, quotes,
    and what stands twice. What a word means is never changed. What is left is printed.
    """
    once = partial(_run_once, files, brands, form=form, fix=fix, strict=strict)
    if watch:
        run_watching(once, files or files_or_project((), brands, project_or_exit()))
    once()


def _run_once(
    files: tuple[str, ...], brands: tuple[str, ...], *, form: str, fix: bool, strict: bool
) -> None:
    try:
        found = project()
    except CompileError as error:
        _show(error.diagnostics, form)
        finish(ExitCode.FINDINGS)
    files = files_or_project(files, brands, found)
    if fix:
        _fix(files)
    diagnostics, code = _check(files)
    if found is not None:
        diagnostics = tuple(map(found.judged, diagnostics))
    if form != "text" or diagnostics or code is ExitCode.CLEAN:
        _show(diagnostics, form)  # but no "no findings" for a file that was not read
    if code is ExitCode.CLEAN and any(_fails(each, found, strict=strict) for each in diagnostics):
        code = ExitCode.FINDINGS
    finish(code)


def _show(diagnostics: tuple[Diagnostic, ...], form: str) -> None:
    if form == "text":
        click.echo(text.render(diagnostics, color=use_color(), width=terminal_width()), nl=False)
    else:
        click.echo(_RENDERERS[form](diagnostics), nl=False)


def _fails(finding: Diagnostic, found: Project | None, *, strict: bool) -> bool:
    if finding.silenced:
        return False
    severity = finding.code.severity
    if severity is Severity.ERROR or (strict and severity is Severity.WARNING):
        return True
    return found is not None and found.fails(finding)


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
