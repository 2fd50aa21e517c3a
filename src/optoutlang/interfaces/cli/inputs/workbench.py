"""RULES as a workbench: the coverage of tests means nothing while a test fails."""

from __future__ import annotations

import click

from optoutlang.analysis.adequacy.workbench import Bench
from optoutlang.interfaces.cli.exits import ExitCode, finish
from optoutlang.interfaces.cli.inputs.ruleset import load_ruleset_or_exit


def load_workbench_or_exit(rules: str) -> Bench:
    """Return the workbench of RULES; if they have errors or a test fails, say so and end the command."""
    bench = Bench(load_ruleset_or_exit(rules))
    failed = len(bench.failures())
    if failed:
        cases = "1 test case fails" if failed == 1 else f"{failed} test cases fail"
        click.echo(f"optout: {cases}; `optout test {rules}` shows why", err=True)
        finish(ExitCode.FINDINGS)
    return bench
