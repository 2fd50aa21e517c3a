"""Writing files: whole or not at all."""

from __future__ import annotations

import os
from pathlib import Path
from tempfile import NamedTemporaryFile

from optoutlang.cli.exits import Unreadable
from optoutlang.cli.rules import because


def write_text(path: Path, text: str) -> None:
    """Put a text in the place of a file, which keeps its permissions; readers see the old text or the new one.

    Raises:
        Unreadable: the file cannot be written.
    """
    target = path.resolve()
    try:
        with NamedTemporaryFile(
            "w", encoding="utf-8", newline="\n", dir=target.parent, delete=False
        ) as temporary:
            temporary.write(text)
        os.chmod(temporary.name, target.stat().st_mode if target.exists() else 0o644)
        os.replace(temporary.name, target)
    except OSError as error:
        raise Unreadable(because(error, str(path))) from error
