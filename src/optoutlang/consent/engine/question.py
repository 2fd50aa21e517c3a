"""The scope question: how far an opt-out goes, and that silence means everything (47 CFR 64.1200(a)(12))."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace

from optoutlang.consent.engine.channel import ChannelSet
from optoutlang.consent.engine.draft import Draft
from optoutlang.consent.engine.event import InboundMessage, Source
from optoutlang.consent.engine.record import AuditRecord, Outcome
from optoutlang.consent.engine.route import Route, Routes
from optoutlang.consent.engine.scope import Key
from optoutlang.consent.engine.state import (
    Consent,
    ConsentState,
    Mark,
    MarkKind,
    Marks,
    OpenQuestion,
)
from optoutlang.consent.engine.transition import Snapshot


def ask_scope(
    routes: Routes,
    route: Route,
    draft: Draft,
    key: Key,
    marks: tuple[tuple[MarkKind, Mark], ...],
) -> bool:
    """Let an opt-out mean everything, and say whether the question is to be asked: not if it means that already."""
    question = route.settings.scope_question
    if question is None or not marks:
        return False
    [(kind, mark)] = marks
    everything = Key(key.recipient, routes.account.scope, ChannelSet.ALL)
    if draft.row(everything).marks.consent(mark.at) is Consent.OPTED_OUT:
        return False
    draft.write(everything, kind, mark, mark.at)
    if draft.row(everything).marks.consent(mark.at) is not Consent.OPTED_OUT:
        return False  # it came late, and a later word stands
    asked = OpenQuestion(mark.event, mark.at + question.within)
    draft.put(replace(draft.row(key), question=asked))
    return True


def answers(route: Route, text: str) -> bool:
    """Whether a text is one that narrows an opt-out, if it is asked about."""
    question = route.settings.scope_question
    if question is None:
        return False
    return text.strip().casefold() in {each.strip().casefold() for each in question.answers}


def narrows(route: Route, event: InboundMessage, states: tuple[ConsentState, ...]) -> bool:
    """Whether a message answers an open scope question."""
    if not answers(route, event.text):
        return False
    key = Key(event.recipient, route.scope, route.reach)
    row = next((each for each in states if each.key == key), None)
    return row is not None and row.question is not None and event.at <= row.question.until


def narrow(
    routes: Routes, draft: Draft, key: Key, event: InboundMessage, snapshot: Snapshot
) -> AuditRecord:
    """Take the opt-out back where it meant everything; it stays where it was said."""
    row = draft.row(key)
    question = row.question
    assert question is not None  # noqa: S101 - narrows looked
    draft.put(replace(row, question=None))
    everything = draft.row(Key(key.recipient, routes.account.scope, ChannelSet.ALL))
    before = everything.marks.consent(event.at)
    marks = fold(everything.key, snapshot.records, {question.event})
    draft.put(replace(everything, marks=marks))
    after = marks.consent(event.at)
    draft.change(everything.key, (), before, after)
    return AuditRecord(
        event=event.key,
        at=event.at,
        source=Source.MESSAGE,
        outcome=Outcome.UNCHANGED if before is after else Outcome.CHANGED,
        recipient=event.recipient,
        sender=event.sender,
        text=event.text,
        changes=draft.changes,
        undone=(question.event,),
    )


def fold(key: Key, records: Iterable[AuditRecord], without: Iterable[str]) -> Marks:
    """Return the marks of a key from its history, without some events and without those that were undone before."""
    history = [
        (record, change) for record in records for change in record.changes if change.key == key
    ]
    gone = set(without).union(*(record.undone for record, _ in history))
    marks = Marks()
    for record, change in history:
        if record.event not in gone:
            for kind, mark in change.marks:
                marks = marks.add(kind, mark)
    return marks
