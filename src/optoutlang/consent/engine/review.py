"""Reviews and undo: what people decide about what the engine recorded."""

from __future__ import annotations

from dataclasses import replace

from optoutlang.consent.engine.draft import Draft
from optoutlang.consent.engine.event import ReviewDecided, SettingsChanged, Source, Undo
from optoutlang.consent.engine.question import fold
from optoutlang.consent.engine.record import AuditRecord, Outcome, Review
from optoutlang.consent.engine.route import Routes
from optoutlang.consent.engine.scope import Key
from optoutlang.consent.engine.standing import standing_about
from optoutlang.consent.engine.state import Consent, ConsentState
from optoutlang.consent.engine.transition import Snapshot, Transition


class UnknownReviewError(ValueError):
    """A decision names a review that there is not."""


def review_decided(routes: Routes, event: ReviewDecided, snapshot: Snapshot) -> Transition:
    """Return what a review's decision comes to: the change is made as of the time of its own event, or not at all.

    Raises:
        UnknownReviewError: there is no such review.
    """
    review = snapshot.review
    if review is None:
        raise UnknownReviewError(f"there is no review `{event.review}`")
    record = AuditRecord(
        event=event.key,
        at=event.at,
        source=Source.OPERATOR,
        outcome=Outcome.NOTED,
        recipient=review.key.recipient,
        sender=review.sender,
        text=event.reason or review.mark.text,
        decision=review.decision,
        by=event.by,
    )
    if review.accepted is not None:
        return Transition(record=record)  # somebody was faster: recorded, and it changes nothing
    draft = Draft(snapshot.states)
    row = draft.row(review.key)
    left = tuple(each for each in row.reviews if each != review.event)
    draft.put(replace(row, reviews=left))
    outcome = _accept(routes, draft, review) if event.accepted else Outcome.REJECTED
    closed = replace(review, accepted=event.accepted, closed_by=event.key)
    record = replace(record, outcome=outcome, changes=draft.changes)
    return Transition(states=draft.written, record=record, effects=draft.effects, reviews=(closed,))


def _accept(routes: Routes, draft: Draft, review: Review) -> Outcome:
    before = _consent(routes, draft, review.key, review)
    draft.add(review.key, review.kind, review.mark)
    after = _consent(routes, draft, review.key, review)
    draft.change(review.key, ((review.kind, review.mark),), before, after)
    if after is before:
        return Outcome.REPEATED if after is Consent.OPTED_OUT else Outcome.LATE
    return Outcome.CHANGED


def _consent(routes: Routes, draft: Draft, key: Key, review: Review) -> Consent:
    route = routes.of_scope(key.scope.everything, key.channels)
    channel, topic = key.channels.members[0], key.scope.topic
    return standing_about(draft.states, route, channel, review.mark.at, topic).consent


def undo(routes: Routes, event: Undo, snapshot: Snapshot) -> Transition:
    """Return the states without the selected events, worked out again from the audit.

    What anybody said before or after them holds as if they had never come.
    """
    selection = event.selection
    gone = tuple(
        each.event
        for each in snapshot.records
        if any(change.marks for change in each.changes)
        and selection.holds(each.event, each.source, each.batch, each.at)
    )
    draft = Draft(snapshot.states)
    for key in _touched(snapshot, set(gone)):
        _without(routes, draft, key, event, (snapshot, gone))
    record = AuditRecord(
        event=event.key,
        at=event.at,
        source=Source.OPERATOR,
        outcome=Outcome.UNDONE if gone else Outcome.NOTED,
        text=event.reason,
        by=event.by,
        changes=draft.changes,
        undone=gone,
    )
    return Transition(states=draft.written, record=record, effects=draft.effects)


def _touched(snapshot: Snapshot, gone: set[str]) -> list[Key]:
    keys = {
        change.key
        for record in snapshot.records
        if record.event in gone
        for change in record.changes
        if change.marks
    }
    return sorted(keys, key=str)


def _without(
    routes: Routes,
    draft: Draft,
    key: Key,
    event: Undo,
    history: tuple[Snapshot, tuple[str, ...]],
) -> None:
    """Fold a row again without the events that are gone; the change is noted even where nothing comes of it."""
    snapshot, gone = history
    route = routes.of_scope(key.scope.everything, key.channels)
    channel, topic = key.channels.members[0], key.scope.topic
    own: tuple[ConsentState, ...] = tuple(
        each for each in snapshot.states if each.key.recipient == key.recipient
    )
    before = standing_about(own, route, channel, event.at, topic).consent
    row = replace(draft.row(key), marks=fold(key, snapshot.records, gone))
    draft.put(row)
    others = tuple(each for each in own if each.key != key)
    after = standing_about((*others, row), route, channel, event.at, topic).consent
    draft.change(key, (), before, after)


def settings_changed(event: SettingsChanged) -> Transition:
    """Return the record of a change of settings."""
    record = AuditRecord(
        event=event.key,
        at=event.at,
        source=Source.OPERATOR,
        outcome=Outcome.NOTED,
        text=event.what,
        by=event.by,
    )
    return Transition(record=record)
