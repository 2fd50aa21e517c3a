"""`python -m optoutlang` is the command `optout`."""

from __future__ import annotations

import sys

from optoutlang.interfaces.cli.main import main

if __name__ == "__main__":
    sys.exit(main())
