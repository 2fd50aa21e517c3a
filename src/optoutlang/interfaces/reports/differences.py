"""Changes in meaning as text, JSON and Markdown."""

from __future__ import annotations

import json
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import groupby

import click

from optoutlang.analysis.differences import Change, Difference, Kind
from optoutlang.interfaces.reports.visible import visible
from optoutlang.runtime.terms.decision import Decision, decision_object
from optoutlang.runtime.terms.json import Json

SHOWN = 12
"""How many changes of one kind are shown to people; JSON has all."""

_COLORS = {Kind.OPT_OUT_LOST: "red", Kind.OPT_OUT_GAINED: "green"}


@dataclass(frozen=True, slots=True)
class Sides:
    """What is compared, as it was asked for, and the digests of both."""

    old: str
    new: str
    old_digest: str
    new_digest: str


def as_text(found: Difference, sides: Sides) -> str:
    """Return the changes by kind, the gravest first, each with its message, and how far was searched."""
    lines = []
    for which, changes in _by_kind(found):
        lines.append(
            click.style(f"{which.value} ({len(changes)})", fg=_COLORS.get(which), bold=True)
        )
        for each in changes[:SHOWN]:
            lines += _text_lines(each)
        lines += [f"  … {len(changes) - SHOWN} more: --format json has all"] * (
            len(changes) > SHOWN
        )
        lines.append("")
    verdict = _verdict(found, sides)
    return "\n".join(
        (*lines, click.style(verdict, fg="green" if found.equal else None), _searched(found))
    )


def _text_lines(change: Change) -> Iterator[str]:
    yield f"  {_message(change)}  {_where(change)}"
    before, after = _told(change)
    yield f"    before  {before}"
    yield f"    after   {after}"


def as_markdown(found: Difference, sides: Sides) -> str:
    """Return the changes as a comment on a pull request: a table for each kind."""
    lines = [f"### What changes for messages: `{_code(sides.old)}` → `{_code(sides.new)}`", ""]
    lines += [f"{_mark(found)} {_verdict(found, sides)}", ""]
    for which, changes in _by_kind(found):
        lines += [f"**{which.value.capitalize()}** ({len(changes)})", ""]
        lines += ["| message | where | before | after |", "| --- | --- | --- | --- |"]
        for each in changes[:SHOWN]:
            cells = (_message(each), _where(each), *_told(each))
            lines.append(f"| {' | '.join(map(_cell, cells))} |")
        lines += ["", f"… and {len(changes) - SHOWN} more."] * (len(changes) > SHOWN)
        lines.append("")
    return "\n".join((*lines, f"<sub>{_searched(found)}</sub>"))


def as_json(found: Difference, sides: Sides) -> str:
    """Return one JSON object with all changes."""
    report: dict[str, Json] = {
        "version": 1,
        "old": {"rules": sides.old, "digest": sides.old_digest},
        "new": {"rules": sides.new, "digest": sides.new_digest},
        "equal": found.equal,
        "weaker": bool(found.weaker),
        "unsettled": list(found.unsettled),
        "changes": [_object(each) for each in found.changes],
        "wording": [_object(each) for each in found.wording],
        "searched": {
            "contexts": found.contexts,
            "groups": found.groups,
            "languages": found.preferences,
            "states": found.states,
            "every_pair": found.every_pair,
        },
    }
    return json.dumps(report, indent=2)


def _object(change: Change) -> Json:
    return {
        "kind": change.kind.value,
        "weaker": change.weaker,
        "witness": change.witness,
        "length": change.length,
        "countries": list(change.countries),
        "languages": list(change.languages),
        "before": decision_object(change.before),
        "after": decision_object(change.after),
    }


def _by_kind(found: Difference) -> Iterator[tuple[Kind, Sequence[Change]]]:
    for which, changes in groupby(found.changes, key=lambda each: each.kind):
        told: dict[tuple[object, ...], Change] = {}
        for each in changes:
            alike = (each.witness, each.languages, *_told(each))
            countries = (
                (*told[alike].countries, *each.countries) if alike in told else each.countries
            )
            told[alike] = replace(
                each, countries=tuple(sorted(countries, key=lambda code: code or ""))
            )
        yield which, tuple(told.values())


def _message(change: Change) -> str:
    return f'"{visible(change.witness)}"'


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


def _told(change: Change) -> tuple[str, str]:
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
    return visible(f"{decision.asked} in {decision.language}{reply}, by {by}")


def _verdict(found: Difference, sides: Sides) -> str:
    if found.unsettled:
        return (
            f"not settled: {', '.join(found.unsettled)} may make more of a difference than is shown"
        )
    if found.equal:
        return f"equal: every message means the same to {sides.old} and {sides.new}"
    changes = [each for _, those in _by_kind(found) for each in those]
    lost = sum(each.weaker for each in changes)
    count = f"{len(changes)} change{'s' * (len(changes) != 1)}"
    if lost:
        return f"{count}, {lost} of them by which an opt-out is lost"
    return (
        f"{count}, no opt-out is lost"
        if found.every_pair
        else f"{count}, by none an opt-out is lost"
    )


def _searched(found: Difference) -> str:
    if not (found.every_pair or found.equal):
        return (
            f"compared entry by entry: {found.contexts} contexts in {found.groups} groups, "
            f"{found.states:,} messages tried; what needs several entries to meet may not be shown"
        )
    return (
        f"searched to the end: {found.contexts} contexts in {found.groups} groups, "
        f"{found.preferences} preferred languages, {found.states:,} states"
    )


def _mark(found: Difference) -> str:
    if found.equal:
        return "✅"
    return "⛔" if found.weaker or found.unsettled else "⚠️"


def _code(text: str) -> str:
    return visible(text).replace("`", "'")


def _cell(text: str) -> str:
    """Return a text that a Markdown table shows as it is."""
    return "".join(f"\\{each}" if each in "\\`*_[]<>|#" else each for each in text)
