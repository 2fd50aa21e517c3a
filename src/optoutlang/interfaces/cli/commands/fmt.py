"""`optout fmt`: one canonical layout, without options; a file is replaced whole, or not touched."""

from __future__ import annotations

from collections.abc import Iterator
from difflib import unified_diff
from pathlib import Path

import click

from optoutlang.interfaces.cli.command import command, use_color
from optoutlang.interfaces.cli.exits import ExitCode, Unreadable, because, finish
from optoutlang.interfaces.cli.files import write_bytes
from optoutlang.interfaces.cli.rules import STANDARD_INPUT
from optoutlang.interfaces.cli.sources import STANDARD_INPUT_NAME, expand, show_findings
from optoutlang.interfaces.cli.streams import standard_input
from optoutlang.language.diagnostics.diagnostic import CompileError
from optoutlang.language.syntax.format import FormatError, format_source
from optoutlang.language.syntax.read import decode

_DIFF_COLORS = {"+": "green", "-": "red", "@": "cyan"}


@command(
    "fmt",
    examples=(
        ("optout fmt acme.optout", "lay out a file anew"),
        ("optout fmt --check rules", "name the files that are laid out otherwise, and fail"),
        ("optout fmt --diff acme.optout", "show what would change"),
        ("optout fmt - < acme.optout", "standard input to standard output"),
    ),
)
@click.argument("files", metavar="FILE...", nargs=-1, required=True)
@click.option("--check", is_flag=True, help="Write nothing; fail if a file would change.")
@click.option("--diff", is_flag=True, help="As --check, and show what would change.")
def command_object(*, files: tuple[str, ...], check: bool, diff: bool) -> None:
    """Lay out .optout files in the one canonical way; every comment stays, and the meaning.

    A folder stands for every .optout file below it, `-` for standard input, which goes to standard output. A file with
    a syntax error is left as it is.
    """
    worst = ExitCode.CLEAN
    for file in expand(files):
        try:
            code = _look(file, show=diff) if check or diff else _lay_out(file)
        except Unreadable as error:
            error.show()
            code = ExitCode.UNREADABLE
        except CompileError as error:
            show_findings(error.diagnostics)
            code = ExitCode.FINDINGS
        except FormatError as error:
            click.echo(f"optout: {error}; nothing was written: please report it", err=True)
            code = ExitCode.FINDINGS
        worst = max(worst, code)
    finish(worst)


def _look(file: str, *, show: bool) -> ExitCode:
    """Say whether a file would change, and with `show` how."""
    data = _read(file)
    after = _formatted(file, data)
    if after.encode() == data:
        return ExitCode.CLEAN
    if show:
        click.echo("".join(_diff(file, data.decode(), after)), nl=False)
    click.echo(f"{file} would change", err=True)
    return ExitCode.FINDINGS


def _lay_out(file: str) -> ExitCode:
    data = _read(file)
    after = _formatted(file, data)
    if file == STANDARD_INPUT:
        click.echo(after.encode(), nl=False)
    elif after.encode() != data:
        write_bytes(Path(file), after.encode())
        click.echo(f"{file} laid out", err=True)
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
