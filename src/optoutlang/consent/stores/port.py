"""The port: what an engine needs of a store.

A store is right if these hold, whatever happens between any two steps:

1. **One claim.** `apply` takes `reads.claim` before anything else. A key that
   was taken by an event that committed comes to `None`, and nothing changes;
   one that another process holds at this moment is waited for. The claim
   commits with the rest: after a crash the event can be applied again.
2. **One moment.** The snapshot is of one moment, and nobody else writes to
   what it shows until `apply` has committed: rows of the recipient (also
   those that do not exist yet), the review, for an undo the rows of every
   recipient that is selected, and the number of provider changes.
3. **One commit.** Rows, audit record, effects and reviews of the transition
   are all there, or none is. An exception out of `step` leaves nothing.
4. **Nothing is overwritten but rows and reviews**: records are appended in
   the order of commits, and effects stay until `done`.
5. `step` is a pure function and may be called again, with a new snapshot,
   when the database asks for it (a serialization failure).

6. **Identifiers are refused before the database is asked**, if it could not
   keep them (`engine.identifier`): a `StoreError`, the same of every store.

An event touches the rows of one recipient, apart from an undo. All of a
store is for one account.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Protocol

from optoutlang.consent.engine.effect import Effect
from optoutlang.consent.engine.event import Selection
from optoutlang.consent.engine.identifier import IdentifierError, require_identifier
from optoutlang.consent.engine.record import AuditRecord, Review
from optoutlang.consent.engine.state import Consent, ConsentState
from optoutlang.consent.engine.transition import Reads, Snapshot, Transition

Step = Callable[[Snapshot], Transition]


@dataclass(frozen=True, slots=True)
class OutboxItem:
    """An effect that waits to be done: its number (ever rising), the event it comes from, and when it was done."""

    number: int
    event: str
    effect: Effect


@dataclass(frozen=True, slots=True)
class Stats:
    """How much a store holds."""

    recipients: int
    states: int
    records: int
    open_reviews: int
    outbox: int


Summary = tuple[str, str, str, bool]
"""One row in short: recipient, scope and channels as their texts, and whether it is opted out whatever the time."""

PackedState = tuple[str, str, str, bool, object, object]
"""One row as a `Summary`, and behind that what only its store can read (`Store.unpacked`)."""


def is_out(state: ConsentState) -> bool:
    """Whether a row by itself is opted out whatever the time: no prompt can make it pending."""
    marks = state.marks
    return marks.prompted is None and marks.consent(_ANY_TIME) is Consent.OPTED_OUT


_ANY_TIME = datetime(1970, 1, 1, tzinfo=UTC)


class Store(Protocol):
    """Keeps the states, audit, outbox and reviews of one account."""

    def apply(self, reads: Reads, step: Step) -> Transition | None:
        """Claim, load, call `step` and commit what it returns; None if the claim was taken before.

        Raises:
            StoreError: the store cannot do it now; nothing has changed, and the event can be applied again.
        """

    def states(self, recipient: str) -> tuple[ConsentState, ...]:
        """Return all rows of a recipient, of one moment."""

    def states_of(self, recipients: Iterable[str]) -> dict[str, tuple[ConsentState, ...]]:
        """Return all rows of many recipients; who has none may be missing."""

    def summaries(self, recipients: Sequence[str]) -> Sequence[Summary]:
        """Return all rows of many recipients in short; a row that is not `out` has to be looked at."""

    def packed_states(self, recipients: Sequence[str]) -> Sequence[PackedState]:
        """Return all rows of many recipients, of one moment, with facts that are not read yet."""

    def unpacked(self, packed: PackedState) -> ConsentState:
        """Return the row that was packed.

        Raises:
            StoreError: it cannot be read.
        """

    def history(self, recipient: str) -> tuple[AuditRecord, ...]:
        """Return every audit record about a recipient, undos included, in the order of commits."""

    def records(self, selection: Selection | None = None) -> Iterator[AuditRecord]:
        """Yield the audit records that are selected (None: all), in the order of commits."""

    def reviews(self, *, limit: int = 100, after: str | None = None) -> tuple[Review, ...]:
        """Return open reviews in the order of their event keys, from behind `after`."""

    def review(self, event: str) -> Review | None:
        """Return one review, open or closed, by the key of the event that opened it."""

    def outbox(self, *, limit: int = 100) -> tuple[OutboxItem, ...]:
        """Return the oldest effects that are not done yet."""

    def done(self, numbers: Iterable[int]) -> None:
        """Take effects out of the outbox."""

    def stats(self) -> Stats:
        """Return how much the store holds."""


MOST = 10_000_000
"""How many reviews or effects are listed at once at most."""


class StoreError(Exception):
    """A store could not do what was asked, and has done nothing of it: the caller cannot go on.

    Sending fails closed on it: who cannot be asked about is not texted.
    """


def require_storable(*identifiers: str | None) -> None:
    """Refuse identifiers that not every database can keep, before any is asked about them.

    Raises:
        StoreError: one holds a character that no store can keep.
    """
    together = "".join([each for each in identifiers if each])
    if together.isascii() and "\x00" not in together:
        return  # nearly always, also where a campaign asks about ten thousand
    try:
        for each in identifiers:
            if each is not None:
                require_identifier(each, "an identifier")
    except IdentifierError as error:
        raise StoreError(str(error)) from error


def require_limit(limit: int) -> None:
    """Refuse to list fewer than none, or more than any memory holds.

    Raises:
        ValueError: the limit is negative, or above `MOST`.
    """
    if not 0 <= limit <= MOST:
        raise ValueError(f"a limit lies between 0 and {MOST:,}: `{limit}` does not")
