"""Findings as text for people: the message, the source lines with carets, the notes, the cure.

::

    error[O201]: `STOP` is protected and cannot be removed
     --> acme.optout:4:10
      |
    4 |   remove STOP
      |          ^^^^ this word always means opt-out
"""

from __future__ import annotations

from collections.abc import Iterator

from optoutlang.language.diagnostics.diagnostic import Diagnostic, Fix, Label, Severity
from optoutlang.language.diagnostics.excerpt import Mark, Row, marks, rows
from optoutlang.language.diagnostics.fixes import apply, sources
from optoutlang.language.diagnostics.summary import summary
from optoutlang.language.diagnostics.visible import visible
from optoutlang.language.source.text import SourceText

_RESET = "\x1b[0m"
_BOLD = "\x1b[1m"
_BLUE = "\x1b[1;34m"
_GREEN = "\x1b[32m"
_RED = "\x1b[31m"
_SEVERITY = {
    Severity.ERROR: "\x1b[1;31m",
    Severity.WARNING: "\x1b[1;33m",
    Severity.NOTE: "\x1b[1;36m",
    Severity.HINT: "\x1b[1;32m",
}


def render(diagnostics: tuple[Diagnostic, ...], *, color: bool = False) -> str:
    """Return all findings and a summary line; `color` adds ANSI escapes. Every line ends with a newline."""
    paint = _Paint(color=color)
    blocks = ["\n".join(_block(each, paint)) for each in diagnostics]
    closing = summary(diagnostics)
    if diagnostics:
        closing += f"; `optout explain {diagnostics[0].code.id}` says more about the first"
    return "\n\n".join((*blocks, closing)) + "\n"


class _Paint:
    """Puts ANSI escapes around text, or leaves it as it is."""

    def __init__(self, *, color: bool) -> None:
        self._color = color

    def __call__(self, style: str, text: str) -> str:
        return f"{style}{text}{_RESET}" if self._color and text else text


def _block(found: Diagnostic, paint: _Paint) -> Iterator[str]:
    severity = found.code.severity
    head = paint(_SEVERITY[severity], f"{severity.value}[{found.code.id}]")
    yield head + paint(_BOLD, f": {visible(found.message)}")
    gutter = " " * len(str(_last_line(found)))
    for index, source in enumerate(_sources(found)):
        yield from _source_block(found, source, gutter, paint, first=index == 0)
    notes = [("note", each) for each in found.notes]
    notes += [("help", found.help)] if found.help else []
    for title, note in notes:
        yield f"{gutter} {paint(_BLUE, '=')} {paint(_BOLD, title)}: {visible(note)}"
    if found.fix:
        yield f"{gutter} {paint(_BLUE, '=')} {paint(_BOLD, 'fix')}: {visible(found.fix.title)}"
        yield from _fix_lines(found.fix, gutter, paint)


def _labels(found: Diagnostic) -> tuple[Label, ...]:
    return (found.primary, *found.related)


def _sources(found: Diagnostic) -> tuple[SourceText, ...]:
    return tuple(dict.fromkeys(each.place.source for each in _labels(found)))


def _last_line(found: Diagnostic) -> int:
    numbers = [each.place.end.line for each in _labels(found)]
    numbers += [each.place.end.line for each in found.fix.edits] if found.fix else []
    return max(numbers)


def _source_block(
    found: Diagnostic, source: SourceText, gutter: str, paint: _Paint, *, first: bool
) -> Iterator[str]:
    labels = [each for each in _labels(found) if each.place.source == source]
    start = labels[0].place.start
    arrow = paint(_BLUE, "-->" if first else ":::")
    yield f"{gutter}{arrow} {visible(source.path)}:{start.line}:{start.column}"
    bar = f"{gutter} {paint(_BLUE, '|')}"
    yield bar
    shown: list[Mark] = []
    for label in labels:
        shown += marks(label, primary=label is found.primary)
    for row in rows(source, tuple(shown)):
        yield _row(row, gutter, paint, _SEVERITY[found.code.severity])
    yield bar


def _row(row: Row, gutter: str, paint: _Paint, style: str) -> str:
    if row.number is not None:
        left = paint(_BLUE, f"{row.number:>{len(gutter)}} |")
        return f"{left} {row.text}".rstrip()
    if row.text == "...":
        return paint(_BLUE, row.text)
    text = row.text.lstrip(" ")
    indent = row.text[: len(row.text) - len(text)]
    left = f"{gutter} {paint(_BLUE, '|')}"
    return f"{left} {indent}{paint(style if row.primary else _BLUE, text)}"


def _fix_lines(fix: Fix, gutter: str, paint: _Paint) -> Iterator[str]:
    """Show the lines that a fix changes, before and after."""
    for source in sources(fix):
        places = [each.place for each in fix.edits if each.place.source == source]
        first = min(each.start.line for each in places) - 1
        last = max(each.end.line for each in places)
        old = source.text.split("\n")
        new = apply(fix, source).split("\n")
        for line in old[first:last]:
            yield f"{gutter} {paint(_RED, f'- {visible(line)}'.rstrip())}"
        for line in new[first : last + len(new) - len(old)]:
            yield f"{gutter} {paint(_GREEN, f'+ {visible(line)}'.rstrip())}"
