"""Writing files: whole or not at all."""

from __future__ import annotations

from pathlib import Path

from optoutlang.interfaces.cli.exits import Unreadable, because
from optoutlang.language.driver.atomic import replace_file


def write_text(path: Path, text: str) -> None:
    """Write a text in UTF-8, as `write_bytes` does."""
    write_bytes(path, text.encode())


def write_bytes(path: Path, data: bytes) -> None:
    """Replace a file whole, or not at all; it keeps its permissions.

    A terminal or a pipe is written to, not replaced.

    Raises:
        Unreadable: the file cannot be written; the old content, if any, is as it was.
    """
    target = path.resolve()
    try:
        if target.exists() and not target.is_file():
            target.write_bytes(data)
        else:
            replace_file(target, data)
    except OSError as error:
        raise Unreadable(because(error, str(path))) from error
