"""The standard streams as bytes. A process may be started without them."""

from __future__ import annotations

import sys
from typing import BinaryIO, TextIO

from optoutlang.interfaces.cli.exits import Unreadable


def standard_input() -> BinaryIO:
    """Return standard input.

    Raises:
        Unreadable: the process has none.
    """
    return _open(sys.stdin, "standard input").buffer


def is_terminal() -> bool:
    """Whether a person types what comes from standard input."""
    return sys.stdin is not None and sys.stdin.isatty()


def standard_output() -> BinaryIO:
    """Return standard output.

    Raises:
        Unreadable: the process has none.
    """
    return _open(sys.stdout, "standard output").buffer


def _open(stream: TextIO | None, name: str) -> TextIO:
    if stream is None:
        raise Unreadable(f"{name} is closed")
    return stream
