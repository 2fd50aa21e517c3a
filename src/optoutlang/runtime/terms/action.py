"""What a message can ask for, and the words that always ask for it."""

from __future__ import annotations

from enum import Enum


class Action(Enum):
    """What a message asks a sender to do.

    Declared strongest first: when two phrases of a message disagree, the
    earlier action wins (docs/language.md §5: when in doubt, opt-out).
    """

    OPT_OUT = "opt-out"
    HELP = "help"
    OPT_IN = "opt-in"

    @property
    def rank(self) -> int:
        """0 for the action that wins against all others."""
        return _RANKS[self]


_RANKS = {action: rank for rank, action in enumerate(Action)}

PROTECTED: dict[str, Action] = {
    "STOP": Action.OPT_OUT,
    "START": Action.OPT_IN,
    "HELP": Action.HELP,
}
"""The protected words and what they mean in every context of every ruleset (docs/language.md §4)."""


class MatchedBy(Enum):
    """How a message matched: the first of these that fires decides (docs/language.md §5)."""

    EXACT = "exact"
    FILLER = "filler"
    STRETCH = "stretch"
    TYPO = "typo"
    LOOKALIKE = "lookalike"
    SENTENCE = "sentence"
    PHRASE = "phrase"

    @property
    def certain(self) -> bool:
        """Whether the message was nothing but a keyword, spelt as the rules spell it."""
        return self in _CERTAIN


_CERTAIN = frozenset({MatchedBy.EXACT, MatchedBy.FILLER})


class Tolerance(Enum):
    """In how far a message may differ from an opt-out keyword and still be read as one (docs/language.md §5)."""

    TYPOS = "typos"
    LOOKALIKES = "lookalikes"
    STRETCHES = "stretches"
    NUMBERS = "numbers"


SUGGESTIBLE: dict[str, MatchedBy] = {
    "sentences": MatchedBy.SENTENCE,
    "phrases": MatchedBy.PHRASE,
}
"""The ways to match that may be told to suggest only, as `suggest` names them (docs/language.md §2)."""
