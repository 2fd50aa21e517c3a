"""Findings as JSON, for programs. docs/diagnostics/README.md describes the fields.

Lines and columns are counted from 1 and offsets from 0, all in code points;
`end` stands behind the last character.
"""

from __future__ import annotations

import json

from optoutlang.language.diagnostics.diagnostic import Diagnostic, Edit, Fix, Label, Severity
from optoutlang.language.diagnostics.limit import limit
from optoutlang.language.diagnostics.summary import count
from optoutlang.language.source.place import Place

VERSION = 1
"""The version of this format; a field may be added without a new one."""

Json = str | int | None | list["Json"] | dict[str, "Json"]


def render(diagnostics: tuple[Diagnostic, ...]) -> str:
    """Return one JSON object with the findings and how many there are by severity.

    `omitted` stands in it only where `limit` leaves findings out: how many, by code.
    """
    limited = limit(diagnostics)
    report: dict[str, Json] = {
        "version": VERSION,
        "diagnostics": [diagnostic(each) for each in limited.shown],
        "summary": {each.value: count(diagnostics, each) for each in Severity},
    }
    if limited.omitted:
        report["omitted"] = {code.id: number for code, number in limited.omitted.items()}
    return json.dumps(report, ensure_ascii=True, indent=2) + "\n"


def diagnostic(finding: Diagnostic) -> dict[str, Json]:
    """Return one finding as plain values."""
    fields: dict[str, Json] = {
        "code": finding.code.id,
        "slug": finding.code.slug,
        "severity": finding.code.severity.value,
        "title": finding.code.title,
        "message": finding.message,
        "primary": _label(finding.primary),
        "related": [_label(each) for each in finding.related],
        "notes": list(finding.notes),
        "help": finding.help,
        "fix": _fix(finding.fix) if finding.fix else None,
    }
    if finding.silenced:
        fields["silenced"] = finding.silenced
    return fields


def _label(label: Label) -> dict[str, Json]:
    return {**_place(label.place), "message": label.message}


def _fix(fix: Fix) -> dict[str, Json]:
    return {"title": fix.title, "edits": [_edit(each) for each in fix.edits]}


def _edit(edit: Edit) -> dict[str, Json]:
    return {**_place(edit.place), "replacement": edit.replacement}


def _place(place: Place) -> dict[str, Json]:
    span, start, end = place.span, place.start, place.end
    return {
        "path": place.source.path,
        "start": {"line": start.line, "column": start.column, "offset": span.start},
        "end": {"line": end.line, "column": end.column, "offset": span.end},
    }
