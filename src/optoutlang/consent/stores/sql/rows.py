"""Rows of the database from the engine's values, and back, under the store's privacy."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from functools import lru_cache
from typing import Any

from optoutlang.consent.engine.channel import ChannelSet
from optoutlang.consent.engine.effect import CancelPending, Effect, Forward
from optoutlang.consent.engine.record import AuditRecord, Review
from optoutlang.consent.engine.scope import Key, Scope
from optoutlang.consent.engine.state import ConsentState
from optoutlang.consent.engine.wire import decode, decode_any, encode
from optoutlang.consent.stores.chain import ACCOUNT, record_hash, shard_of
from optoutlang.consent.stores.port import OutboxItem, StoreError, is_out
from optoutlang.consent.stores.privacy import Privacy
from optoutlang.consent.stores.rows.record_row import Columns, read_record, record_facts
from optoutlang.consent.stores.rows.state_row import read_state, state_facts
from optoutlang.consent.stores.rows.texts import Entry, Reader, Texts, digest, dump, reader, salted
from optoutlang.consent.stores.rows.times import micros

Row = dict[str, object]
Found = tuple[Any, ...]  # a row as the driver gives it
Place = tuple[int, int, bytes]

DAMAGE = (ValueError, KeyError, IndexError, TypeError, AttributeError)
"""What reading a row raises that somebody changed, or that a disk did."""

_CHANNELS = {each.value: each for each in ChannelSet}
_scope = lru_cache(maxsize=4096)(Scope.parse)  # an account has few, and every row names one


@dataclass(frozen=True, slots=True)
class RowCodec:
    """Writes and reads rows."""

    privacy: Privacy

    def state_row(self, state: ConsentState) -> Row:
        """Return the row of a state; the first of its texts is the number."""
        texts = Texts()
        number = texts.add(state.key.recipient)
        assert number == 0  # noqa: S101 - what `state` leaves out
        facts = state_facts(state, texts)
        token = self.privacy.token(state.key.recipient)
        return {
            "recipient": token,
            "scope": str(state.key.scope),
            "channels": state.key.channels.value,
            "out": int(is_out(state)),
            "facts": dump(facts).decode("ascii"),
            "texts": self.privacy.seal(token, dump(texts.texts)),
        }

    def state(self, row: Found, recipient: str | None = None) -> ConsentState:
        """Return the state of a row, for a recipient if the caller knows whose it is."""
        try:
            token, scope, channels, facts, texts = row
            # Decoded here, as json would first look which encoding it is.
            found = json.loads(self.privacy.unseal(token, texts).decode("ascii"))
            key = Key(
                recipient or found[0] or self.privacy.stand_in(token),
                _scope(scope),
                _CHANNELS[channels],
            )
            return read_state(key, json.loads(facts), Reader(found))
        except DAMAGE as error:
            raise damaged(f"the state of `{row[0]}` ({row[1]} {row[2]})") from error

    def record_row(self, record: AuditRecord, head: tuple[int, bytes]) -> tuple[Row, bytes]:
        """Return the row of a record behind a head (records so far, last hash), and its own hash."""
        texts = Texts()
        facts = dump(record_facts(record, texts))
        entries = salted(texts.texts)
        token = "" if record.recipient is None else self.privacy.token(record.recipient)
        columns = Columns(
            record.event,
            micros(record.at),
            record.source.value,
            record.outcome.value,
            record.batch,
        )
        shard = self.shard(record.recipient)
        place: Place = (shard, head[0] + 1, head[1])
        row: Row = {
            "recipient": token,
            "shard": shard,
            "position": place[1],
            "previous": place[2],
            "event": columns.event,
            "at": columns.at,
            "source": columns.source,
            "outcome": columns.outcome,
            "batch": columns.batch,
            "facts": facts.decode("ascii"),
            "texts": self.privacy.seal(token, dump(entries)),
        }
        return row, record_hash(place, token, columns, facts, digest(entries))

    def record(self, row: Found, names: Mapping[str, str] | None = None) -> AuditRecord:
        """Return the record of a row; `names` are the numbers of tokens that the caller knows."""
        try:
            _, token, event, at, source, outcome, batch, facts, texts = row[:9]
            columns = Columns(event, at, source, outcome, batch)
            return read_record(
                columns,
                json.loads(facts),
                reader(self.entries(token, texts), names, self.privacy.stand_in),
            )
        except DAMAGE as error:
            raise damaged(f"the record {row[0]} (event `{row[2]}`)") from error

    def entries(self, token: str, texts: bytes) -> list[Entry]:
        """Return the entries of an audit record's texts."""
        found: list[Entry] = json.loads(self.privacy.unseal(token, texts))
        return found

    def shard(self, recipient: str | None) -> int:
        """Return the chain of a recipient, or of what is about no single one."""
        return ACCOUNT if recipient is None else shard_of(self.privacy.token(recipient))

    def effect_row(self, event: str, effect: Effect) -> Row:
        """Return the row of an effect of an event."""
        token = self.privacy.token(_recipient(effect))
        return {
            "recipient": token,
            "event": event,
            "effect": self.privacy.seal(token, dump(encode(effect))),
        }

    def item(self, row: Found) -> OutboxItem:
        """Return the outbox item of a row."""
        number, token, event, data = row
        try:
            effect = decode_any(json.loads(self.privacy.unseal(token, data)))
            if not isinstance(effect, Effect):
                raise StoreError(f"the outbox row {number} holds no effect")
            return OutboxItem(number, event, effect)
        except DAMAGE as error:
            raise damaged(f"the outbox row {number}") from error

    def review_row(self, review: Review) -> Row:
        """Return the row of a review."""
        token = self.privacy.token(review.key.recipient)
        return {
            "event": review.event,
            "recipient": token,
            "at": micros(review.mark.at),
            "open": int(review.accepted is None),
            "review": self.privacy.seal(token, dump(encode(review))),
        }

    def review(self, row: Found) -> Review:
        """Return the review of a row."""
        try:
            return decode(Review, json.loads(self.privacy.unseal(row[1], row[4])))
        except DAMAGE as error:
            raise damaged(f"the review `{row[0]}`") from error


def damaged(row: str) -> StoreError:
    """Return the error of a row that cannot be read."""
    return StoreError(
        f"{row} cannot be read: it was changed or damaged; `optout consent verify` lists every such row"
    )


@contextmanager
def reading(row: str) -> Iterator[None]:
    """Turn what reading a damaged row raises into a `StoreError` that names the row.

    Raises:
        StoreError: the row cannot be read.
    """
    try:
        yield
    except DAMAGE as error:
        raise damaged(row) from error


def _recipient(effect: Effect) -> str:
    """Return whom an effect is about."""
    if isinstance(effect, Forward):
        return effect.message.recipient
    return effect.key.recipient if isinstance(effect, CancelPending) else effect.recipient
