"""The store on SQLite and PostgreSQL (`port.Store` says what it promises)."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from typing import TypeVar

from optoutlang.consent.engine.event import Selection
from optoutlang.consent.engine.record import AuditRecord, Review
from optoutlang.consent.engine.state import ConsentState
from optoutlang.consent.engine.transition import Reads, Transition
from optoutlang.consent.stores.port import (
    OutboxItem,
    PackedState,
    Stats,
    Step,
    StoreError,
    Summary,
    require_limit,
    require_storable,
)
from optoutlang.consent.stores.privacy import Privacy, Readable
from optoutlang.consent.stores.sql.database import Database
from optoutlang.consent.stores.sql.progress import ImportProgress, read_progress
from optoutlang.consent.stores.sql.rows import RowCodec
from optoutlang.consent.stores.sql.session import Call, RetryableError, Rows, Session
from optoutlang.consent.stores.sql.statements import Statement
from optoutlang.consent.stores.sql.transaction import Transaction, Work, history, selected

T = TypeVar("T")
ATTEMPTS = 4
"""How often a transaction is tried when the database takes it back or goes away."""


class SqlStore:
    """Keeps everything in a database; threads may share it, and processes open it each for itself.

    A transaction that the database takes back (a deadlock, a server that goes
    away) is tried again. Where the connection breaks at the commit itself,
    `apply` finds out by the claim: None says that the event is recorded.
    """

    def __init__(self, database: Database, privacy: Privacy | None = None) -> None:
        """Open a store that `create.create_store` made.

        Raises:
            StoreError: there is none, or it was made with other keys.
        """
        self.database = database
        self.codec = RowCodec(privacy or Readable())
        self.statements = database.statements
        self._require_privacy()

    def close(self) -> None:
        """Close all connections."""
        self.database.dispose()

    def apply(self, reads: Reads, step: Step) -> Transition | None:
        """Claim, load, call `step` and commit what it returns; None if the claim was taken before.

        Raises:
            StoreError: the store cannot do it now; nothing has changed, and the event can be applied again.
        """
        [transition] = self._transact([(reads, step)])
        return transition

    def apply_many(
        self, work: Sequence[Work], progress: ImportProgress | None = None
    ) -> list[Transition | None]:
        """Apply many events in their order as one commit, and note with it how far an import came.

        Raises:
            ValueError: an event needs more than the rows of its recipient (an undo, a review, a provider's word).
            StoreError: the store cannot do it now; nothing has changed.
        """
        if any(
            each.history or each.review or each.selection or each.provider_since for each, _ in work
        ):
            raise ValueError("only events that need no more than their recipient come together")
        extra: list[Call] = []
        if progress is not None:
            extra.append((self.statements.put_import, progress.row))
        return self._transact(work, *extra)

    def progress(self, batch: str) -> ImportProgress | None:
        """Return how far an import came, or None if it never began."""
        require_storable(batch)
        call = (self.statements.progress, {"batch": batch})
        [rows] = self._reading(lambda session: session.run(call))
        return read_progress(rows[0]) if rows else None

    def states(self, recipient: str) -> tuple[ConsentState, ...]:
        """Return all rows of a recipient, of one moment."""
        require_storable(recipient)
        call = (self.statements.states, {"recipient": self.codec.privacy.token(recipient)})
        [rows] = self._reading(lambda session: session.run(call))
        return tuple(self.codec.state(each, recipient) for each in rows)

    def states_of(self, recipients: Iterable[str]) -> dict[str, tuple[ConsentState, ...]]:
        """Return all rows of many recipients; who has none is missing."""
        token = self.codec.privacy.token
        tokens = {token(each): each for each in recipients}
        require_storable(*tokens.values())
        listed = {"recipients": self.statements.list(list(tokens))}
        call = (self.statements.states_of, listed)
        [rows] = self._reading(lambda session: session.run(call))
        found: dict[str, tuple[ConsentState, ...]] = {}
        for row in rows:
            recipient = tokens[row[0]]
            found[recipient] = (*found.get(recipient, ()), self.codec.state(row, recipient))
        return found

    def summaries(self, recipients: Sequence[str]) -> Sequence[Summary]:
        """Return all rows of many recipients in short; one that is not `out` has to be looked at."""
        return self._of_many(self.statements.summaries, recipients)

    def packed_states(self, recipients: Sequence[str]) -> Sequence[PackedState]:
        """Return all rows of many recipients, of one moment, with facts that are not read yet."""
        return self._of_many(self.statements.packed_states, recipients)

    def unpacked(self, packed: PackedState) -> ConsentState:
        """Return the row that was packed.

        Raises:
            StoreError: it cannot be read, or there is no key for it.
        """
        recipient, scope, channels, _, facts, texts = packed
        token = self.codec.privacy.token(recipient)
        return self.codec.state((token, scope, channels, facts, texts), recipient)

    def _of_many(self, statement: Statement, recipients: Sequence[str]) -> Rows:
        """Return rows of many recipients, which begin with the recipient."""
        privacy = self.codec.privacy
        require_storable(*recipients)
        readable = isinstance(privacy, Readable)
        tokens = {} if readable else {privacy.token(each): each for each in recipients}
        listed = {"recipients": self.statements.list(recipients if readable else list(tokens))}
        [rows] = self._reading(lambda session: session.run((statement, listed)))
        return rows if readable else [(tokens[row[0]], *row[1:]) for row in rows]

    def all_states(self) -> Iterator[ConsentState]:
        """Yield every row, those of one recipient together."""
        yield from self._stream((self.statements.all_states, {}), self.codec.state)

    def history(self, recipient: str) -> tuple[AuditRecord, ...]:
        """Return every audit record about a recipient, undos included, in the order of commits."""
        require_storable(recipient)
        return self._reading(
            lambda session: history(session, self.statements, self.codec, [recipient])
        )

    def records(self, selection: Selection | None = None) -> Iterator[AuditRecord]:
        """Yield the audit records that are selected (None: all), in the order of commits."""
        sql = self.statements
        call: Call = (sql.records, {})
        if selection is not None:
            call = (sql.selected, selected(selection, sql))
        yield from self._stream(call, self.codec.record)

    def reviews(self, *, limit: int = 100, after: str | None = None) -> tuple[Review, ...]:
        """Return open reviews in the order of their event keys, from behind `after`."""
        require_limit(limit)
        require_storable(after)
        call = (self.statements.reviews, {"after": after or "", "most": limit})
        [rows] = self._reading(lambda session: session.run(call))
        return tuple(self.codec.review(each) for each in rows)

    def review(self, event: str) -> Review | None:
        """Return one review, open or closed."""
        require_storable(event)
        call = (self.statements.review, {"event": event})
        [rows] = self._reading(lambda session: session.run(call))
        return self.codec.review(rows[0]) if rows else None

    def outbox(self, *, limit: int = 100) -> tuple[OutboxItem, ...]:
        """Return the oldest effects that are not done yet."""
        require_limit(limit)
        call = (self.statements.outbox, {"most": limit})
        [rows] = self._reading(lambda session: session.run(call))
        return tuple(self.codec.item(each) for each in rows)

    def done(self, numbers: Iterable[int]) -> None:
        """Take effects out of the outbox."""
        call = (self.statements.done, {"numbers": self.statements.list(list(numbers))})
        self._reading(lambda session: session.run(call))

    def stats(self) -> Stats:
        """Return how much the store holds."""
        [[counts]] = self._reading(lambda session: session.run((self.statements.counts, {})))
        return Stats(*map(int, counts))

    def _transact(self, work: Sequence[Work], *extra: Call) -> list[Transition | None]:
        for reads, _ in work:
            require_storable(reads.claim, reads.recipient, reads.review)
        return self._reading(
            lambda session: Transaction(session, self.statements, self.codec).apply(work, *extra)
        )

    def _reading(self, ask: Callable[[Session], T]) -> T:
        """Return what a session answers; ask again if the database takes it back."""
        return with_retries(self.database, ask)

    def _stream(self, call: Call, read: Callable[[tuple[object, ...]], T]) -> Iterator[T]:
        try:
            with self.database.session() as session:
                for row in session.stream(call):
                    yield read(row)
        except RetryableError as error:
            raise StoreError(f"the database went away: {error}") from error

    def _require_privacy(self) -> None:
        """Refuse keys that are not the store's: under them nobody would be found, and everybody could be texted."""
        [rows] = self._reading(lambda session: session.run((self.statements.privacy, {})))
        made = rows[0][0] if rows else None
        own = self.codec.privacy.fingerprint
        if made == own:
            return
        if made is None:
            raise StoreError("the store was not made by `optout consent init`")
        if made == Readable.fingerprint:
            raise StoreError("the store keeps numbers readable: open it without keys")
        if own == Readable.fingerprint:
            raise StoreError(
                "the store keeps numbers under keys: set OPTOUT_CONSENT_INDEX_KEY and OPTOUT_CONSENT_KEYS"
            )
        raise StoreError("OPTOUT_CONSENT_INDEX_KEY is not the key that the store was made with")


def with_retries(database: Database, ask: Callable[[Session], T]) -> T:
    """Return what a session answers; ask again if the database takes the transaction back or went away.

    Raises:
        StoreError: the database cannot do it, or did not after `ATTEMPTS` times.
    """
    for attempt in range(1, ATTEMPTS + 1):
        try:
            with database.session() as session:
                return ask(session)
        except RetryableError as error:
            if attempt == ATTEMPTS:
                raise StoreError(f"the database cannot be used now: {error}") from error
    raise AssertionError
