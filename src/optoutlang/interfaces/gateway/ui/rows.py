"""The rows of the page's tables, as plain texts for its templates."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from optoutlang.consent.engine.effect import Effect, Forward, SendReply
from optoutlang.consent.engine.record import AuditRecord, Review
from optoutlang.consent.engine.state import ConsentState
from optoutlang.interfaces.gateway.deliveries.queue import DeadLetter


@dataclass(frozen=True, slots=True)
class ReviewRow:
    """What waits for a person."""

    event: str
    at: str
    recipient: str
    scope: str
    kind: str
    reason: str
    text: str


@dataclass(frozen=True, slots=True)
class ConsentRow:
    """What somebody wants in one scope."""

    scope: str
    channels: str
    consent: str
    since: str
    text: str


@dataclass(frozen=True, slots=True)
class RecordRow:
    """One record of the audit."""

    event: str
    at: str
    source: str
    outcome: str
    text: str
    by: str
    rule: str


@dataclass(frozen=True, slots=True)
class LetterRow:
    """One dead letter."""

    number: int
    event: str
    kind: str
    recipient: str
    attempts: int
    error: str


def review_row(review: Review) -> ReviewRow:
    """Return the row of a review."""
    return ReviewRow(
        review.event,
        moment(review.mark.at),
        review.key.recipient,
        str(review.key.scope),
        review.kind.value.replace("_", "-"),
        review.reason.value,
        review.mark.text or "",
    )


def consent_row(state: ConsentState, now: datetime) -> ConsentRow:
    """Return the row of what somebody wants in one scope."""
    cause = state.marks.cause
    return ConsentRow(
        str(state.key.scope),
        state.key.channels.value,
        state.marks.consent(now).value,
        "" if cause is None else moment(cause.at),
        "" if cause is None else cause.text or "",
    )


def record_row(record: AuditRecord) -> RecordRow:
    """Return the row of a record."""
    return RecordRow(
        record.event,
        moment(record.at),
        record.source.value,
        record.outcome.value,
        record.text or "",
        record.by or "",
        "" if record.decision is None else record.decision.rule or "",
    )


def letter_row(letter: DeadLetter) -> LetterRow:
    """Return the row of a dead letter."""
    kind, recipient = _about(letter.effect)
    return LetterRow(letter.number, letter.event, kind, recipient, letter.attempts, letter.error)


def moment(at: datetime) -> str:
    """Return a time as the page shows it, in UTC as the store has it."""
    return f"{at:%Y-%m-%d %H:%M:%S}"


def _about(effect: Effect) -> tuple[str, str]:
    if isinstance(effect, Forward):
        return "message", effect.message.recipient
    if isinstance(effect, SendReply):
        return "reply", effect.recipient
    return type(effect).__name__, getattr(effect, "recipient", "")
