"""The steps in which a message is read, in the order in which they decide (docs/language.md §5).

To add a way to match: write a module with a `Step`, name it here, and give it
a `MatchedBy`. What a step is, and what another implementation must keep, is
told in `steps.step`.
"""

from __future__ import annotations

from optoutlang.runtime.matcher.steps.answer import AnswerStep
from optoutlang.runtime.matcher.steps.exact import ExactStep
from optoutlang.runtime.matcher.steps.filler import FillerStep
from optoutlang.runtime.matcher.steps.frame import FrameStep
from optoutlang.runtime.matcher.steps.message import Message
from optoutlang.runtime.matcher.steps.phrase import PhraseStep
from optoutlang.runtime.matcher.steps.priority import (
    FORMS,
    KEYWORD_SENTENCE,
    PART_OF_SENTENCE,
    WHOLE_SENTENCE,
    Priority,
)
from optoutlang.runtime.matcher.steps.sentence import SentenceStep
from optoutlang.runtime.matcher.steps.step import Candidate, Span, Step
from optoutlang.runtime.matcher.steps.tolerated import ToleratedStep
from optoutlang.runtime.matcher.steps.topic import TopicSentenceStep, TopicStep
from optoutlang.runtime.program import Program

__all__ = [
    "FORMS",
    "KEYWORD_SENTENCE",
    "PART_OF_SENTENCE",
    "STEPS",
    "WHOLE_SENTENCE",
    "AnswerStep",
    "Candidate",
    "ExactStep",
    "FillerStep",
    "FrameStep",
    "Message",
    "PhraseStep",
    "Priority",
    "SentenceStep",
    "Span",
    "Step",
    "ToleratedStep",
    "TopicSentenceStep",
    "TopicStep",
    "make_steps",
    "place_of",
]

STEPS: tuple[tuple[type[Step], ...], ...] = (
    (ExactStep,),
    (FillerStep, TopicStep),
    (ToleratedStep,),
    (SentenceStep, PhraseStep),
    (FrameStep, TopicSentenceStep),
    (AnswerStep,),
)
"""The first of these that has a candidate decides; steps that stand together compete by priority."""


def make_steps(program: Program) -> tuple[tuple[Step, ...], ...]:
    """Return the steps of a program, grouped as in `STEPS`."""
    return tuple(
        tuple(step(program, place) for step in together) for place, together in enumerate(STEPS)
    )


def place_of(step: type[Step]) -> int:
    """Return where a step stands among `STEPS`: the `step` of its candidates' priorities."""
    return next(place for place, together in enumerate(STEPS) if step in together)
