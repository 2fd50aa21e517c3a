"""A store that lives as long as its process: for tests, and for trying things out."""

from __future__ import annotations

from bisect import bisect_left, insort
from collections.abc import Iterable, Iterator, Sequence
from datetime import datetime
from threading import Lock

from optoutlang.consent.engine.event import Selection, Source
from optoutlang.consent.engine.record import AuditRecord, Outcome, Review
from optoutlang.consent.engine.scope import Key
from optoutlang.consent.engine.state import ConsentState
from optoutlang.consent.engine.transition import Reads, Snapshot, Transition
from optoutlang.consent.stores.port import (
    OutboxItem,
    PackedState,
    Stats,
    Step,
    Summary,
    is_out,
    require_limit,
    require_storable,
)


class MemoryStore:
    """Keeps everything in dictionaries, behind one lock (`port.Store` says what it promises)."""

    def __init__(self) -> None:
        self._lock = Lock()
        self._claims: set[str] = set()
        self._rows: dict[str, dict[Key, ConsentState]] = {}
        self._records: list[AuditRecord] = []
        self._of: dict[str, list[AuditRecord]] = {}
        self._reviews: dict[str, Review] = {}
        self._outbox: dict[int, OutboxItem] = {}
        self._numbers = 0
        self._provider_times: list[datetime] = []

    def apply(self, reads: Reads, step: Step) -> Transition | None:
        """Claim, load, call `step` and commit what it returns; None if the claim was taken before."""
        require_storable(reads.claim, reads.recipient, reads.review)
        with self._lock:
            if reads.claim in self._claims:
                return None
            transition = step(self._snapshot(reads))
            self._commit(reads.claim, transition)
            return transition

    def states(self, recipient: str) -> tuple[ConsentState, ...]:
        """Return all rows of a recipient."""
        require_storable(recipient)
        rows = self._rows.get(recipient)
        return tuple(rows.values()) if rows else ()

    def states_of(self, recipients: Iterable[str]) -> dict[str, tuple[ConsentState, ...]]:
        """Return all rows of many recipients."""
        with self._lock:
            return {each: self.states(each) for each in recipients}

    def summaries(self, recipients: Sequence[str]) -> Sequence[Summary]:
        """Return all rows of many recipients in short."""
        return [each[:4] for each in self.packed_states(recipients)]

    def packed_states(self, recipients: Sequence[str]) -> Sequence[PackedState]:
        """Return all rows of many recipients, of one moment."""
        with self._lock:
            states = [state for each in recipients for state in self.states(each)]
        return [
            (
                each.key.recipient,
                str(each.key.scope),
                each.key.channels.value,
                is_out(each),
                each,
                None,
            )
            for each in states
        ]

    def unpacked(self, packed: PackedState) -> ConsentState:
        """Return the row that was packed."""
        state = packed[4]
        assert isinstance(state, ConsentState)  # noqa: S101 - `packed_states` put it there
        return state

    def history(self, recipient: str) -> tuple[AuditRecord, ...]:
        """Return every audit record about a recipient."""
        require_storable(recipient)
        return tuple(self._of.get(recipient, ()))

    def records(self, selection: Selection | None = None) -> Iterator[AuditRecord]:
        """Yield the audit records that are selected, in the order of commits."""
        for each in tuple(self._records):
            if selection is None or selection.holds(each.event, each.source, each.batch, each.at):
                yield each

    def reviews(self, *, limit: int = 100, after: str | None = None) -> tuple[Review, ...]:
        """Return open reviews in the order of their event keys, from behind `after`."""
        require_limit(limit)
        require_storable(after)
        with self._lock:
            waiting = sorted(
                each.event
                for each in self._reviews.values()
                if each.accepted is None and (after is None or each.event > after)
            )
            return tuple(self._reviews[each] for each in waiting[:limit])

    def review(self, event: str) -> Review | None:
        """Return one review, open or closed."""
        require_storable(event)
        return self._reviews.get(event)

    def outbox(self, *, limit: int = 100) -> tuple[OutboxItem, ...]:
        """Return the oldest effects that are not done yet."""
        require_limit(limit)
        with self._lock:
            return tuple(self._outbox[each] for each in list(self._outbox)[:limit])

    def done(self, numbers: Iterable[int]) -> None:
        """Take effects out of the outbox."""
        with self._lock:
            for each in numbers:
                self._outbox.pop(each, None)

    def stats(self) -> Stats:
        """Return how much the store holds."""
        with self._lock:
            return Stats(
                recipients=len(self._rows),
                states=sum(map(len, self._rows.values())),
                records=len(self._records),
                open_reviews=sum(each.accepted is None for each in self._reviews.values()),
                outbox=len(self._outbox),
            )

    def _snapshot(self, reads: Reads) -> Snapshot:
        if reads.selection is not None:
            return self._selected(reads.selection)
        review = None if reads.review is None else self._reviews.get(reads.review)
        recipient = reads.recipient if review is None else review.key.recipient
        since = reads.provider_since
        times = self._provider_times
        return Snapshot(
            states=() if recipient is None else self.states(recipient),
            records=() if recipient is None or not reads.history else self.history(recipient),
            review=review,
            provider_changes=0 if since is None else len(times) - bisect_left(times, since),
        )

    def _selected(self, selection: Selection) -> Snapshot:
        whom = {change.key.recipient for each in self.records(selection) for change in each.changes}
        return Snapshot(
            states=tuple(row for each in sorted(whom) for row in self.states(each)),
            records=tuple(each for each in self._records if whom & _about(each)),
        )

    def _commit(self, claim: str, transition: Transition) -> None:
        self._claims.add(claim)
        for state in transition.states:
            self._rows.setdefault(state.key.recipient, {})[state.key] = state
        for review in transition.reviews:
            self._reviews[review.event] = review
        for effect in transition.effects:
            self._numbers += 1
            self._outbox[self._numbers] = OutboxItem(self._numbers, claim, effect)
        record = transition.record
        if record is not None:
            self._records.append(record)
            for each in _about(record):
                self._of.setdefault(each, []).append(record)
            if record.source is Source.PROVIDER and record.outcome is Outcome.CHANGED:
                insort(self._provider_times, record.at)


def _about(record: AuditRecord) -> set[str]:
    """Return the recipients whom a record is about."""
    whom = {each.key.recipient for each in record.changes}
    return whom if record.recipient is None else whom | {record.recipient}
