"""The entry point: run the command, turn what may go wrong into a message and an exit code."""

from __future__ import annotations

import os
import signal
import sys
from contextlib import suppress
from typing import NoReturn

from optoutlang.runtime.terms.extra import install_command

_EXTRAS = dict.fromkeys(
    ("click", "langcodes", "lark", "platformdirs", "rapidfuzz", "rich", "wcwidth"), "author"
)
_EXTRAS |= {"hypothesis": "testing", "psycopg": "postgres", "watchfiles": "watch"}
_EXTRAS |= dict.fromkeys(
    ("httptools", "httpx", "msgspec", "prometheus_client", "starlette", "structlog", "uvicorn"),
    "gateway",
)
_EXTRAS |= dict.fromkeys(("alembic", "cryptography", "phonenumbers", "sqlalchemy"), "consent")
"""The extra of this project that brings a package."""


def main() -> int:
    """Run `optout` with the arguments of this process; return the exit code.

    0: clean. 1: findings. 2: usage. 3: unreadable. 128 + the signal's number
    when the reader of a pipe went away or the user pressed Ctrl-C.
    """
    try:
        # Here and not above: without the extra `author` there is no click, and that deserves a plain sentence.
        from optoutlang.interfaces.cli.app import run  # noqa: PLC0415

        return run()
    except ModuleNotFoundError as missing:
        package = (missing.name or "").split(".")[0]
        if package not in _EXTRAS:
            raise
        print(_install_hint(package), file=sys.stderr)  # noqa: T201 - there may be no click to print with
        return 2
    except KeyboardInterrupt:
        return 128 + signal.SIGINT
    except BrokenPipeError:
        # Nobody reads on. Python would complain again when it flushes at exit: there is nowhere to write to.
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return 128 + signal.SIGPIPE


def run_process() -> NoReturn:
    """Run `optout` as this process, and end it without freeing what it has made, which takes as long as making it.

    What was printed is written before; nothing else is left to do (mypy ends in the same way).
    """
    code = main()
    for stream in (sys.stdout, sys.stderr):
        with suppress(
            OSError, ValueError, AttributeError
        ):  # a closed stream, or none, has nothing to write
            stream.flush()
    os._exit(code)


def _install_hint(missing: str) -> str:
    return (
        f"optout: the command needs `{missing}` of the extra `{_EXTRAS[missing]}`, which is not "
        f"installed: {install_command(_EXTRAS[missing])}"
    )
