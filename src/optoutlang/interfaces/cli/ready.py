"""RULES made ready to decide messages, whether they are source or artefact."""

from __future__ import annotations

from optoutlang import Matcher
from optoutlang.interfaces.cli.rules import ARTEFACT_SUFFIX, load_artefact


def load_matcher(rules: str) -> Matcher:
    """Return the matcher of RULES. Ends the command with the findings if they are a source with errors.

    Raises:
        Unreadable: there is nothing to read, or a damaged artefact.
    """
    if rules.endswith(ARTEFACT_SUFFIX):
        return load_artefact(rules)
    # Here, not above: an artefact needs no parser.
    from optoutlang.interfaces.cli.sources import compiled  # noqa: PLC0415

    return compiled(rules)
