"""RULES as a matcher, from source or artefact."""

from __future__ import annotations

from pathlib import Path

from optoutlang import ArtefactError, Matcher
from optoutlang.interfaces.cli.exits import Unreadable, because

ARTEFACT_SUFFIX = ".optoutc"


def load_artefact(rules: str) -> Matcher:
    """Return the matcher of an artefact.

    Raises:
        Unreadable: the file cannot be read, or its bytes are not a valid artefact.
    """
    try:
        return Matcher.from_bytes(Path(rules).read_bytes())
    except OSError as error:
        raise Unreadable(because(error, rules)) from error
    except ArtefactError as error:
        raise Unreadable(f"`{rules}` is not a valid artefact: {error}") from error


def load_matcher_or_exit(rules: str) -> Matcher:
    """Return the matcher of RULES, source or artefact; if the source has errors, print them and end the command.

    Raises:
        Unreadable: there is nothing to read, or a damaged artefact.
    """
    if rules.endswith(ARTEFACT_SUFFIX):
        return load_artefact(rules)
    # Here, not above: an artefact needs no parser.
    from optoutlang.interfaces.cli.inputs.sources import compile_or_exit  # noqa: PLC0415

    return compile_or_exit(rules)
