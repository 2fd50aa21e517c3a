"""Where a guard looks for its words, seen from a frame's match (docs/language.md §5.26)."""

from __future__ import annotations

from enum import Enum


class Side(Enum):
    """Before the match, behind it, in its gaps, or anywhere in its sentence."""

    BEFORE = "before"
    AFTER = "after"
    BETWEEN = "between"
    ANYWHERE = "anywhere"

    __hash__ = object.__hash__  # as for Action

    @property
    def has_distance(self) -> bool:
        """Whether the guard says how many words are near enough."""
        return self in (Side.BEFORE, Side.AFTER)
