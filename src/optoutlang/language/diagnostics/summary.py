"""The summary line: the number of findings of each severity."""

from __future__ import annotations

from optoutlang.language.diagnostics.diagnostic import Diagnostic, Severity


def count(diagnostics: tuple[Diagnostic, ...], severity: Severity) -> int:
    """Return how many findings have a severity; those that the file silences are not counted."""
    return sum(each.code.severity is severity and not each.silenced for each in diagnostics)


def summary(diagnostics: tuple[Diagnostic, ...]) -> str:
    """Return the counts in words, worst first: `2 errors, 1 warning`, or `no findings`."""
    counts = [(count(diagnostics, severity), severity.value) for severity in Severity]
    parts = [f"{number} {name}{'s' * (number != 1)}" for number, name in counts if number]
    silenced = sum(bool(each.silenced) for each in diagnostics)
    return ", ".join(parts or ["no findings"]) + (f" ({silenced} silenced)" if silenced else "")
