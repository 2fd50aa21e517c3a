"""A draft: the rows of one recipient while an event writes to them."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime

from optoutlang.consent.engine.effect import CancelPending, Effect
from optoutlang.consent.engine.record import Change
from optoutlang.consent.engine.scope import Key
from optoutlang.consent.engine.state import Consent, ConsentState, Mark, MarkKind


class Draft:
    """Collects what an event changes: rows, what it did to each, and effects. It lives for one event."""

    __slots__ = ("_found", "_rows", "changes", "effects")

    def __init__(self, states: tuple[ConsentState, ...]) -> None:
        self._found = states
        self._rows: dict[Key, ConsentState] = {}
        self.changes: list[Change] = []
        self.effects: list[Effect] = []

    def row(self, key: Key) -> ConsentState:
        """Return the row of a key as it is now."""
        row = self._rows.get(key)
        return row or self.found(key) or ConsentState(key)

    def found(self, key: Key) -> ConsentState | None:
        """Return the row of a key as the store had it, or None."""
        return next((each for each in self._found if each.key == key), None)

    def put(self, row: ConsentState) -> None:
        """Replace a row."""
        self._rows[row.key] = row

    def add(self, key: Key, kind: MarkKind, mark: Mark) -> None:
        """Add a mark to a row."""
        row = self.row(key)
        self.put(replace(row, marks=row.marks.add(kind, mark)))

    @property
    def states(self) -> tuple[ConsentState, ...]:
        """All rows as they are now."""
        if not self._rows:
            return self._found
        kept = tuple(each for each in self._found if each.key not in self._rows)
        return kept + tuple(self._rows.values())

    @property
    def written(self) -> tuple[ConsentState, ...]:
        """The rows to write."""
        return tuple(self._rows.values())

    def change(
        self,
        key: Key,
        marks: tuple[tuple[MarkKind, Mark], ...],
        before: Consent,
        after: Consent,
    ) -> None:
        """Note what became of a row, and let pending messages end where it opted out."""
        self.changes.append(Change(key, self.found(key), self.row(key), before, after, marks))
        if after is Consent.OPTED_OUT and before is not Consent.OPTED_OUT:
            cause = self.row(key).marks.cause
            if cause is not None:
                self.effects.append(CancelPending(key=key, cause=cause))

    def write(self, key: Key, kind: MarkKind, mark: Mark, at: datetime) -> None:
        """Add a mark to a row that is looked at by itself, and note the change."""
        before = self.row(key).marks.consent(at)
        self.add(key, kind, mark)
        self.change(key, ((kind, mark),), before, self.row(key).marks.consent(at))
