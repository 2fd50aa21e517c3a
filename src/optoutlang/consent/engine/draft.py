"""A draft: the rows of one recipient while an event writes to them."""

from __future__ import annotations

from datetime import datetime

from optoutlang.consent.engine.effect import CancelPending, Effect
from optoutlang.consent.engine.record import Change
from optoutlang.consent.engine.scope import Key
from optoutlang.consent.engine.state import Consent, ConsentState, Mark, MarkKind


class Draft:
    """Collects what an event changes: rows, what it did to each, and effects. It lives for one event."""

    __slots__ = ("_before", "changes", "effects", "states", "written")

    def __init__(self, states: tuple[ConsentState, ...]) -> None:
        self._before = states
        self.states = states
        """All rows as they are now."""
        self.written: tuple[ConsentState, ...] = ()
        """The rows to write."""
        self.changes: tuple[Change, ...] = ()
        self.effects: tuple[Effect, ...] = ()

    def row(self, key: Key) -> ConsentState:
        """Return the row of a key as it is now."""
        return _find(self.states, key) or ConsentState(key)

    def put(self, row: ConsentState) -> None:
        """Replace a row."""
        self.states = _with(self.states, row)
        self.written = _with(self.written, row)

    def add(self, key: Key, kind: MarkKind, mark: Mark) -> None:
        """Add a mark to a row."""
        self.put(self.row(key).heard(kind, mark))

    def change(
        self,
        key: Key,
        marks: tuple[tuple[MarkKind, Mark], ...],
        before: Consent,
        after: Consent,
    ) -> None:
        """Note what became of a row, and let pending messages end where it opted out."""
        row = self.row(key)
        change = Change(key, _find(self._before, key), row, before, after, marks)
        self.changes = (*self.changes, change)
        if after is Consent.OPTED_OUT and before is not Consent.OPTED_OUT:
            cause = row.marks.cause
            if cause is not None:
                self.effects = (*self.effects, CancelPending(key=key, cause=cause))

    def write(self, key: Key, kind: MarkKind, mark: Mark, at: datetime) -> None:
        """Add a mark to a row that is looked at by itself, and note the change."""
        before = self.row(key).marks.consent(at)
        self.add(key, kind, mark)
        self.change(key, ((kind, mark),), before, self.row(key).marks.consent(at))

    def do(self, effect: Effect) -> None:
        """Add an effect."""
        self.effects = (*self.effects, effect)


def _find(rows: tuple[ConsentState, ...], key: Key) -> ConsentState | None:
    for row in rows:
        if row.key is key or row.key == key:
            return row
    return None


def _with(rows: tuple[ConsentState, ...], row: ConsentState) -> tuple[ConsentState, ...]:
    if not rows:
        return (row,)
    key = row.key
    return (*[each for each in rows if each.key is not key and each.key != key], row)
