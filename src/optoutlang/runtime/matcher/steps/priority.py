"""The one order of everything that may decide a message (docs/language.md §5)."""

from __future__ import annotations

from typing import NamedTuple


class Priority(NamedTuple):
    """What orders candidates: of two, the one with the lesser priority decides.

    The fields count in their order; one that means nothing for a step is 0.
    Each has a name, so that nobody needs to know at which place it stands.
    """

    step: int
    """The place of the step in `STEPS`: an earlier step goes before all that a later one finds."""

    variant: int = 0
    """What the step itself tries first: a keyword once before one that is repeated, a stretch before a typo."""

    rank: int = 0
    """The rank of the action: opt-out, help, opt-in (`Action.rank`)."""

    part: int = 0
    """0 for a whole sentence, 1 for a phrase in one."""

    length: int = 0
    """How long it is, in tokens or characters, negated: the longest goes first."""

    place: int = 0
    """Where it stands, in tokens or sentences: the leftmost goes first."""
