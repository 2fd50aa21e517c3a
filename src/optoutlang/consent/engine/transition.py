"""The exchange of engine and store: what is asked for, what comes, and what is given back."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from optoutlang.consent.engine.constructor import fast_constructor
from optoutlang.consent.engine.effect import Effect
from optoutlang.consent.engine.event import Selection
from optoutlang.consent.engine.record import AuditRecord, Review
from optoutlang.consent.engine.state import ConsentState


@fast_constructor
@dataclass(frozen=True, slots=True, kw_only=True)
class Reads:
    """What an event needs to see.

    `claim` is the event's key: a store takes it first, and an event whose key
    is taken comes to nothing. `recipient` wants all rows of that recipient,
    `history` all audit records with changes of that recipient too; a record
    about a recipient is written only where one was read. `review`
    wants that review, and all rows of its recipient. `selection` wants, for
    every recipient whom a selected record changed, all rows and all records.
    `provider_since` wants the number of records since then (by event time,
    included) whose source is the provider and whose outcome is `CHANGED`.
    """

    claim: str
    recipient: str | None = None
    history: bool = False
    review: str | None = None
    selection: Selection | None = None
    provider_since: datetime | None = None


@fast_constructor
@dataclass(frozen=True, slots=True, kw_only=True)
class Snapshot:
    """What a store found for `Reads`, all of it of one moment; records in the order of their commits."""

    states: tuple[ConsentState, ...] = ()
    records: tuple[AuditRecord, ...] = ()
    review: Review | None = None
    provider_changes: int = 0


@fast_constructor
@dataclass(frozen=True, slots=True, kw_only=True)
class Transition:
    """What an event comes to: rows to write, its audit record, effects for the outbox, reviews opened or closed.

    A row or a review replaces the one with the same key. None of the tuples
    names a key twice. `record` is None for ordinary messages.
    """

    states: tuple[ConsentState, ...] = ()
    record: AuditRecord | None = None
    effects: tuple[Effect, ...] = ()
    reviews: tuple[Review, ...] = ()
