"""Writing files: whole or not at all."""

from __future__ import annotations

import os
import secrets
from pathlib import Path

from optoutlang.interfaces.cli.exits import Unreadable, because


def write_text(path: Path, text: str) -> None:
    """Write a text in UTF-8, as `write_bytes` does."""
    write_bytes(path, text.encode())


def write_bytes(path: Path, data: bytes) -> None:
    """Put bytes in the place of a file, which keeps its permissions; readers see the old content or the new one.

    What is there and is no file (a terminal, a pipe) is written to, not replaced.

    Raises:
        Unreadable: the file cannot be written; what stood there before still does.
    """
    target = path.resolve()
    try:
        if target.exists() and not target.is_file():
            target.write_bytes(data)
        else:
            _replace(target, data)
    except OSError as error:
        raise Unreadable(because(error, str(path))) from error


def _replace(target: Path, data: bytes) -> None:
    temporary = target.with_name(f".{target.name}.{secrets.token_hex(4)}")
    try:
        with temporary.open("xb") as file:
            file.write(data)
            file.flush()
            os.fsync(file.fileno())
        if target.exists():
            temporary.chmod(target.stat().st_mode)
        temporary.replace(target)
    finally:
        temporary.unlink(missing_ok=True)
