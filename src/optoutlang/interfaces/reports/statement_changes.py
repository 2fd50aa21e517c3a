"""Statements that came, went or changed, as lines, rows of a table, and JSON."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence

import click

from optoutlang.analysis.differences import StatementChange, Turn
from optoutlang.interfaces.reports.visible import padded, visible, width
from optoutlang.runtime.terms import Json

_WIDEST = 48
"""How many columns a cell pads its neighbours to; a longer text is shown whole, and moves its line alone."""


def statement_headline(changes: Sequence[StatementChange]) -> str:
    """Return how many statements went, came and changed, and how many of them weaken."""
    turns = Counter(each.turn for each in changes)
    parts = ", ".join(f"{turns[turn]} {turn.value}" for turn in Turn if turns[turn])
    weaker = sum(each.weaker for each in changes)
    return f"statements: {parts}" + (
        f"; {weaker} may lose an opt-out or gain an opt-in" * bool(weaker)
    )


def statement_lines(changes: Sequence[StatementChange]) -> Iterator[str]:
    """Yield a line for each statement, weakening ones marked by `!`."""
    rows = [row[1:] for row in statement_rows(changes)]
    if not rows:
        return
    widths = [min(max(width(row[each]) for row in rows), _WIDEST) for each in range(len(rows[0]))]
    for change, row in zip(changes, rows, strict=True):
        cells = [padded(cell, columns) for cell, columns in zip(row, widths, strict=True)]
        line = (
            f"{'!' if change.weaker else ' '} {change.turn.value:<7}  {'  '.join(cells)}".rstrip()
        )
        yield click.style(line, fg="red") if change.weaker else line


def statement_rows(changes: Sequence[StatementChange]) -> list[tuple[str, ...]]:
    """Return a row for each: what became of it, its kind, text and language, where, and what it said on each side."""
    return [
        (
            f"{'⛔ ' if each.weaker else ''}{each.turn.value}",
            each.statement,
            visible(each.text),
            each.language,
            _where(each.countries),
            _side(each.before, each.before_rule),
            _side(each.after, each.after_rule) + _remark(each),
        )
        for each in changes
    ]


def _side(value: str | None, rule: str | None) -> str:
    if value is None:
        return "none"
    return visible(value if rule is None else f"{value} ({rule})")


def _remark(change: StatementChange) -> str:
    if change.covered:
        return ", all of it said by others too"
    went, came = change.texts
    if change.turn is Turn.CHANGED and change.statement in {"sentence", "phrase", "except"}:
        return f", {went} texts fewer, {came} more"
    return ""


def _where(countries: tuple[str | None, ...]) -> str:
    return ", ".join("base" if each is None else each for each in countries)


def statement_object(change: StatementChange) -> Json:
    """Return a statement's change as JSON."""
    return {
        "change": change.turn.value,
        "statement": change.statement,
        "text": change.text,
        "language": change.language or None,
        "countries": list(change.countries),
        "before": change.before,
        "after": change.after,
        "before_rule": change.before_rule,
        "after_rule": change.after_rule,
        "covered": change.covered,
        "weaker": change.weaker,
    }
