"""The command `optout`, run in this process and, where start-up, streams and exit codes matter, as users start it."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

from click.testing import CliRunner, Result

from optoutlang.interfaces.cli.app import app

START = (
    sys.executable,
    "-c",
    "import sys; from optoutlang.interfaces.cli.main import main; sys.exit(main())",
)


def optout(*arguments: str | Path, given: bytes | str = b"", color: bool = False) -> Result:
    """Run the command in this process; fail on whatever would be a traceback."""
    result = CliRunner().invoke(app, [str(each) for each in arguments], input=given, color=color)
    if result.exception is not None and not isinstance(result.exception, SystemExit):
        raise result.exception
    return result


def started(*arguments: str | Path, given: bytes = b"") -> subprocess.CompletedProcess[bytes]:
    """Run the command in a process of its own."""
    command = [*START, *map(str, arguments)]
    return subprocess.run(command, input=given, capture_output=True, check=False)
