"""Trees and findings as lines of text, for expected files."""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import fields, is_dataclass
from enum import Enum

from optoutlang.language.diagnostics.diagnostic import Diagnostic, Label
from optoutlang.language.source.place import Place
from optoutlang.language.source.span import Span
from optoutlang.language.syntax.tree import File, Word


def tree_lines(file: File) -> str:
    """Return one line of JSON for each statement; a word is a string, a quoted one in quotes."""
    lines = (json.dumps(_plain(each), ensure_ascii=False) for each in file.statements)
    return "".join(f"{line}\n" for line in lines)


def _plain(value: object) -> object:
    match value:
        case tuple():
            return [_plain(each) for each in value]
        case Span(start, end):
            return [start, end]
        case Enum():
            return value.value
        case Word(text, _, quoted):
            return f'"{text}"' if quoted else text
    if is_dataclass(value):
        parts = {field.name: _plain(getattr(value, field.name)) for field in fields(value)}
        return {"node": type(value).__name__, **parts}
    return value


def finding_lines(found: tuple[Diagnostic, ...]) -> str:
    """Return the findings, each with its places, cure and edits."""
    return "".join(f"{line}\n" for each in found for line in _finding(each))


def _finding(finding: Diagnostic) -> Iterator[str]:
    yield f"{finding.code.id} {_label(finding.primary)} {finding.message}"
    for label in finding.related:
        yield f"  see {_label(label)}"
    for note in finding.notes:
        yield f"  note: {note}"
    if finding.help:
        yield f"  help: {finding.help}"
    for edit in finding.fix.edits if finding.fix else ():
        yield f"  fix {_place(edit.place)}: {json.dumps(edit.replacement, ensure_ascii=False)}"


def _label(label: Label) -> str:
    return f"{_place(label.place)} {label.message}".rstrip()


def _place(place: Place) -> str:
    start, end = place.start, place.end
    if start == end:
        return f"{start.line}:{start.column}"
    if start.line == end.line:
        return f"{start.line}:{start.column}-{end.column}"
    return f"{start.line}:{start.column}-{end.line}:{end.column}"
