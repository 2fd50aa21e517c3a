"""One audit record as compact JSON, and back. What stands in columns of its own is not repeated."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from optoutlang.consent.engine.channel import ChannelSet
from optoutlang.consent.engine.event import Source
from optoutlang.consent.engine.record import AuditRecord, Change, Outcome
from optoutlang.consent.engine.scope import Key, Scope
from optoutlang.consent.engine.state import Consent, MarkKind
from optoutlang.consent.engine.wire import decode, encode
from optoutlang.consent.stores.rows.state_row import (
    mark_facts,
    read_mark,
    read_state,
    state_facts,
)
from optoutlang.consent.stores.rows.texts import Reader, Texts
from optoutlang.consent.stores.rows.times import moment
from optoutlang.runtime.terms.decision import Decision

Json = Any  # positional JSON of our own making: its shape stands in the functions below


@dataclass(frozen=True, slots=True)
class Columns:
    """The columns of a record that can be asked for; `at` in microseconds since 1970."""

    event: str
    at: int
    source: str
    outcome: str
    batch: str | None


def record_facts(record: AuditRecord, texts: Texts) -> Json:
    """Return the facts of a record; the texts about people go to `texts`."""
    recipient = texts.add(record.recipient)
    changes = []
    for each in record.changes:
        if each.key.recipient != record.recipient:
            texts.part()
        changes.append(_change_facts(each, texts))
    return [
        recipient,
        record.sender,
        texts.add(record.text),
        encode(record.decision),
        changes,
        record.by,
        record.text_version,
        list(record.undone),
    ]


def read_record(columns: Columns, facts: Json, texts: Reader) -> AuditRecord:
    """Return a record from its columns, facts and texts."""
    recipient, sender, text, decision, changes, by, text_version, undone = facts
    return AuditRecord(
        event=columns.event,
        at=moment(columns.at),
        source=Source(columns.source),
        outcome=Outcome(columns.outcome),
        recipient=None if recipient is None else texts.recipient(recipient),
        sender=sender,
        text=texts.get(text),
        decision=None if decision is None else decode(Decision, decision),
        changes=tuple(_read_change(each, texts) for each in changes),
        by=by,
        batch=columns.batch,
        text_version=text_version,
        undone=tuple(undone),
    )


def texts_about(facts: Json, texts: Reader, person: str) -> set[int]:
    """Return the numbers of the texts in a record that are about one person."""
    recipient, _, text, _, changes, *_ = facts
    numbers: set[int] = set()
    if recipient is not None and texts.recipient(recipient) == person:
        numbers |= {recipient} if text is None else {recipient, text}
    for each in changes:
        own = Reader(texts.texts, texts.tokens, texts.names)
        if _read_change(each, own).key.recipient == person:
            numbers |= own.asked | own.people
    return numbers


def _change_facts(change: Change, texts: Texts) -> Json:
    key = change.key
    return [
        texts.add(key.recipient),
        str(key.scope),
        key.channels.value,
        None if change.before is None else state_facts(change.before, texts),
        state_facts(change.after, texts),
        change.consent_before.value,
        change.consent_after.value,
        [[kind.value, mark_facts(mark, texts)] for kind, mark in change.marks],
    ]


def _read_change(facts: Json, texts: Reader) -> Change:
    recipient, scope, channels, before, after, old, new, marks = facts
    key = Key(texts.recipient(recipient), Scope.parse(scope), ChannelSet(channels))
    return Change(
        key,
        None if before is None else read_state(key, before, texts),
        read_state(key, after, texts),
        Consent(old),
        Consent(new),
        tuple((MarkKind(kind), read_mark(mark, texts)) for kind, mark in marks),
    )
