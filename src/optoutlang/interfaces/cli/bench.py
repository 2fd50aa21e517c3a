"""RULES as a source whose own tests pass: what tests reach says nothing while they fail."""

from __future__ import annotations

import click

from optoutlang.analysis.adequacy.workbench import Bench
from optoutlang.interfaces.cli.exits import ExitCode, finish
from optoutlang.interfaces.cli.sources import sound


def benched(rules: str) -> Bench:
    """Return the bench of RULES; end the command with findings if the rules have errors or a test fails."""
    bench = Bench(sound(rules))
    failed = len(bench.failures())
    if failed:
        cases = "1 test case fails" if failed == 1 else f"{failed} test cases fail"
        click.echo(f"optout: {cases}; `optout test {rules}` shows why", err=True)
        finish(ExitCode.FINDINGS)
    return bench
