"""The names that RULES may be: a file, a pack, `-` for standard input."""

from __future__ import annotations

from pathlib import Path

from optoutlang.interfaces.cli.exits import Unreadable
from optoutlang.language.packs import pack_names, pack_path

STANDARD_INPUT = "-"


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
