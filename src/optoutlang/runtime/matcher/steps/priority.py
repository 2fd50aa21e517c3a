"""The one order of everything that may decide a message (docs/language.md §5)."""

from __future__ import annotations

from typing import NamedTuple

WHOLE_SENTENCE = 0
PART_OF_SENTENCE = 1
"""The parts of a message that a sentence and a phrase of the rules are: the whole goes before the part."""


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
    """`WHOLE_SENTENCE` or `PART_OF_SENTENCE`."""

    length: int = 0
    """How long it is, in tokens or characters, negated: the longest goes first."""

    place: int = 0
    """Where it stands, in tokens or sentences: the leftmost goes first."""
