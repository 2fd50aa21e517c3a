"""Measurements as text, Markdown and JSON: what `optout measure` prints."""

from __future__ import annotations

import json
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

import click

from optoutlang import Matcher
from optoutlang.analysis.corpus.labelled import NONE, Labelled
from optoutlang.analysis.corpus.measure import (
    Change,
    Measured,
    Summary,
    Verdict,
    by_action,
    by_field,
    by_step,
    summary,
)
from optoutlang.analysis.corpus.share import CONFIDENCE, Share
from optoutlang.interfaces.reports.explanations import reason_lines
from optoutlang.interfaces.reports.markdown import cell, markdown_table
from optoutlang.interfaces.reports.visible import padded, visible, width
from optoutlang.runtime.terms.action import Action
from optoutlang.runtime.terms.json import Json

Rows = Sequence[Sequence[str]]

ALL = "rules"
"""What the table of all rows is by."""


@dataclass(frozen=True, slots=True)
class Asked:
    """A ruleset as it was asked for, made ready, and what it answered."""

    rules: str
    matcher: Matcher
    measured: tuple[Measured, ...]

    def wrong(self, verdict: Verdict) -> tuple[Measured, ...]:
        """Return the answers of one verdict."""
        return tuple(each for each in self.measured if each.verdict is verdict)

    def why(self, row: Labelled) -> str:
        """Say in short why a row means what it means."""
        found = self.matcher.explain(row.text, country=row.country, language=row.language)
        return "; ".join(reason_lines(found))


@dataclass(frozen=True, slots=True)
class Report:
    """What to print: the answers, those of the other ruleset if there is one, and the fields to group by."""

    asked: Asked
    other: Asked | None
    changes: tuple[Change, ...]
    fields: tuple[str, ...]

    def groups(self) -> Iterator[tuple[str, tuple[Summary, ...]]]:
        """Yield every table: what it is by, and its lines."""
        measured = self.asked.measured
        every = [self.asked] if self.other is None else [self.asked, self.other]
        yield ALL, tuple(summary(each.measured, each.rules) for each in every)
        yield "action", by_action(measured)
        yield "matched_by", by_step(measured)
        for field in dict.fromkeys(self.fields):
            yield field, by_field(measured, field)


def render_text(report: Report) -> str:
    """Return the report for a terminal."""
    lines = [click.style(_title(report.asked), bold=True)]
    for rows in _tables(report):
        lines += ["", *_columns(rows)]
    for title, listed in _lists(report):
        lines += ["", click.style(f"{title}: {len(listed)}", bold=True)]
        for head, why in listed:
            lines += [f"  {head}", f"      {why}"]
    return "\n".join(lines)


def render_markdown(report: Report) -> str:
    """Return the report as Markdown."""
    lines = [f"# {cell(_title(report.asked))}"]
    for rows in _tables(report):
        lines += ["", *markdown_table(rows[0], rows[1:])]
    for title, listed in _lists(report):
        lines += ["", f"## {title}: {len(listed)}"]
        lines += [""] * bool(listed)
        for head, why in listed:
            lines += [f"- {cell(head)}", f"  - {cell(why)}"]
    return "\n".join(lines)


def percent(share: Share) -> str:
    """Return a share with its interval and its rows: `97.3 % (94.1-98.8; 220 of 226)`."""
    if share.value is None:
        return "-"
    low, high = share.interval
    return f"{100 * share.value:.1f} % ({100 * low:.1f}-{100 * high:.1f}; {share.part} of {share.whole})"


def per_ten_thousand(share: Share) -> str:
    """Return a share in 10,000 with its interval and its rows: `39.1 (6.9-217.6; 1 of 256)`."""
    if share.value is None:
        return "-"
    low, high = (f"{10_000 * each:,.1f}" for each in share.interval)
    return f"{10_000 * share.value:,.1f} ({low}-{high}; {share.part} of {share.whole})"


def _title(asked: Asked) -> str:
    return f"{asked.matcher.name} {asked.matcher.digest[:12]}: {len(asked.measured)} rows"


_HEADING = ("rows", "recall", "precision", "false alarms in 10,000")
_SUGGESTED = ("only suggested", "wrongly suggested in 10,000")


def _tables(report: Report) -> Iterator[list[tuple[str, ...]]]:
    suggests = any(each.answer.suggested for each in report.asked.measured)
    for name, summaries in report.groups():
        heading = (name, *_HEADING, *(_SUGGESTED if suggests else ()))
        yield [heading, *(_row(each, suggests=suggests) for each in summaries)]


def _row(shown: Summary, *, suggests: bool) -> tuple[str, ...]:
    figures = percent(shown.recall), percent(shown.precision), per_ten_thousand(shown.false_alarms)
    suggested = percent(shown.suggested), per_ten_thousand(shown.false_suggestions)
    return (
        visible(shown.name) or "(none)",
        str(shown.rows),
        *figures,
        *(suggested if suggests else ()),
    )


def _columns(rows: list[tuple[str, ...]]) -> Iterator[str]:
    widths = [max(width(row[column]) for row in rows) for column in range(len(rows[0]))]
    for number, row in enumerate(rows):
        cells = (padded(value, columns) for value, columns in zip(row, widths, strict=True))
        line = "  ".join(cells).rstrip()
        yield line if number else click.style(line, bold=True)


def _lists(report: Report) -> Iterator[tuple[str, list[tuple[str, str]]]]:
    asked = report.asked
    for title, verdict in (("misses", Verdict.MISS), ("false alarms", Verdict.FALSE_ALARM)):
        wrong = asked.wrong(verdict)
        yield title, [(_asked(each.row, _got(each)), asked.why(each.row)) for each in wrong]
    if report.other is not None:
        for title, fixed in (("fixed", True), ("broken", False)):
            rows = [each for each in report.changes if each.fixed is fixed]
            yield title, [(_changed(each), asked.why(each.after.row)) for each in rows]


def _asked(row: Labelled, got: str) -> str:
    context = " ".join(each for each in (row.language, row.country) if each)
    place = f"{row.file}, line {row.number}" if row.file else f"line {row.number}"
    return f"{place}: {action_name(row.expect)}, got {got}: “{visible(row.text)}”" + (
        f" ({context})" if context else ""
    )


def _changed(change: Change) -> str:
    return _asked(change.after.row, f"{_got(change.before)} -> {_got(change.after)}")


def _got(measured: Measured) -> str:
    answer = measured.answer
    if answer.suggested is not None:
        return f"{NONE}, suggests {answer.suggested.value}"
    return action_name(answer.action)


def action_name(action: Action | None) -> str:
    """Return the word for an answer."""
    return NONE if action is None else action.value


def render_json(report: Report) -> str:
    """Return the report as one JSON object."""
    asked = report.asked
    tables: dict[str, Json] = {
        name: [_summary_object(each) for each in rows] for name, rows in report.groups()
    }
    found: dict[str, Json] = {
        "version": 1,
        "ruleset": asked.matcher.name,
        "digest": asked.matcher.digest,
        "confidence": CONFIDENCE,
        "figures": tables,
        "misses": [_wrong_object(asked, each) for each in asked.wrong(Verdict.MISS)],
        "false_alarms": [_wrong_object(asked, each) for each in asked.wrong(Verdict.FALSE_ALARM)],
    }
    if report.other is not None:
        found["against"] = {
            "ruleset": report.other.matcher.name,
            "digest": report.other.matcher.digest,
        }
        for name, fixed in (("fixed", True), ("broken", False)):
            found[name] = [
                {**_wrong_object(asked, each.after), "was": action_name(each.before.answer.action)}
                for each in report.changes
                if each.fixed is fixed
            ]
    return json.dumps(found, indent=2)


def _summary_object(shown: Summary) -> Json:
    shares = {
        "recall": shown.recall,
        "precision": shown.precision,
        "false_alarms": shown.false_alarms,
        "suggested": shown.suggested,
        "false_suggestions": shown.false_suggestions,
    }
    found: dict[str, Json] = {"name": shown.name, "rows": shown.rows}
    for name, share in shares.items():
        found[name] = {
            "part": share.part,
            "whole": share.whole,
            "share": share.value,
            "interval": list(share.interval),
        }
    return found


def _wrong_object(asked: Asked, measured: Measured) -> dict[str, Json]:
    row, answer = measured.row, measured.answer
    return {
        **({"file": row.file} if row.file else {}),
        "line": row.number,
        "text": row.text,
        "country": row.country,
        "language": row.language,
        "expect": action_name(row.expect),
        "got": action_name(answer.action),
        "suggested": None if answer.suggested is None else answer.suggested.value,
        "why": asked.why(row),
    }
