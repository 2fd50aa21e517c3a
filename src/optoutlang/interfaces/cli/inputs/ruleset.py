"""RULES as a ruleset, for commands that ask about its statements. Importing this loads the parser and all checks."""

from __future__ import annotations

from optoutlang.interfaces.cli.exits import ExitCode, finish
from optoutlang.interfaces.cli.inputs.sources import reading, rules_root, show_diagnostics
from optoutlang.language.driver.fresh import check_root
from optoutlang.language.model.ruleset import Ruleset


def load_ruleset_or_exit(rules: str) -> Ruleset:
    """Return the ruleset of RULES; if it has errors, print the diagnostics and end the command.

    Raises:
        Unreadable: the root file cannot be read.
    """
    with reading(rules):
        fresh = check_root(rules_root(rules))
    if fresh.ruleset is None:
        show_diagnostics(fresh.summary.diagnostics)
        finish(ExitCode.FINDINGS)
    return fresh.ruleset
