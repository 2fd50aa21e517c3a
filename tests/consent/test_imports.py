"""Consent is part of what an application embeds: it loads no parser, no command line and no database."""

from __future__ import annotations

import subprocess
import sys

HEAVY = {
    "lark",
    "click",
    "rich",
    "rapidfuzz",
    "phonenumbers",
    "hypothesis",
    "sqlalchemy",
    "alembic",
}


def test_importing_consent_loads_nothing_heavy() -> None:
    program = "import sys, optoutlang.consent; print(*sys.modules)"
    done = subprocess.run(
        [sys.executable, "-c", program], capture_output=True, text=True, check=True
    )
    assert not HEAVY & set(done.stdout.split())
