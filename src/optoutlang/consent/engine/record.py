"""The audit: one record for every event that says anything about consent."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from enum import Enum

from optoutlang.consent.engine.constructor import fast_constructor
from optoutlang.consent.engine.event import Source
from optoutlang.consent.engine.scope import Key
from optoutlang.consent.engine.state import Consent, ConsentState, Mark, MarkKind
from optoutlang.runtime.terms.decision import Decision


class Outcome(Enum):
    """What an event came to."""

    CHANGED = "changed"
    """Consent is another than before."""
    UNCHANGED = "unchanged"
    """The event was heard, and consent stays as it was (HELP, START with no earlier opt-out)."""
    REPEATED = "repeated"
    """Consent was that already."""
    LATE = "late"
    """A later word stands against it: recorded, and it loses."""
    WAITS = "waits for review"
    REJECTED = "rejected"
    """A review said no."""
    UNREACHABLE = "unreachable"
    """A delivery failed for a reason that is no opt-out."""
    UNDONE = "undone"
    NOTED = "noted"
    """A change of settings, or an undo of nothing."""


@fast_constructor
@dataclass(frozen=True, slots=True)
class Change:
    """What an event did to one row: the row before and after, consent before and after, and the marks it added.

    The consents are those of the scope as a whole at the event's time, with
    all that holds for it (docs/consent.md, Scopes). An undo folds the marks
    of a key's changes again, without those of the events that it takes back.
    """

    key: Key
    before: ConsentState | None
    after: ConsentState
    consent_before: Consent
    consent_after: Consent
    marks: tuple[tuple[MarkKind, Mark], ...] = ()


@fast_constructor
@dataclass(frozen=True, slots=True, kw_only=True)
class AuditRecord:
    """Who, when, in which words, by which rule, and what came of it.

    `event` is the event's key, `at` its time, `recipient` whom it is about
    (None: many, or nobody), `sender` the address written to, `by` the
    operator, `text` the message or the reason, `decision` the rules' answer
    with rule and artefact digest, `text_version` what a person agreed to,
    `undone` the events that an undo took back.
    """

    event: str
    at: datetime
    source: Source
    outcome: Outcome
    recipient: str | None = None
    sender: str | None = None
    text: str | None = None
    decision: Decision | None = None
    changes: tuple[Change, ...] = ()
    by: str | None = None
    batch: str | None = None
    text_version: str | None = None
    undone: tuple[str, ...] = ()

    def concluded(self, outcome: Outcome, changes: tuple[Change, ...]) -> AuditRecord:
        """Return the record with what came of the event; `dataclasses.replace` took a tenth of an import."""
        return AuditRecord(
            event=self.event,
            at=self.at,
            source=self.source,
            outcome=outcome,
            recipient=self.recipient,
            sender=self.sender,
            text=self.text,
            decision=self.decision,
            changes=changes,
            by=self.by,
            batch=self.batch,
            text_version=self.text_version,
            undone=self.undone,
        )


class ReviewReason(Enum):
    """Why something waits for a person."""

    SUGGESTED = "suggested"
    """The rules only suggest what the message means."""
    FLOOD = "flood"
    """A provider reported more opt-outs than it is believed."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Review:
    """A change that waits for a person, or did.

    `event` is the key of the event that opened it, `key` and `kind` and
    `mark` what is written if it is accepted. `accepted` is None while it is
    open; then `closed_by` is the key of the event that decided.
    """

    event: str
    key: Key
    kind: MarkKind
    mark: Mark
    reason: ReviewReason
    sender: str
    decision: Decision | None = None
    accepted: bool | None = None
    closed_by: str | None = None
