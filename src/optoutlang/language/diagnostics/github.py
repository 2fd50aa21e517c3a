"""Findings as GitHub workflow commands, which Actions shows beside the lines of a pull request.

https://docs.github.com/actions/reference/workflow-commands-for-github-actions
"""

from __future__ import annotations

from optoutlang.language.diagnostics.diagnostic import Diagnostic, Severity
from optoutlang.language.diagnostics.visible import visible

_COMMANDS = {
    Severity.ERROR: "error",
    Severity.WARNING: "warning",
    Severity.NOTE: "notice",
    Severity.HINT: "notice",
}


def render(diagnostics: tuple[Diagnostic, ...]) -> str:
    """Return one workflow command a line; nothing at all for no findings."""
    return "".join(f"{_command(each)}\n" for each in diagnostics)


def _command(found: Diagnostic) -> str:
    start, end = found.primary.place.start, found.primary.place.end
    fields = {"file": found.primary.place.source.path, "line": start.line, "endLine": end.line}
    # GitHub ignores columns of a range over several lines.
    if start.line == end.line:
        fields |= {"col": start.column, "endColumn": end.column}
    fields["title"] = f"{found.code.id} {found.code.slug}"
    shown = ",".join(f"{name}={_property(str(value))}" for name, value in fields.items())
    said = [found.message, *found.notes, *([f"help: {found.help}"] if found.help else [])]
    text = "\n".join(visible(each) for each in said)
    return f"::{_COMMANDS[found.code.severity]} {shown}::{_data(text)}"


def _data(text: str) -> str:
    return text.replace("%", "%25").replace("\r", "%0D").replace("\n", "%0A")


def _property(text: str) -> str:
    return _data(text).replace(":", "%3A").replace(",", "%2C")
