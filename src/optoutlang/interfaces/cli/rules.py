"""What a command's RULES argument stands for: a file, an artefact, a pack's name, or `-` for standard input."""

from __future__ import annotations

from pathlib import Path

from optoutlang import ArtefactError, Matcher
from optoutlang.interfaces.cli.exits import Unreadable, because
from optoutlang.language.packs import pack_names, pack_path

STANDARD_INPUT = "-"
ARTEFACT_SUFFIX = ".optoutc"


def rules_path(rules: str) -> Path:
    """Return the file that RULES stands for: one that is there, else the pack of that name.

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
    cure = f"did you mean `{near}`?" if near else "`optout packs` lists the packs"
    raise Unreadable(f"`{rules}` is no file and no pack; {cure}")


def load_artefact(rules: str) -> Matcher:
    """Return the matcher of an artefact.

    Raises:
        Unreadable: the file cannot be read, or its bytes are no sound artefact.
    """
    try:
        return Matcher.from_bytes(Path(rules).read_bytes())
    except OSError as error:
        raise Unreadable(because(error, rules)) from error
    except ArtefactError as error:
        raise Unreadable(f"`{rules}` is not a sound artefact: {error}") from error
