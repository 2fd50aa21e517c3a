"""The effective table of a context as CSV (RFC 4180), a statement a row: for a spreadsheet that people sign."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterator

from optoutlang.runtime.program.table import Entry, ReplyEntry, Table

COLUMNS = ("statement", "action", "text", "language", "origin")


def table_csv(shown: Table) -> str:
    """Return every statement that decides or is sent, its action, language and origin; without the last line's end."""
    buffer = io.StringIO(newline="")
    writer = csv.writer(buffer, lineterminator="\n")
    writer.writerow(COLUMNS)
    writer.writerows(_rows(shown))
    return buffer.getvalue().rstrip("\n")


def _rows(shown: Table) -> Iterator[tuple[str, ...]]:
    entries: tuple[tuple[str, tuple[Entry, ...]], ...] = (
        ("keyword", shown.keywords),
        ("sentence", shown.sentences),
        ("phrase", shown.phrases),
        ("except", shown.exceptions),
        ("frame", shown.frames),
    )
    for statement, those in entries:
        for each in those:
            yield statement, each.action.value, each.spelling, each.language, each.rule
    for answer in shown.answers:
        yield "answer", f"answer {answer.name}", answer.spelling, answer.language, answer.rule
    for topic in shown.topics:
        asks = f"{topic.action.value} topic {topic.name}"
        yield "topic", asks, topic.spelling, topic.language, topic.rule
    for button in shown.buttons:
        yield "button", button.asks, button.payload, button.language, button.rule
    for filler in shown.fillers:
        yield "filler", "", filler, "", ""
    for tolerance in shown.tolerances:
        yield "tolerate", "opt-out", tolerance, "", ""
    for reply in shown.replies:
        yield "reply", _answered(reply), reply.text or "", reply.language, ""


def _answered(reply: ReplyEntry) -> str:
    """Return what a reply answers: an action, perhaps of a topic or a named answer, or one keyword of it."""
    parts = [reply.action.value]
    parts += [reply.answer] if reply.answer else []
    parts += ["topic", reply.topic] if reply.topic else []
    parts += ["to", reply.keyword] if reply.keyword else []
    return " ".join(parts)
