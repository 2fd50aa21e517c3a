"""One transaction: claims, locks, snapshots, and all that the events come to, in two round trips where it can be."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from time import time_ns

from optoutlang.consent.engine.event import Selection
from optoutlang.consent.engine.record import AuditRecord
from optoutlang.consent.engine.scope import Key
from optoutlang.consent.engine.state import ConsentState
from optoutlang.consent.engine.transition import Reads, Snapshot, Transition
from optoutlang.consent.stores.chain import ACCOUNT, SHARDS
from optoutlang.consent.stores.port import Step, StoreError
from optoutlang.consent.stores.rows.times import micros, optional_micros
from optoutlang.consent.stores.sql.rows import Row, RowCodec
from optoutlang.consent.stores.sql.session import Call, Rows, Session
from optoutlang.consent.stores.sql.statements import Statement, Statements

Work = tuple[Reads, Step]


@dataclass(slots=True)
class Written:
    """The rows that a transaction has to write."""

    states: dict[Key, ConsentState] = field(default_factory=dict)
    records: list[Row] = field(default_factory=list)
    undos: list[tuple[Row, tuple[str, ...]]] = field(default_factory=list)
    effects: list[Row] = field(default_factory=list)
    reviews: list[Row] = field(default_factory=list)
    heads: dict[int, tuple[int, bytes]] = field(default_factory=dict)


class Transaction:
    """Applies events in one transaction of a session."""

    def __init__(self, session: Session, statements: Statements, codec: RowCodec) -> None:
        self._session = session
        self._sql = statements
        self._codec = codec
        self._heads: dict[int, tuple[int, bytes]] = {}
        self._states: dict[str, dict[Key, ConsentState]] = {}
        self._written = Written()

    def apply(self, work: Sequence[Work], *extra: Call) -> list[Transition | None]:
        """Apply events in their order, run `extra` too, and commit; None for an event whose claim was taken."""
        claimed = self._open(work)
        found: list[Transition | None] = []
        for (reads, step), is_ours in zip(work, claimed, strict=True):
            found.append(self._step(reads, step) if is_ours else None)
        if any(claimed) or extra:
            self._session.write(*self._writes(), *extra, (self._sql.commit, {}))
        return found

    def _open(self, work: Sequence[Work]) -> list[bool]:
        """Begin, claim, lock and load, in one round trip; return which events are ours."""
        sql, token = self._sql, self._codec.privacy.token
        recipients = sorted({each.recipient for each, _ in work if each.recipient is not None})
        tokens = {token(each): each for each in recipients}
        opening: list[Call] = [(sql.begin, {})]
        if sql.postgresql and len(work) > 1:
            opening.append((sql.plan_once, {}))
        *claimed, heads, states = self._session.run(
            *opening,
            *self._claims(work),
            self._lock(self._shards(work)),
            self._read(list(tokens)),
        )
        self._heads = {shard: (records, bytes(last)) for shard, records, last in heads}
        self._load(states, tokens)
        return self._are_ours(work, claimed[len(opening) :])

    def _claims(self, work: Sequence[Work]) -> tuple[Call, ...]:
        """Return the statements that take the claims of all events, as few as can be."""
        sql, rows = self._sql, [self._claim(reads) for reads, _ in work]
        if len(rows) <= 1:
            return tuple((sql.claim, each) for each in rows)
        if sql.put_claim.many is not None:
            return ((Statement(sql.put_claim.many), sql.put_claim.columns(rows)),)
        events = sql.list([reads.claim for reads, _ in work])
        return (sql.taken, {"events": events}), (sql.put_claim, rows)

    def _are_ours(self, work: Sequence[Work], found: Sequence[Rows]) -> list[bool]:
        """Return for each event whether its claim is ours, from what `_claims` returned."""
        if len(work) <= 1:
            return [bool(each) for each in found]
        free = {str(row[0]) for row in found[0]}
        if not self._sql.postgresql:  # there it is asked which are taken
            free = {reads.claim for reads, _ in work} - free
        ours: list[bool] = []
        for reads, _ in work:
            ours.append(reads.claim in free)
            free.discard(reads.claim)  # the same event twice comes in effect once
        return ours

    def _lock(self, shards: Sequence[int]) -> Call:
        """Return the statement that locks some chains; one alone, as nearly always, costs less by itself."""
        if len(shards) == 1:
            return self._sql.lock_one, {"shard": shards[0]}
        return self._sql.lock, {"shards": self._sql.list(shards)}

    def _read(self, tokens: Sequence[str]) -> Call:
        """Return the statement that reads the rows of some recipients."""
        if len(tokens) == 1:
            return self._sql.states, {"recipient": tokens[0]}
        return self._sql.states_of, {"recipients": self._sql.list(tokens)}

    def _claim(self, reads: Reads) -> Row:
        recipient = reads.recipient
        return {
            "event": reads.claim,
            "recipient": "" if recipient is None else self._codec.privacy.token(recipient),
            "at": time_ns() // 1000,
        }

    def _shards(self, work: Sequence[Work]) -> list[int]:
        """Return the chains to lock, always in the same order, so that no two wait for each other."""
        shards = {self._codec.shard(reads.recipient) for reads, _ in work}
        if any(reads.selection is not None for reads, _ in work):
            shards = set(range(SHARDS + 1))
        if any(reads.provider_since is not None for reads, _ in work):
            shards.add(ACCOUNT)  # who counts the provider's changes is alone with it
        for reads, _ in work:
            if reads.review is not None:
                shards.add(self._shard_of_review(reads.review))
        return sorted(shards)

    def _shard_of_review(self, event: str) -> int:
        [rows] = self._session.run((self._sql.review, {"event": event}))
        return self._codec.shard(self._codec.review(rows[0]).key.recipient) if rows else ACCOUNT

    def _load(self, rows: Rows, tokens: dict[str, str]) -> None:
        for each in tokens.values():
            self._states.setdefault(each, {})
        for row in rows:
            state = self._codec.state(row, tokens[row[0]])
            self._states[state.key.recipient][state.key] = state

    def _step(self, reads: Reads, step: Step) -> Transition:
        transition = step(self._snapshot(reads))
        written, codec = self._written, self._codec
        for state in transition.states:
            self._states.setdefault(state.key.recipient, {})[state.key] = state
            written.states[state.key] = state
        if transition.record is not None:
            self._append(transition.record)
        for effect in transition.effects:
            written.effects.append(codec.effect_row(reads.claim, effect))
        written.reviews += [codec.review_row(each) for each in transition.reviews]
        return transition

    def _append(self, record: AuditRecord) -> None:
        shard = self._codec.shard(record.recipient)
        if shard not in self._heads:
            raise StoreError(f"the head of chain {shard} is missing: `optout consent verify`")
        row, last = self._codec.record_row(record, self._heads[shard])
        self._heads[shard] = self._written.heads[shard] = (self._heads[shard][0] + 1, last)
        if record.recipient is None:
            about = {each.key.recipient for each in record.changes}
            self._written.undos.append(
                (row, tuple(self._codec.privacy.token(each) for each in sorted(about)))
            )
        else:
            self._written.records.append(row)

    def _snapshot(self, reads: Reads) -> Snapshot:
        if reads.selection is not None:
            return self._selected(reads.selection)
        if reads.review is not None:
            return self._reviewed(reads.review)
        recipient = reads.recipient
        own = {} if recipient is None else self._states.get(recipient, {})
        snapshot = Snapshot(states=tuple(own.values()))
        if recipient is not None and reads.history:
            snapshot = replace(snapshot, records=self._history([recipient]))
        if reads.provider_since is not None:
            since = {"since": micros(reads.provider_since)}
            [[(changes,)]] = self._session.run((self._sql.provider_changes, since))
            snapshot = replace(snapshot, provider_changes=changes)
        return snapshot

    def _reviewed(self, event: str) -> Snapshot:
        [rows] = self._session.run((self._sql.review, {"event": event}))
        if not rows:
            return Snapshot()
        review = self._codec.review(rows[0])
        return Snapshot(states=self._all_states([review.key.recipient]), review=review)

    def _selected(self, selection: Selection) -> Snapshot:
        [rows] = self._session.run((self._sql.selected, selected(selection, self._sql)))
        chosen = [self._codec.record(each) for each in rows]
        whom = sorted({change.key.recipient for each in chosen for change in each.changes})
        return Snapshot(states=self._all_states(whom), records=self._history(whom))

    def _all_states(self, recipients: Sequence[str]) -> tuple[ConsentState, ...]:
        tokens = {self._codec.privacy.token(each): each for each in recipients}
        listed = {"recipients": self._sql.list(list(tokens))}
        [rows] = self._session.run((self._sql.states_of, listed))
        self._load(rows, tokens)
        return tuple(row for each in recipients for row in self._states[each].values())

    def _history(self, recipients: Sequence[str]) -> tuple[AuditRecord, ...]:
        return history(self._session, self._sql, self._codec, recipients)

    def _writes(self) -> list[Call]:
        sql, written, codec = self._sql, self._written, self._codec
        self._write_undos()
        heads = [
            {"key": shard, "records": records, "hash": last}
            for shard, (records, last) in sorted(written.heads.items())
        ]
        calls: list[Call] = [
            (sql.put_state, [codec.state_row(each) for each in written.states.values()]),
            (sql.put_record, written.records),
            (sql.put_head, heads),
            (sql.put_effect, written.effects),
            (sql.put_review, written.reviews),
        ]
        return [each for each in calls if each[1]]

    def _write_undos(self) -> None:
        """Write the records that are about many, and whom each is about."""
        for row, about in self._written.undos:
            [[(number,)]] = self._session.run((self._sql.put_account_record, row))
            if about:
                links = [{"recipient": each, "number": number} for each in about]
                self._session.run((self._sql.put_about, links))


def history(
    session: Session, statements: Statements, codec: RowCodec, recipients: Sequence[str]
) -> tuple[AuditRecord, ...]:
    """Return every record about some recipients, in the order of commits."""
    names = {codec.privacy.token(each): each for each in recipients}
    return history_of(session, statements, codec, names)


def history_of(
    session: Session, statements: Statements, codec: RowCodec, names: Mapping[str, str]
) -> tuple[AuditRecord, ...]:
    """Return every record about the people with some tokens, each with its number or what stands for it."""
    listed = {"recipients": statements.list(list(names))}
    [rows] = session.run((statements.history_of, listed))
    return tuple(codec.record(row, names) for row in {row[0]: row for row in rows}.values())


def selected(selection: Selection, statements: Statements) -> Row:
    """Return the parameters of the statement `selected`."""
    return {
        "batch": selection.batch,
        "source": None if selection.source is None else selection.source.value,
        "since": optional_micros(selection.since),
        "until": optional_micros(selection.until),
        "some": int(bool(selection.events)),
        "events": statements.list(list(selection.events)),
    }
