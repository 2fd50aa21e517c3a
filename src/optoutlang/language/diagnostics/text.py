"""Findings as text for people: the message, the source lines with carets, the notes, the help.

::

    error[O201]: `STOP` is protected and cannot be removed
     --> acme.optout:4:10
      |
    4 |   remove STOP
      |          ^^^^ this word always means opt-out
"""

from __future__ import annotations

from collections.abc import Iterator

from optoutlang.language.diagnostics.codes import BY_ID
from optoutlang.language.diagnostics.diagnostic import Code, Diagnostic, Fix, Label, Severity
from optoutlang.language.diagnostics.excerpt import LONGEST_LINE, Mark, Row, clip, marks, rows
from optoutlang.language.diagnostics.fixes import changed_lines, sources
from optoutlang.language.diagnostics.limit import limit, more
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

_BY_SEVERITY = {severity: place for place, severity in enumerate(Severity)}


def render(
    diagnostics: tuple[Diagnostic, ...], *, color: bool = False, width: int | None = None
) -> str:
    """Return the findings (of one code as many as `limit` lets through) and a summary line of all.

    Those that the file silences are only counted. `color` adds ANSI escapes. Source lines are cut to `width` columns,
    if it is given. Every line ends with a newline.
    """
    paint = _Paint(color=color, width=width)
    every, diagnostics = diagnostics, tuple(each for each in diagnostics if not each.silenced)
    limited = limit(diagnostics)
    blocks = ["\n".join(_block(each, paint)) for each in limited.shown]
    blocks += [_omitted(code, count, paint) for code, count in limited.omitted.items()]
    closing = summary(every)
    if diagnostics:
        worst = min(diagnostics, key=lambda each: _BY_SEVERITY[each.code.severity])
        which = "the first" if worst is diagnostics[0] else f"the first {worst.code.severity.value}"
        if worst.code.id in BY_ID:  # settings have codes of their own
            closing += f"; `optout explain {worst.code.id}` says more about {which}"
    return "\n\n".join((*blocks, closing)) + "\n"


class _Paint:
    """Puts ANSI escapes around text, or leaves it as it is, and knows the width of the terminal."""

    def __init__(self, *, color: bool, width: int | None) -> None:
        self._color = color
        self._width = width

    def room(self, gutter: str) -> int:
        """Return how many columns a source line may take beside its gutter."""
        return LONGEST_LINE if self._width is None else self._width - len(gutter) - len(" | ")

    def __call__(self, style: str, text: str) -> str:
        return f"{style}{text}{_RESET}" if self._color and text else text


def _omitted(code: Code, count: int, paint: _Paint) -> str:
    head = paint(_SEVERITY[code.severity], f"{code.severity.value}[{code.id}]")
    return head + paint(_BOLD, f": {more(count)}")


def _block(finding: Diagnostic, paint: _Paint) -> Iterator[str]:
    severity = finding.code.severity
    head = paint(_SEVERITY[severity], f"{severity.value}[{finding.code.id}]")
    yield head + paint(_BOLD, f": {visible(finding.message)}")
    gutter = " " * len(str(_last_line(finding)))
    for index, source in enumerate(_sources(finding)):
        yield from _source_block(finding, source, gutter, paint, first=index == 0)
    notes = [("note", each) for each in finding.notes]
    notes += [("help", finding.help)] if finding.help else []
    for title, note in notes:
        yield f"{gutter} {paint(_BLUE, '=')} {paint(_BOLD, title)}: {visible(note)}"
    if finding.fix:
        yield f"{gutter} {paint(_BLUE, '=')} {paint(_BOLD, 'fix')}: {visible(finding.fix.title)}"
        yield from _fix_lines(finding.fix, gutter, paint)


def _labels(finding: Diagnostic) -> tuple[Label, ...]:
    return (finding.primary, *finding.related)


def _sources(finding: Diagnostic) -> tuple[SourceText, ...]:
    return tuple(dict.fromkeys(each.place.source for each in _labels(finding)))


def _last_line(finding: Diagnostic) -> int:
    numbers = [each.place.end.line for each in _labels(finding)]
    numbers += [each.place.end.line for each in finding.fix.edits] if finding.fix else []
    return max(numbers)


def _source_block(
    finding: Diagnostic, source: SourceText, gutter: str, paint: _Paint, *, first: bool
) -> Iterator[str]:
    labels = [each for each in _labels(finding) if each.place.source == source]
    start = labels[0].place.start
    arrow = paint(_BLUE, "-->" if first else ":::")
    yield f"{gutter}{arrow} {visible(source.path)}:{start.line}:{start.column}"
    bar = f"{gutter} {paint(_BLUE, '|')}"
    yield bar
    shown: list[Mark] = []
    for label in labels:
        shown += marks(label, primary=label is finding.primary)
    for row in rows(source, tuple(shown), paint.room(gutter)):
        yield _row(row, gutter, paint, _SEVERITY[finding.code.severity])
    yield bar


def _row(row: Row, gutter: str, paint: _Paint, style: str) -> str:
    if row.number is not None:
        margin = paint(_BLUE, f"{row.number:>{len(gutter)}} |")
        return f"{margin} {row.text}".rstrip()
    if row.text == "...":
        return paint(_BLUE, row.text)
    text = row.text.lstrip(" ")
    indent = row.text[: len(row.text) - len(text)]
    margin = f"{gutter} {paint(_BLUE, '|')}"
    return f"{margin} {indent}{paint(style if row.primary else _BLUE, text)}"


def _fix_lines(fix: Fix, gutter: str, paint: _Paint) -> Iterator[str]:
    """Show the lines that a fix changes, before and after."""
    for source in sources(fix):
        for sign, style, lines in zip(
            "-+", (_RED, _GREEN), changed_lines(fix, source), strict=True
        ):
            for line, column in lines:
                shown = visible(clip(line, column, paint.room(gutter)).text)
                yield f"{gutter} {paint(style, f'{sign} {shown}'.rstrip())}"
