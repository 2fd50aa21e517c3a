"""What rules answer to a message, with no more than what measuring needs."""

from __future__ import annotations

from dataclasses import dataclass

from optoutlang.runtime.terms.action import Action, MatchedBy
from optoutlang.runtime.terms.decision import Decision


@dataclass(frozen=True, slots=True)
class Answer:
    """The action decided (None: none), or else the one only suggested, and how the rules came to it."""

    action: Action | None = None
    suggested: Action | None = None
    matched_by: MatchedBy | None = None


SILENCE = Answer()


def answer_of(decision: Decision | None) -> Answer:
    """Return a decision as an answer."""
    if decision is None:
        return SILENCE
    return Answer(decision.action, decision.suggested, decision.matched_by)
