"""Changes in meaning as text, JSON and Markdown."""

from __future__ import annotations

import json
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import groupby

import click

from optoutlang.analysis.differences import Change, Difference, Kind, StatementChange
from optoutlang.interfaces.reports.markdown import markdown_table
from optoutlang.interfaces.reports.statement_changes import (
    statement_headline,
    statement_lines,
    statement_object,
    statement_rows,
)
from optoutlang.interfaces.reports.visible import visible
from optoutlang.runtime.terms.decision import Decision, decision_object
from optoutlang.runtime.terms.json import Json

SHOWN = 12
"""How many changes of one kind are shown to people; JSON has all."""

_COLORS = {Kind.OPT_OUT_LOST: "red", Kind.OPT_IN_GAINED: "red", Kind.OPT_OUT_GAINED: "green"}


@dataclass(frozen=True, slots=True)
class Sides:
    """What is compared, as it was asked for, and the digests of both."""

    old: str
    new: str
    old_digest: str
    new_digest: str


@dataclass(frozen=True, slots=True)
class Compared:
    """Everything that `optout diff` found: all statements, and the kinds of change that messages see."""

    statements: tuple[StatementChange, ...]
    difference: Difference
    sides: Sides


def as_text(compared: Compared) -> str:
    """Return what is not settled, all statements, then the changes by kind with a message each."""
    difference, sides = compared.difference, compared.sides
    lines = []
    if difference.unsettled:
        lines += [click.style(_unsettled(difference), fg="yellow", bold=True), ""]
    if compared.statements:
        lines += [click.style(statement_headline(compared.statements), bold=True)]
        lines += [*statement_lines(compared.statements), ""]
    if difference.changes:
        lines += ["kinds of change, each with a message that shows it:", ""]
    for which, changes in _by_kind(difference):
        lines.append(
            click.style(f"{which.value} ({len(changes)})", fg=_COLORS.get(which), bold=True)
        )
        for each in changes[:SHOWN]:
            lines += _text_lines(each)
        lines += [f"  … {len(changes) - SHOWN} more: --format json has all"] * (
            len(changes) > SHOWN
        )
        lines.append("")
    verdict = _verdict(difference, sides)
    return "\n".join(
        (
            *lines,
            click.style(verdict, fg="green" if difference.equal else None),
            _searched(difference),
        )
    )


def _text_lines(change: Change) -> Iterator[str]:
    yield f"  {_message(change)}  {_where(change)}"
    before, after = _before_and_after(change)
    yield f"    before  {before}"
    yield f"    after   {after}"


def as_markdown(compared: Compared) -> str:
    """Return the same as a comment on a pull request: a table of all statements, then one for each kind of change."""
    difference, sides = compared.difference, compared.sides
    lines = [f"### What changes for messages: `{_code(sides.old)}` → `{_code(sides.new)}`", ""]
    if difference.unsettled:
        lines += [f"⛔ **{_unsettled(difference)}**", ""]
    lines += [f"{_mark(difference)} {_verdict(difference, sides)}", ""]
    if compared.statements:
        lines += [f"**{statement_headline(compared.statements).capitalize()}**", ""]
        head = ("", "statement", "text", "language", "where", "before", "after")
        lines += [*markdown_table(head, statement_rows(compared.statements)), ""]
    for which, changes in _by_kind(difference):
        lines += [f"**{which.value.capitalize()}** ({len(changes)})", ""]
        rows = [
            (_message(each), _where(each), *_before_and_after(each)) for each in changes[:SHOWN]
        ]
        lines += markdown_table(("message", "where", "before", "after"), rows)
        lines += ["", f"… and {len(changes) - SHOWN} more."] * (len(changes) > SHOWN)
        lines.append("")
    return "\n".join((*lines, f"<sub>{_searched(difference)}</sub>"))


def as_json(compared: Compared) -> str:
    """Return one JSON object with all statements and all changes."""
    difference, sides = compared.difference, compared.sides
    report: dict[str, Json] = {
        "version": 1,
        "old": {"rules": sides.old, "digest": sides.old_digest},
        "new": {"rules": sides.new, "digest": sides.new_digest},
        "equal": difference.equal,
        "weaker": bool(difference.weaker),
        "unsettled": list(difference.unsettled),
        "statements": [statement_object(each) for each in compared.statements],
        "changes": [_object(each) for each in difference.changes],
        "wording": [_object(each) for each in difference.wording],
        "searched": {
            "contexts": difference.contexts,
            "groups": difference.groups,
            "languages": difference.preferences,
            "states": difference.states,
            "every_pair": difference.every_pair,
        },
    }
    return json.dumps(report, indent=2)


def _object(change: Change) -> Json:
    return {
        "kind": change.kind.value,
        "weaker": change.weaker,
        "witness": change.witness,
        **({"button": True} if change.button else {}),
        "length": change.length,
        "countries": list(change.countries),
        "languages": list(change.languages),
        "before": decision_object(change.before),
        "after": decision_object(change.after),
    }


def _by_kind(difference: Difference) -> Iterator[tuple[Kind, Sequence[Change]]]:
    for which, changes in groupby(difference.changes, key=lambda each: each.kind):
        merged: dict[tuple[object, ...], Change] = {}
        for each in changes:
            alike = (each.witness, each.button, each.languages, *_before_and_after(each))
            countries = (
                (*merged[alike].countries, *each.countries) if alike in merged else each.countries
            )
            merged[alike] = replace(
                each, countries=tuple(sorted(countries, key=lambda code: code or ""))
            )
        yield which, tuple(merged.values())


def _message(change: Change) -> str:
    button = "button " if change.button else ""
    return f'{button}"{visible(change.witness)}"'


def _where(change: Change) -> str:
    """Say from where and in which preferred languages the message changes."""
    countries = [each for each in change.countries if each is not None]
    where = f"from {_listed(countries)}" if countries else ""
    if None in change.countries:
        where = f"{where} and in the base" if countries else "in the base"
    tags = [each or "none known" for each in change.languages]
    return where + (f", preferring {_listed(tags)}" if tags else "")


def _listed(names: Sequence[str]) -> str:
    shown = ", ".join(names[:8])
    return shown if len(names) <= 8 else f"{shown} and {len(names) - 8} more"


def _before_and_after(change: Change) -> tuple[str, str]:
    """Say what the message means before and after; the reply only if it changes."""
    before, after = change.before, change.after
    replies = before is not None and after is not None and before.reply != after.reply
    return _meaning(before, replies=replies), _meaning(after, replies=replies)


def _meaning(decision: Decision | None, *, replies: bool) -> str:
    if decision is None:
        return "none"
    reply = (
        "" if not replies else ", no reply" if decision.reply is None else f", “{decision.reply}”"
    )
    by = f"{decision.keyword} ({decision.matched_by.value}, {decision.rule})"
    return visible(f"{decision.label} in {decision.language}{reply}, by {by}")


def _verdict(difference: Difference, sides: Sides) -> str:
    if difference.equal:
        return f"equal: every message means the same to {sides.old} and {sides.new}"
    changes = [each for _, those in _by_kind(difference) for each in those]
    lost = sum(each.weaker for each in changes)
    count = f"{len(changes)} kind{'s' * (len(changes) != 1)} of change"
    if lost:
        return f"{count}, {lost} of them lose an opt-out or gain an opt-in"
    return (
        f"{count}, no opt-out is lost"
        if difference.every_pair
        else f"{count}, none of them loses an opt-out"
    )


def _unsettled(difference: Difference) -> str:
    return f"not settled: {', '.join(difference.unsettled)} may change more than is shown"


def _searched(difference: Difference) -> str:
    if not (difference.every_pair or difference.equal):
        return (
            f"compared entry by entry: {difference.contexts} contexts in {difference.groups} groups, "
            f"{difference.states:,} messages tried; changes that need several entries at once may be missing"
        )
    return (
        f"searched to the end: {difference.contexts} contexts in {difference.groups} groups, "
        f"{difference.preferences} preferred languages, {difference.states:,} states"
    )


def _mark(difference: Difference) -> str:
    if difference.equal:
        return "✅"
    return "⛔" if difference.weaker or difference.unsettled else "⚠️"


def _code(text: str) -> str:
    return visible(text).replace("`", "'")
