"""Actions that a message can ask for, ways in which it can match, and the words that always ask for an action."""

from __future__ import annotations

from enum import Enum


class Action(Enum):
    """What a message asks a sender to do; ANSWER only to say something, by one of the rules' named answers.

    Declared strongest first: when two phrases of a message disagree, the
    earlier action wins (docs/language.md §5: when in doubt, opt-out).
    """

    OPT_OUT = "opt-out"
    HELP = "help"
    OPT_IN = "opt-in"
    ANSWER = "answer"

    def __init__(self, _: object) -> None:
        self.rank = len(type(self).__members__)
        """0 for the action that wins against all others."""

    # Members are one object each; Enum's own hash is a Python function, and matching hashes members often.
    __hash__ = object.__hash__


REQUESTS: tuple[Action, ...] = (Action.OPT_OUT, Action.HELP, Action.OPT_IN)
"""The actions that sections have, strongest first: all but the named answers, which are weaker than each of them."""


PROTECTED: dict[str, Action] = {
    "STOP": Action.OPT_OUT,
    "START": Action.OPT_IN,
    "HELP": Action.HELP,
}
"""The protected words and what they mean in every context of every ruleset (docs/language.md §4)."""


class MatchedBy(Enum):
    """How a message matched: the first of these that fires decides (docs/language.md §5)."""

    BUTTON = "button"
    EXACT = "exact"
    FILLER = "filler"
    STRETCH = "stretch"
    TYPO = "typo"
    LOOKALIKE = "lookalike"
    SENTENCE = "sentence"
    PHRASE = "phrase"
    KEYWORD_SENTENCE = "keyword-sentence"
    FRAME = "frame"
    SIMILAR = "similar"

    __hash__ = object.__hash__  # as for Action

    @property
    def certain(self) -> bool:
        """Whether the message was nothing but a keyword, spelt as the rules spell it, or a button of theirs."""
        return self in _CERTAIN


_CERTAIN = frozenset({MatchedBy.BUTTON, MatchedBy.EXACT, MatchedBy.FILLER})


class Tolerance(Enum):
    """How far a message may differ from an opt-out keyword and still be read as one (docs/language.md §5)."""

    TYPOS = "typos"
    LOOKALIKES = "lookalikes"
    STRETCHES = "stretches"
    NUMBERS = "numbers"

    __hash__ = object.__hash__  # as for Action


SUGGESTIBLE: dict[str, MatchedBy] = {
    "sentences": MatchedBy.SENTENCE,
    "phrases": MatchedBy.PHRASE,
    "keyword-sentences": MatchedBy.KEYWORD_SENTENCE,
    "frames": MatchedBy.FRAME,
}
"""The ways to match that may be told to suggest only, as `suggest` names them (docs/language.md §2)."""

SUGGESTIONS: dict[str, MatchedBy] = SUGGESTIBLE | {"similar": MatchedBy.SIMILAR}
"""All that `suggest` may name: those, and the suggester, which can do nothing else (docs/language.md §5)."""
