"""`optout check --fix`: files are mended in rounds, until no safe fix is left."""

from __future__ import annotations

from pathlib import Path

import click

from optoutlang.interfaces.cli.files import write_bytes
from optoutlang.interfaces.cli.inputs.names import rules_path
from optoutlang.interfaces.cli.inputs.sources import check_rules
from optoutlang.language.driver.safe_fixes import fix_safely

_ROUNDS = 50
"""More rounds than fixes can need that touch each other in a file that a person wrote."""


def fix_file(file: str) -> int:
    """Carry out the safe fixes of a file's own findings, say so on standard error, and return how many there were.

    A byte order mark goes; line ends stay.

    Raises:
        Unreadable: the file cannot be read or written.
    """
    path = rules_path(file)
    count = 0
    for _ in range(_ROUNDS):
        fixed = fix_safely(check_rules(file).diagnostics, str(path))
        if fixed is None:
            break
        write_bytes(path, _with_ends_of(path, fixed.text))
        count += len(fixed.mended)
    if count:
        click.echo(f"{file}: {count} {'finding' if count == 1 else 'findings'} fixed", err=True)
    return count


def _with_ends_of(path: Path, text: str) -> bytes:
    """Return a text in UTF-8 with the line ends that its file has."""
    before = path.read_bytes()
    windows = before.count(b"\r\n")
    return (
        text.replace("\n", "\r\n").encode() if windows * 2 > before.count(b"\n") else text.encode()
    )
