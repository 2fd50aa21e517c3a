"""Findings as GitHub workflow commands, which Actions shows beside the lines of a pull request.

https://docs.github.com/actions/reference/workflow-commands-for-github-actions
"""

from __future__ import annotations

from optoutlang.language.diagnostics.diagnostic import Code, Diagnostic, Severity
from optoutlang.language.diagnostics.limit import limit, more
from optoutlang.language.diagnostics.visible import visible

_COMMANDS = {
    Severity.ERROR: "error",
    Severity.WARNING: "warning",
    Severity.NOTE: "notice",
    Severity.HINT: "notice",
}


def render(diagnostics: tuple[Diagnostic, ...]) -> str:
    """Return one workflow command a line; nothing at all for no findings, and for those that the file silences."""
    limited = limit(tuple(each for each in diagnostics if not each.silenced))
    commands = [_command(each) for each in limited.shown]
    commands += [_omitted(code, count) for code, count in limited.omitted.items()]
    return "".join(f"{each}\n" for each in commands)


def _omitted(code: Code, count: int) -> str:
    title = _property(f"{code.id} {code.slug}")
    return f"::{_COMMANDS[code.severity]} title={title}::{_data(more(count))}"


def _command(finding: Diagnostic) -> str:
    start, end = finding.primary.place.start, finding.primary.place.end
    fields = {"file": finding.primary.place.source.path, "line": start.line, "endLine": end.line}
    # GitHub ignores columns of a range over several lines.
    if start.line == end.line:
        fields |= {"col": start.column, "endColumn": end.column}
    fields["title"] = f"{finding.code.id} {finding.code.slug}"
    shown = ",".join(f"{name}={_property(str(value))}" for name, value in fields.items())
    lines = [finding.message, *finding.notes, *([f"help: {finding.help}"] if finding.help else [])]
    text = "\n".join(visible(each) for each in lines)
    return f"::{_COMMANDS[finding.code.severity]} {shown}::{_data(text)}"


def _data(text: str) -> str:
    return text.replace("%", "%25").replace("\r", "%0D").replace("\n", "%0A")


def _property(text: str) -> str:
    return _data(text).replace(":", "%3A").replace(",", "%2C")
