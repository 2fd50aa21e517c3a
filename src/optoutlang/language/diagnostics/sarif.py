"""Findings as SARIF 2.1.0, for code-scanning dashboards.

https://docs.oasis-open.org/sarif/sarif/v2.1.0/sarif-v2.1.0.html
"""

from __future__ import annotations

import json
from importlib.metadata import version
from urllib.parse import quote

from optoutlang.language.diagnostics.codes import BY_ID
from optoutlang.language.diagnostics.diagnostic import Code, Diagnostic, Fix, Label, Severity
from optoutlang.language.diagnostics.fixes import sources
from optoutlang.language.diagnostics.json import Json
from optoutlang.language.diagnostics.limit import Limited, limit, more
from optoutlang.language.diagnostics.pages import page
from optoutlang.language.source.place import Place
from optoutlang.language.source.text import SourceText

_SCHEMA = "https://json.schemastore.org/sarif-2.1.0.json"
_LEVELS = {
    Severity.ERROR: "error",
    Severity.WARNING: "warning",
    Severity.NOTE: "note",
    Severity.HINT: "note",
}


def render(diagnostics: tuple[Diagnostic, ...]) -> str:
    """Return one SARIF log with one run; its rules are the codes that occur, in order of id."""
    limited = limit(diagnostics)
    # A project may give one code several severities; a rule has the language's.
    codes = [
        BY_ID.get(id_, code)
        for id_, code in sorted({d.code.id: d.code for d in diagnostics}.items())
    ]
    ranks = {code.id: rank for rank, code in enumerate(codes)}
    run: dict[str, Json] = {
        "tool": {"driver": _driver(codes)},
        "columnKind": "unicodeCodePoints",
        "results": [_result(each, ranks[each.code.id]) for each in limited.shown],
    }
    if limited.omitted:
        run["invocations"] = [_invocation(limited)]
    log: dict[str, Json] = {"$schema": _SCHEMA, "version": "2.1.0", "runs": [run]}
    return json.dumps(log, ensure_ascii=True, indent=2) + "\n"


def _invocation(limited: Limited) -> dict[str, Json]:
    """Return the run as an object that tells how many results were left out."""
    notifications: list[Json] = [
        {
            "level": "note",
            "message": {"text": f"{code.id}: {more(count)}"},
            "associatedRule": {"id": code.id},
        }
        for code, count in limited.omitted.items()
    ]
    return {"executionSuccessful": True, "toolExecutionNotifications": notifications}


def _driver(codes: list[Code]) -> dict[str, Json]:
    return {
        "name": "optout",
        "semanticVersion": version("optoutlang"),
        "rules": [_rule(each) for each in codes],
    }


def _rule(code: Code) -> dict[str, Json]:
    text = page(code) if code.id in BY_ID else code.title  # settings have codes of their own
    return {
        "id": code.id,
        "name": code.slug,
        "shortDescription": {"text": code.title},
        "help": {"text": text, "markdown": text},
        "defaultConfiguration": {"level": _LEVELS[code.severity]},
    }


def _result(finding: Diagnostic, rule: int) -> dict[str, Json]:
    lines = [finding.message, *finding.notes, *([f"help: {finding.help}"] if finding.help else [])]
    result: dict[str, Json] = {
        "ruleId": finding.code.id,
        "ruleIndex": rule,
        "level": _LEVELS[finding.code.severity],
        "message": {"text": "\n".join(lines)},
        "locations": [_location(finding.primary)],
    }
    if finding.related:
        related = enumerate(finding.related)
        result["relatedLocations"] = [{"id": number, **_location(each)} for number, each in related]
    if finding.fix:
        result["fixes"] = [_fix(finding.fix)]
    if finding.silenced:
        result["suppressions"] = [{"kind": "inSource", "justification": finding.silenced}]
    return result


def _location(label: Label) -> dict[str, Json]:
    location: dict[str, Json] = {
        "physicalLocation": {
            "artifactLocation": _artifact(label.place.source),
            "region": _region(label.place),
        }
    }
    if label.message:
        location["message"] = {"text": label.message}
    return location


def _artifact(source: SourceText) -> dict[str, Json]:
    return {"uri": quote(source.path, errors="surrogateescape")}


def _region(place: Place) -> dict[str, Json]:
    return {
        "startLine": place.start.line,
        "startColumn": place.start.column,
        "endLine": place.end.line,
        "endColumn": place.end.column,
        "charOffset": place.span.start,
        "charLength": place.span.end - place.span.start,
    }


def _fix(fix: Fix) -> dict[str, Json]:
    changes: list[Json] = []
    for source in sources(fix):
        edits = [each for each in fix.edits if each.place.source == source]
        replacements: list[Json] = [
            {
                "deletedRegion": _region(each.place),
                "insertedContent": {"text": each.replacement},
            }
            for each in edits
        ]
        changes.append({"artifactLocation": _artifact(source), "replacements": replacements})
    return {"description": {"text": fix.title}, "artifactChanges": changes}
