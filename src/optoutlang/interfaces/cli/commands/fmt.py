"""Format .optout files."""

from __future__ import annotations

from collections.abc import Iterator
from difflib import unified_diff
from pathlib import Path

import click

from optoutlang.interfaces.cli.command import command, use_color
from optoutlang.interfaces.cli.completion import FILE
from optoutlang.interfaces.cli.exits import ExitCode, Unreadable, because, finish
from optoutlang.interfaces.cli.files import write_bytes
from optoutlang.interfaces.cli.inputs.names import STANDARD_INPUT
from optoutlang.interfaces.cli.inputs.project import (
    brand_option,
    files_or_project,
    project_or_exit,
)
from optoutlang.interfaces.cli.inputs.sources import (
    STANDARD_INPUT_NAME,
    rule_files,
    show_diagnostics,
)
from optoutlang.interfaces.cli.streams import standard_input
from optoutlang.language.diagnostics.diagnostic import CompileError
from optoutlang.language.syntax.format import FormatError, format_source
from optoutlang.language.syntax.read import decode

_DIFF_COLORS = {"+": "green", "-": "red", "@": "cyan"}

ORDER = 30
"""Where `optout --help` lists it."""


@command(
    examples=(
        ("optout fmt acme.optout", "format a file"),
        ("optout fmt --check rules", "list the files that are not formatted, and fail"),
        ("optout fmt --diff acme.optout", "show what would change"),
        ("optout fmt - < acme.optout", "standard input to standard output"),
    ),
)
@click.argument("files", type=FILE, metavar="[FILE]...", nargs=-1)
@brand_option
@click.option("--check", is_flag=True, help="Write nothing; exit 1 if a file would change.")
@click.option("--diff", is_flag=True, help="Like --check, and show the differences.")
def run(*, files: tuple[str, ...], brands: tuple[str, ...], check: bool, diff: bool) -> None:
    """Format .optout files; comments and meaning stay.

    A folder stands for every .optout file below it, `-` for standard input, which goes to standard output. A file with
    a syntax error is left as it is. Without a FILE, those that the project's optout.toml names are formatted.
    """
    worst = ExitCode.CLEAN
    chosen = files_or_project(files, brands, project_or_exit())
    for file in rule_files(chosen):
        try:
            code = _look(file, show=diff) if check or diff else _lay_out(file)
        except Unreadable as error:
            error.show()
            code = ExitCode.UNREADABLE
        except CompileError as error:
            show_diagnostics(error.diagnostics)
            code = ExitCode.FINDINGS
        except FormatError as error:
            click.echo(f"optout: {error}; nothing was written; please report this", err=True)
            code = ExitCode.FINDINGS
        worst = max(worst, code)
    finish(worst)


def _look(file: str, *, show: bool) -> ExitCode:
    """Say whether a file would change, and with `show` how."""
    data = _read(file)
    after = _formatted(file, data)
    if _bytes(after, data) == data:
        return ExitCode.CLEAN
    if show:
        click.echo("".join(_diff(file, data.decode(), _bytes(after, data).decode())), nl=False)
    click.echo(f"{file} would change", err=True)
    return ExitCode.FINDINGS


def _lay_out(file: str) -> ExitCode:
    data = _read(file)
    after = _formatted(file, data)
    laid_out = _bytes(after, data)
    if file == STANDARD_INPUT:
        click.echo(laid_out, nl=False)
    elif laid_out != data:
        write_bytes(Path(file), laid_out)
        click.echo(f"{file} reformatted", err=True)
    return ExitCode.CLEAN


def _read(file: str) -> bytes:
    if file == STANDARD_INPUT:
        return standard_input().read()
    try:
        return Path(file).read_bytes()
    except OSError as error:
        raise Unreadable(because(error, file)) from error


def _formatted(file: str, data: bytes) -> str:
    """Return a file's text in the canonical layout.

    Raises:
        CompileError: the bytes are not UTF-8, or the text has syntax errors.
    """
    path = STANDARD_INPUT_NAME if file == STANDARD_INPUT else file
    source, found = decode(data, name=Path(path).name, path=path)
    if source is None:
        raise CompileError(found)
    return format_source(source)


def _bytes(text: str, before: bytes) -> bytes:
    """Return a text in UTF-8 with the line ends that most lines of the file have, for Windows has its own."""
    windows = before.count(b"\r\n")
    if windows <= before.count(b"\n") - windows:
        return text.encode()
    return text.replace("\n", "\r\n").encode()


def _diff(file: str, before: str, after: str) -> Iterator[str]:
    """Yield a unified difference, as `patch` reads it, in colours where they are wanted."""
    color = use_color()
    # Not splitlines: a change in nothing but `\r` is one too, and only `\n` ends a line for `patch`.
    old, new = (text.split("\n") for text in (before, after))
    for line in unified_diff(_ended(old), _ended(new), file, file):
        shown = line if line.endswith("\n") else f"{line}\n\\ No newline at end of file\n"
        tint = _DIFF_COLORS.get(line[0]) if color else None
        yield click.style(shown, fg=tint) if tint else shown


def _ended(lines: list[str]) -> list[str]:
    """Return lines with their ends; what follows the last one, if there is something, has none."""
    return [f"{each}\n" for each in lines[:-1]] + [each for each in lines[-1:] if each]
