"""`python -m optoutlang` is the command `optout`."""

from __future__ import annotations

from optoutlang.interfaces.cli.main import run_process

if __name__ == "__main__":
    run_process()
