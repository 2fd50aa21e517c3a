"""The statements of the hot paths, compiled once for a database.

They run on the driver's own cursors, as SQLAlchemy's execution would cost
more than the statements do; what each says stays SQLAlchemy Core. Lists go in
as one parameter: an array on PostgreSQL, JSON on SQLite.
"""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import Any

from sqlalchemy import (
    BigInteger,
    ColumnElement,
    CompoundSelect,
    Dialect,
    Integer,
    LargeBinary,
    Select,
    Table,
    Text,
    UpdateBase,
    any_,
    bindparam,
    func,
    or_,
    select,
    union_all,
)
from sqlalchemy.dialects import postgresql, sqlite
from sqlalchemy.dialects.postgresql import ARRAY

from optoutlang.consent.stores.sql.tables import (
    ABOUT,
    AUDIT,
    CLAIM,
    HEAD,
    IMPORT,
    META,
    OUTBOX,
    REVIEW,
    STATE,
)

_RECORD = (
    AUDIT.c.number,
    AUDIT.c.recipient,
    AUDIT.c.event,
    AUDIT.c.at,
    AUDIT.c.source,
    AUDIT.c.outcome,
    AUDIT.c.batch,
    AUDIT.c.facts,
    AUDIT.c.texts,
)
_LINK = (AUDIT.c.shard, AUDIT.c.position, AUDIT.c.previous)


@dataclass(frozen=True, slots=True)
class Values:
    """A statement for few rows, on PostgreSQL: its text before, of and behind the values of each, by position.

    psycopg writes arrays in Python and single values in C. `several` says that it takes more than one row.
    """

    before: str
    row: str
    behind: str
    columns: tuple[str, ...]
    several: bool = True

    def text(self, rows: int) -> str:
        """Return the statement for a number of rows."""
        return f"{self.before}{', '.join([self.row] * rows)}{self.behind}"

    def parameters(self, rows: Sequence[Mapping[str, object]]) -> list[object]:
        """Return the parameters of some rows."""
        return [row[name] for row in rows for name in self.columns]


@dataclass(frozen=True, slots=True)
class Statement:
    """A statement's text, and the parameters that are the same at every use."""

    text: str
    constants: Mapping[str, object] = field(default_factory=dict)
    many: str | None = None
    """On PostgreSQL the same for many rows: each parameter is an array, and named `<table>_<parameter>`."""
    few: Values | None = None
    table: str = ""

    def columns(self, rows: Sequence[Mapping[str, object]]) -> dict[str, list[object]]:
        """Return the parameters of `many` for some rows (one at least)."""
        return {f"{self.table}_{name}": [each[name] for each in rows] for name in rows[0]}


class Statements:
    """SQL text for each thing that a store does, with named parameters."""

    def __init__(self, dialect: Dialect) -> None:
        """Compile the statements for a dialect."""
        self._dialect = dialect
        self.postgresql = dialect.name == "postgresql"
        insert = postgresql.insert if self.postgresql else sqlite.insert
        self.begin = Statement("BEGIN" if self.postgresql else "BEGIN IMMEDIATE")
        self.plan_once = Statement("SET LOCAL plan_cache_mode = force_generic_plan")
        """On PostgreSQL, for batches: a plan for so many partitions costs more to make anew than it could win."""
        self.begin_reading = Statement(
            "BEGIN ISOLATION LEVEL REPEATABLE READ READ ONLY" if self.postgresql else "BEGIN"
        )
        self.commit = Statement("COMMIT")
        self.claim = self._sql(
            insert(CLAIM).on_conflict_do_nothing().returning(CLAIM.c.event), columns=CLAIM.c.keys()
        )
        self.taken = self._sql(select(CLAIM.c.event).where(self._within(CLAIM.c.event, "events")))
        self.put_claim = self._sql(insert(CLAIM).on_conflict_do_nothing(), columns=CLAIM.c.keys())
        heads = select(HEAD.c.shard, HEAD.c.records, HEAD.c.hash)
        locked = heads.where(self._within(HEAD.c.shard, "shards")).order_by(HEAD.c.shard)
        self.lock = self._sql(locked.with_for_update() if self.postgresql else locked)
        one = heads.where(HEAD.c.shard == bindparam("shard"))
        self.lock_one = self._sql(one.with_for_update() if self.postgresql else one)
        self.heads = self._sql(heads.order_by(HEAD.c.shard))
        states = select(
            STATE.c.recipient, STATE.c.scope, STATE.c.channels, STATE.c.facts, STATE.c.texts
        )
        self.states = self._sql(states.where(STATE.c.recipient == bindparam("recipient")))
        self.states_of = self._sql(states.where(self._within(STATE.c.recipient, "recipients")))
        self.all_states = self._sql(states.order_by(STATE.c.recipient))
        short = (STATE.c.recipient, STATE.c.scope, STATE.c.channels, STATE.c.out)
        within = self._within(STATE.c.recipient, "recipients")
        self.summaries = self._sql(select(*short).where(within))
        self.packed_states = self._sql(select(*short, STATE.c.facts, STATE.c.texts).where(within))
        state = insert(STATE)
        self.put_state = self._sql(
            state.on_conflict_do_update(
                index_elements=["recipient", "scope", "channels"],
                set_={each: state.excluded[each] for each in ("out", "facts", "texts")},
            ),
            columns=STATE.c.keys(),
        )
        numbered = [each for each in AUDIT.c.keys() if each != "number"]  # noqa: SIM118 - no mapping
        self.put_record = self._sql(insert(AUDIT), columns=numbered)
        self.put_account_record = self._sql(
            insert(AUDIT).returning(AUDIT.c.number), columns=numbered
        )
        self.put_about = self._sql(insert(ABOUT), columns=ABOUT.c.keys())
        self.put_head = self._sql(
            HEAD.update()
            .where(HEAD.c.shard == bindparam("key"))
            .values(records=bindparam("records"), hash=bindparam("hash"))
        )
        self.put_effect = self._sql(insert(OUTBOX), columns=["recipient", "event", "effect"])
        review = insert(REVIEW)
        self.put_review = self._sql(
            review.on_conflict_do_update(
                index_elements=["event"],
                set_={"open": review.excluded.open, "review": review.excluded.review},
            ),
            columns=REVIEW.c.keys(),
        )
        self._reads()
        self._imports()
        if self.postgresql:
            self._write_many()

    def _reads(self) -> None:
        about = (
            select(*_RECORD)
            .join(ABOUT, ABOUT.c.number == AUDIT.c.number)
            .where(AUDIT.c.recipient == "")
        )
        self.history_of = self._sql(
            union_all(
                select(*_RECORD).where(self._within(AUDIT.c.recipient, "recipients")),
                about.where(self._within(ABOUT.c.recipient, "recipients")),
            ).order_by("number")
        )
        self.records = self._sql(select(*_RECORD, *_LINK).order_by(AUDIT.c.number))
        self.selected = self._sql(
            select(*_RECORD)
            .where(
                self._optional("batch", AUDIT.c.batch),
                self._optional("source", AUDIT.c.source),
                self._optional("since", AUDIT.c.at, at_least=True),
                self._optional("until", AUDIT.c.at, at_most=True),
                or_(
                    bindparam("some", type_=Integer) == 0,
                    self._within(AUDIT.c.event, "events"),
                ),
            )
            .order_by(AUDIT.c.number)
        )
        self.provider_changes = self._sql(
            select(func.count()).where(
                AUDIT.c.source == "provider",
                AUDIT.c.outcome == "changed",
                AUDIT.c.at >= bindparam("since"),
            )
        )
        self.review = self._sql(select(REVIEW).where(REVIEW.c.event == bindparam("event")))
        self.reviews = self._sql(
            select(REVIEW)
            .where(REVIEW.c.open == 1, REVIEW.c.event > bindparam("after"))
            .order_by(REVIEW.c.event)
            .limit(bindparam("most"))
        )
        self.outbox = self._sql(select(OUTBOX).order_by(OUTBOX.c.number).limit(bindparam("most")))
        self.done = self._sql(OUTBOX.delete().where(self._within(OUTBOX.c.number, "numbers")))
        self.counts = self._sql(
            select(
                select(func.count(func.distinct(STATE.c.recipient))).scalar_subquery(),
                select(func.count()).select_from(STATE).scalar_subquery(),
                select(func.coalesce(func.sum(HEAD.c.records), 0)).scalar_subquery(),
                select(func.count())
                .select_from(REVIEW)
                .where(REVIEW.c.open == 1)
                .scalar_subquery(),
                select(func.count()).select_from(OUTBOX).scalar_subquery(),
            )
        )
        first = select(func.min(AUDIT.c.number)).where(
            AUDIT.c.recipient != "",
            AUDIT.c.recipient.not_in(select(STATE.c.recipient)),
        )
        self.without_state = self._sql(
            select(*_RECORD).where(AUDIT.c.number.in_(first.group_by(AUDIT.c.recipient)))
        )
        self.privacy = self._sql(select(META.c.value).where(META.c.name == "privacy"))

    def _imports(self) -> None:
        made = (postgresql.insert if self.postgresql else sqlite.insert)(IMPORT)
        changed = ("rows", "accepted", "rejected", "finished")
        self.put_import = self._sql(
            made.on_conflict_do_update(
                index_elements=["batch"], set_={each: made.excluded[each] for each in changed}
            ),
            columns=IMPORT.c.keys(),
        )
        self.progress = self._sql(select(IMPORT).where(IMPORT.c.batch == bindparam("batch")))

    def _write_many(self) -> None:
        state = "ON CONFLICT (recipient, scope, channels) DO UPDATE SET "
        state += ", ".join(f'"{each}" = excluded."{each}"' for each in ("out", "facts", "texts"))
        claims = list(CLAIM.c.keys())
        self.put_claim = _many(
            self.put_claim, CLAIM, claims, "ON CONFLICT DO NOTHING RETURNING event"
        )
        self.put_state = _many(self.put_state, STATE, list(STATE.c.keys()), state)
        numbered = [each for each in AUDIT.c.keys() if each != "number"]  # noqa: SIM118 - no mapping
        self.put_record = _many(self.put_record, AUDIT, numbered)
        self.put_effect = _many(self.put_effect, OUTBOX, ["recipient", "event", "effect"])
        head = (
            "UPDATE consent_head SET records = u.records, hash = u.hash FROM unnest("
            "%(consent_head_key)b::integer[], %(consent_head_records)b::bigint[], "
            "%(consent_head_hash)b::bytea[]) AS u(key, records, hash) WHERE shard = u.key"
        )
        self.summaries = _of_many("recipient, scope, channels, out")
        self.packed_states = _of_many("recipient, scope, channels, out, facts, texts")
        self.states_of = _of_many("recipient, scope, channels, facts, texts")
        one = Values(
            "UPDATE consent_head SET ",
            "records = %b::bigint, hash = %b::bytea WHERE shard = %b::integer",
            "",
            ("records", "hash", "key"),
            several=False,
        )
        self.put_head = replace(self.put_head, many=head, few=one, table=HEAD.name)

    def list(self, values: Sequence[str] | Sequence[int]) -> object:
        """Return a list as the parameter that statements with lists take."""
        if self.postgresql:
            return list(values)
        return json.dumps(values)

    def _within(
        self, member: ColumnElement[str] | ColumnElement[int], name: str
    ) -> ColumnElement[bool]:
        if self.postgresql:
            return member == any_(bindparam(name, type_=ARRAY(member.type)))
        values = func.json_each(bindparam(name, type_=Text)).table_valued("value")
        return member.in_(select(values.c.value))

    def _optional(
        self,
        name: str,
        member: ColumnElement[str] | ColumnElement[int],
        *,
        at_least: bool = False,
        at_most: bool = False,
    ) -> ColumnElement[bool]:
        given = bindparam(name, type_=member.type)
        if at_least:
            return or_(given.is_(None), member >= given)
        return or_(given.is_(None), member <= given if at_most else member == given)

    def _sql(
        self, statement: Select[Any] | CompoundSelect[Any] | UpdateBase, columns: Sequence[str] = ()
    ) -> Statement:
        compiled = statement.compile(dialect=self._dialect, column_keys=columns or None)
        constants = {name: value for name, value in compiled.params.items() if value is not None}
        return Statement(str(compiled), constants)


def _many(
    statement: Statement, table: Table, columns: Sequence[str], conflict: str = ""
) -> Statement:
    """Return an insert that can also take few rows as values, or all as arrays; they go in in their order."""
    names = ", ".join(f'"{each}"' for each in columns)
    arrays = ", ".join(
        # In binary: psycopg writes an array of texts letter by letter, which took a fifth of an import.
        f"%({table.name}_{each})b::{_TYPES[type(table.c[each].type)]}[]"
        for each in columns
    )
    many = (
        f"INSERT INTO {table.name} ({names}) SELECT {names} "  # noqa: S608 - our own names
        f"FROM unnest({arrays}) WITH ORDINALITY AS u({names}, ordinal) ORDER BY ordinal {conflict}"
    )
    values = ", ".join(f"%b::{_TYPES[type(table.c[each].type)]}" for each in columns)
    few = Values(
        f"INSERT INTO {table.name} ({names}) VALUES ",  # noqa: S608 - our own names
        f"({values})",
        f" {conflict}",
        tuple(columns),
    )
    return replace(statement, many=many, few=few, table=table.name)


def _of_many(columns: str) -> Statement:
    """Return the query of many recipients' rows on PostgreSQL.

    Not `= ANY`: with that each partition is searched for every number, and not for its own alone.
    """
    return Statement(
        "SELECT s.* FROM unnest(%(recipients)b::text[]) AS u(recipient) CROSS JOIN LATERAL "  # noqa: S608 - our own names
        f"(SELECT {columns} FROM consent_state AS c WHERE c.recipient = u.recipient OFFSET 0) AS s"
    )


_TYPES: dict[type, str] = {
    Text: "text",
    BigInteger: "bigint",
    Integer: "integer",
    LargeBinary: "bytea",
}
