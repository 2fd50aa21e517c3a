"""Print the effective rules of a country."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import replace

import click

from optoutlang import Matcher
from optoutlang.interfaces.cli.command import command
from optoutlang.interfaces.cli.completion import RULES
from optoutlang.interfaces.cli.inputs.matcher import Silence, load_with_silences_or_exit
from optoutlang.interfaces.cli.parameters import COUNTRY, LANGUAGE, format_option
from optoutlang.interfaces.reports.markdown import cell, markdown_table
from optoutlang.interfaces.reports.table_csv import table_csv
from optoutlang.interfaces.reports.table_filter import TableFilter
from optoutlang.interfaces.reports.text_table import terminal_width, text_table
from optoutlang.interfaces.reports.visible import visible
from optoutlang.runtime.program import REPLY_LIMIT
from optoutlang.runtime.program.table import (
    AnswerEntry,
    ClassEntry,
    Entry,
    FrameEntry,
    ReplyEntry,
    Table,
    TopicEntry,
    table,
)
from optoutlang.runtime.terms.action import Action, MatchedBy
from optoutlang.runtime.terms.json import Json

Rows = Sequence[Sequence[str]]
Silences = tuple[Silence, ...]

FEW = 8
"""How many members of a class a line shows."""

ORDER = 160
"""Where `optout --help` lists it."""


@command(
    examples=(
        ("optout show acme.optout", "what holds where no country says otherwise"),
        ("optout show acme.optout --country MX", "what holds for messages from Mexico"),
        ("optout show world --language fr --grep stop", "what has a text, in one language"),
        ("optout show acme.optout --own", "what the file adds to the packs that it uses"),
        ("optout show world --country CA --format markdown", "for a review"),
    ),
    reads_rules=True,
)
@click.argument("rules", type=RULES)
@click.option(
    "--country",
    metavar="CC",
    type=COUNTRY,
    help="The country; without it, the rules that hold everywhere.",
)
@click.option(
    "--action",
    type=click.Choice([each.value for each in Action]),
    help="Only what has this action.",
)
@click.option("--language", metavar="TAG", type=LANGUAGE, help="Only what is in this language.")
@click.option("--grep", "text", metavar="TEXT", help="Only what has this text in it, in any case.")
@click.option("--own", is_flag=True, help="Only what the files say themselves, not packs.")
@format_option(("text", "json", "markdown", "csv"), of="table")
def run(
    *,
    rules: str,
    country: str | None,
    action: str | None,
    language: str | None,
    text: str | None,
    own: bool,
    form: str,
) -> None:
    """Print the effective table of one context.

    Each keyword and phrase with its action, language and origin; each reply with its length, encoding and segments;
    each finding of `optout check` that the file silences, with the reason.
    RULES is an .optout file, an artefact, a pack's name, or `-` for standard input. Tables are as wide as the terminal,
    or as COLUMNS says; what does not fit goes on below.
    """
    matcher, silences = load_with_silences_or_exit(rules)
    chosen = TableFilter(
        action=None if action is None else Action(action),
        language=language,
        text=text,
        files=_own_files(matcher, rules) if own else None,
    )
    effective = chosen.apply(table(matcher.program, country))
    render: Mapping[str, Callable[[Matcher, Table, Silences], str]] = {
        "text": _text,
        "json": _json,
        "markdown": _markdown,
        "csv": lambda _, effective, __: table_csv(effective),
    }
    is_part = replace(chosen, files=None) != TableFilter()
    click.echo(render[form](matcher, effective, () if is_part else silences))


def _own_files(matcher: Matcher, rules: str) -> frozenset[str]:
    """Return the names of files that are of no pack; of a pack's own file, where RULES is one."""
    names = {each.name for each in matcher.program.sources}
    others = {name for name in names if not name.startswith("pack:")}
    return frozenset(others or {name for name in names if name.endswith(f"/{rules}.optout")})


def _title(matcher: Matcher, shown: Table) -> str:
    where = "the base" if shown.scope is None else f"country {shown.scope}"
    return f"{matcher.name}, {where}"


def _facts(matcher: Matcher, shown: Table) -> Iterator[tuple[str, str]]:
    yield "digest", matcher.digest
    yield "prefers", " ".join(shown.prefer)
    yield "languages", " ".join(shown.languages)
    yield "filler", ", ".join(visible(each) for each in shown.fillers) or "none"
    if shown.suggest:
        yield "suggests", ", ".join(shown.suggest)
    model = matcher.program.similar
    if model is not None and MatchedBy.SIMILAR.value in shown.suggest:
        allowed = model.provenance.per_ten_thousand
        yield "similar", f"{model.name} {model.digest[:12]}, {allowed} in 10,000"
    if shown.tolerances:
        yield "tolerates", ", ".join(shown.tolerances)
    if shown.reply_limit != REPLY_LIMIT:
        yield "reply limit", f"{shown.reply_limit} characters"
    if shown.runtime:
        yield "at run time", ", ".join(f"{name} (up to {most})" for name, most in shown.runtime)


def _tables(shown: Table, silences: Silences) -> Iterator[tuple[str, Rows]]:
    """Yield each table that has rows: its title, then its rows, the first of which is the heading."""
    for title, entries in (
        ("keyword", shown.keywords),
        ("sentence", shown.sentences),
        ("phrase", shown.phrases),
        ("exception", shown.exceptions),
    ):
        if entries:
            yield title, [(title, "action", "language", "origin"), *map(_entry_row, entries)]
    if shown.frames:
        heading = ("frame", "action", "language", "unless", "needs", "origin")
        yield "frame", [heading, *map(_frame_row, shown.frames)]
    if shown.guards:
        yield "guard", [("guard", "taken back by"), *((g.name, g.reach) for g in shown.guards)]
    if shown.classes:
        yield "class", [("class", "members", ""), *map(_class_row, shown.classes)]
    yield from _named_tables(shown)
    if shown.everyday:
        yield "everyday word", [("everyday word", "language"), *shown.everyday]
    if shown.replies:
        heading = ("action", "language", "length", "encoding", "segments", "reply")
        yield "reply", [heading, *map(_reply_row, shown.replies)]
    if silences:
        rows = ((s.code, visible(s.message), visible(s.reason), s.rule) for s in silences)
        yield "silenced", [("silenced", "finding", "because", "origin"), *rows]


def _named_tables(shown: Table) -> Iterator[tuple[str, Rows]]:
    """Yield the tables of answers, topics and buttons."""
    if shown.answers:
        rows = ((a.name, visible(a.spelling), a.language, a.rule) for a in shown.answers)
        yield "answer", [("answer", "keyword or sentence", "language", "origin"), *rows]
    if shown.topics:
        topics = (
            (t.name, t.action.value, visible(t.spelling), t.language, t.rule) for t in shown.topics
        )
        yield "topic", [("topic", "action", "keyword or sentence", "language", "origin"), *topics]
    if shown.buttons:
        rows = ((visible(b.payload), b.asks, b.language, b.rule) for b in shown.buttons)
        yield "button", [("button", "action", "language", "origin"), *rows]


def _entry_row(entry: Entry) -> tuple[str, ...]:
    return visible(entry.spelling), entry.action.value, entry.language, entry.rule


def _frame_row(entry: FrameEntry) -> tuple[str, ...]:
    spelling, action, language, rule = _entry_row(entry)
    return spelling, action, language, ", ".join(entry.guards), ", ".join(entry.needs), rule


def _class_row(entry: ClassEntry) -> tuple[str, ...]:
    few = ", ".join(map(visible, entry.members[:FEW]))
    return entry.name, str(len(entry.members)), few + ", …" * (len(entry.members) > FEW)


def _reply_row(reply: ReplyEntry) -> tuple[str, ...]:
    to = f" to {visible(reply.keyword)}" if reply.keyword else ""
    name = f" {reply.answer}" if reply.answer else ""
    name = f" topic {reply.topic}" if reply.topic else name
    action = f"{reply.action.value}{name}{to}"
    if reply.text is None or reply.segments is None:
        return action, reply.language, "", "", "", "(nothing is sent)"
    sent = reply.segments
    measured = str(sent.length), sent.encoding.value, str(sent.segments)
    return action, reply.language, *measured, visible(reply.text)


def _text(matcher: Matcher, shown: Table, silences: Silences) -> str:
    lines = [click.style(_title(matcher, shown), bold=True)]
    limit = terminal_width()
    lines += text_table([(f"{name:<9}", value) for name, value in _facts(matcher, shown)], limit)
    for _, rows in _tables(shown, silences):
        heading, *others = text_table(rows, limit)
        lines += ["", click.style(heading, bold=True), *others]
    return "\n".join(lines)


def _markdown(matcher: Matcher, shown: Table, silences: Silences) -> str:
    lines = [f"# {cell(_title(matcher, shown))}", ""]
    lines += [f"- {name}: {cell(value)}" for name, value in _facts(matcher, shown)]
    for _, rows in _tables(shown, silences):
        lines += ["", *markdown_table(rows[0], rows[1:])]
    return "\n".join(lines)


def _json(matcher: Matcher, shown: Table, silences: Silences) -> str:
    report: dict[str, Json] = {
        "version": 1,
        "ruleset": matcher.name,
        "digest": matcher.digest,
        "country": shown.scope,
        "prefer": list(shown.prefer),
        "languages": list(shown.languages),
        "keywords": [_entry_object(each) for each in shown.keywords],
        "sentences": [_entry_object(each) for each in shown.sentences],
        "phrases": [_entry_object(each) for each in shown.phrases],
        "exceptions": [_entry_object(each) for each in shown.exceptions],
        "frames": [_frame_object(each) for each in shown.frames],
        "guards": [{"name": each.name, "reach": each.reach} for each in shown.guards],
        "classes": [{"name": each.name, "members": list(each.members)} for each in shown.classes],
        "filler": list(shown.fillers),
        "suggest": list(shown.suggest),
        "similar": _similar_object(matcher, shown),
        "tolerate": list(shown.tolerances),
        "everyday": dict(shown.everyday),
        "replies": [_reply_object(each) for each in shown.replies],
        "reply_limit": shown.reply_limit,
        "runtime": dict(shown.runtime),
    }
    if shown.answers:
        report["answers"] = [_answer_object(each) for each in shown.answers]
    if shown.topics:
        report["topics"] = [_topic_object(each) for each in shown.topics]
    if shown.buttons:
        report["buttons"] = [
            {"payload": b.payload, "action": b.asks, "language": b.language, "rule": b.rule}
            for b in shown.buttons
        ]
    if silences:
        report["silences"] = [
            {"code": s.code, "finding": s.message, "because": s.reason, "rule": s.rule}
            for s in silences
        ]
    return json.dumps(report, indent=2)


def _similar_object(matcher: Matcher, shown: Table) -> Json:
    model = matcher.program.similar
    if model is None or MatchedBy.SIMILAR.value not in shown.suggest:
        return None
    made = model.provenance
    return {
        "name": model.name,
        "digest": model.digest,
        "ngrams": len(model.weights),
        "threshold": model.threshold,
        "per_ten_thousand": made.per_ten_thousand,
        "rules": made.rules,
        "sets": [[each.use, each.name, each.rows, each.sha256] for each in made.sets],
        "versions": dict(made.versions),
    }


def _answer_object(entry: AnswerEntry) -> Json:
    return {
        "answer": entry.name,
        "spelling": entry.spelling,
        "language": entry.language,
        "rule": entry.rule,
    }


def _topic_object(entry: TopicEntry) -> Json:
    return {
        "topic": entry.name,
        "action": entry.action.value,
        "spelling": entry.spelling,
        "language": entry.language,
        "rule": entry.rule,
    }


def _entry_object(entry: Entry) -> Json:
    return {
        "spelling": entry.spelling,
        "action": entry.action.value,
        "language": entry.language,
        "rule": entry.rule,
    }


def _frame_object(entry: FrameEntry) -> Json:
    return {
        "spelling": entry.spelling,
        "action": entry.action.value,
        "language": entry.language,
        "rule": entry.rule,
        "unless": list(entry.guards),
        "needs": list(entry.needs),
    }


def _reply_object(reply: ReplyEntry) -> Json:
    fields: dict[str, Json] = {
        "action": reply.action.value,
        "language": reply.language,
        "reply": reply.text,
    }
    if reply.answer:
        fields["answer"] = reply.answer
    if reply.topic:
        fields["topic"] = reply.topic
    if reply.keyword:
        fields["keyword"] = reply.keyword
    if reply.segments is not None:
        fields |= {
            "length": reply.segments.length,
            "encoding": reply.segments.encoding.value,
            "segments": reply.segments.segments,
            "outside_gsm": list(reply.segments.outside),
        }
    return fields
