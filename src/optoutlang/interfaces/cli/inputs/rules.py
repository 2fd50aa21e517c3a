"""RULES as a file, an artefact, a pack's name or `-`; and as a matcher, for commands that need no more."""

from __future__ import annotations

from pathlib import Path

from optoutlang import ArtefactError, Matcher
from optoutlang.interfaces.cli.exits import Unreadable, because
from optoutlang.language.packs import pack_names, pack_path

STANDARD_INPUT = "-"
ARTEFACT_SUFFIX = ".optoutc"


def rules_path(rules: str) -> Path:
    """Return the file that RULES stands for: an existing file, else the pack of that name.

    Raises:
        Unreadable: there is neither.
    """
    path = Path(rules)
    if path.is_file():
        return path
    if rules in pack_names():
        return pack_path(rules)
    if path.suffix or path.exists() or "/" in rules:
        return path  # reading it says best what is wrong with it
    # Here, not above: only a slip needs it, and matching with an artefact must start fast.
    from optoutlang.language.diagnostics.suggest import closest  # noqa: PLC0415

    near = closest(rules, pack_names())
    help_text = f"did you mean `{near}`?" if near else "`optout packs` lists the packs"
    raise Unreadable(f"`{rules}` is neither a file nor a pack; {help_text}")


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
