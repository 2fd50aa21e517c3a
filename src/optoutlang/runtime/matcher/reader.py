"""One context made ready to read messages: the steps that can fire there, and what it answers."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from enum import IntEnum

from optoutlang.runtime import native
from optoutlang.runtime.matcher.answers import Answers
from optoutlang.runtime.matcher.frame_matches import FrameMatch
from optoutlang.runtime.matcher.prefilter import MayFind, Prefilter
from optoutlang.runtime.matcher.pure_prefilter import PurePrefilter
from optoutlang.runtime.matcher.sieves import PARTS
from optoutlang.runtime.matcher.similar import Suggester
from optoutlang.runtime.matcher.steps import (
    AnswerStep,
    Candidate,
    ExactStep,
    FillerStep,
    FrameStep,
    Message,
    Step,
    TopicSentenceStep,
    TopicStep,
    place_of,
)
from optoutlang.runtime.program import ResolvedContext
from optoutlang.runtime.terms import Action, Decision, MatchedBy
from optoutlang.runtime.terms.similar import Similarity

ALL = -1
"""The places of all steps, as bits."""

_TOPIC_STEPS = 1 << place_of(TopicStep) | 1 << place_of(TopicSentenceStep)
_BESIDE_TOPICS = 1 << place_of(ExactStep) | 1 << place_of(FillerStep) | PARTS
"""Where one of these may find anything, so may the steps of topics: `may_find` takes their words for words of these."""

_Least = Callable[[Message, ResolvedContext], Candidate | None]


class Reader:
    """Reads messages in one context; immutable, and safe to share between threads.

    `may_find` tells, for a text and `hint`, the places of the steps that may find anything;
    that of named answers always counts, as does the suggester's behind all of them, if there is one.
    `is_prefiltered` says that the compiled prefilter alone tells them.
    """

    __slots__ = (
        "_always",
        "_context",
        "_filler",
        "_has_topics",
        "_least",
        "_steps",
        "_suggester",
        "_topics",
        "answers",
        "hint",
        "is_prefiltered",
        "may_find",
    )

    def __init__(
        self,
        steps: Iterable[Iterable[Step]],
        answers: Answers,
        prefilter: Prefilter | PurePrefilter | None = None,
        suggester: Suggester | None = None,
    ) -> None:
        """Take steps in groups; `prefilter` tells of which groups some step may find anything."""
        context = answers.context
        self._suggester = suggester if MatchedBy.SIMILAR in context.suggest else None
        applying = [[step for step in together if step.applies(context)] for together in steps]
        self.answers = answers
        self._context = context
        self._filler = context.filler
        self._steps = tuple(step for together in applying for step in together)
        self._least = tuple(
            (1 << place, _least_of(together)) for place, together in enumerate(applying) if together
        )
        self.may_find: MayFind = _all_steps
        self.hint = ALL
        if prefilter is not None:
            self.may_find, self.hint = prefilter.steps, prefilter.fillers(context.fillers)
        about_topics = (each for each in self._steps if isinstance(each, TopicSentenceStep))
        self._topics = next(about_topics, None)
        self._has_topics = bool(context.topic_keywords or context.topic_sentences)
        always = sum(1 << place for place, together in enumerate(applying) if _answers(together))
        if self._suggester is not None:
            always |= 1 << len(applying)
        self._always = always
        if always:
            self.may_find = _and(self.may_find, always)
        self.is_prefiltered = isinstance(prefilter, Prefilter) and not always

    @property
    def asks_always(self) -> bool:
        """Whether some steps are asked whatever a message is."""
        return bool(self._always)

    def scope(self, prefilter: Prefilter) -> native.prefilter.Scope:
        """Return what the fast path of a matcher asks for messages of this context."""
        return prefilter.scope(self._context.fillers, always=self._always, decide=self.decide_by)

    def message(self, text: str) -> Message:
        """Return a text as the steps read it here."""
        return Message(text, self._filler)

    def decide(self, text: str, preferred: str | None) -> Decision | None:
        """Return what a message means: the least candidate of the first step that has any decides."""
        return self.decide_by(self.may_find(text, self.hint), text, preferred)

    def decide_button(self, payload: str, text: str, preferred: str | None) -> Decision | None:
        """Return what a message with a button's payload means: what the button asks for, else what the text means.

        A text that is an opt-out for certain goes before a button that asks for something else, or for an
        opt-out of one topic where the text's is one of everything.
        """
        pressed = self.answers.pressed(payload, preferred)
        if _opts_out(pressed) is _Reach.EVERYTHING:
            return pressed
        written = self.decide(text, preferred)
        return written if pressed is None or _opts_out(written) > _opts_out(pressed) else pressed

    def with_topics(self, places: int) -> int:
        """Return some places, and those of topics where their words may stand."""
        return places | _TOPIC_STEPS if self._has_topics and places & _BESIDE_TOPICS else places

    def decide_by(self, places: int, text: str, preferred: str | None) -> Decision | None:
        """Return what a message means by the steps at some places, as bits; others, but for topics, find nothing."""
        if not places:
            return None
        places = self.with_topics(places)
        message, context = Message(text, self._filler), self._context
        for place, least in self._least:
            if places & place:
                candidate = least(message, context)
                if candidate is not None:
                    return self.decision(self._opting_out(candidate, message), preferred)
        suggester = self._suggester
        if suggester is not None and suggester.suggests(message.outside_quotes):
            return self.answers.suggestion(suggester.model, preferred)
        return None

    def _opting_out(self, candidate: Candidate, message: Message) -> Candidate:
        """Return what decides, given the first candidate: a topic's opt-out goes before parts that ask otherwise."""
        if self._topics is None or _is_settled(candidate):
            return candidate
        about = self._topics.least(message, self._context)
        is_opt_out = about is not None and about.meaning.action is Action.OPT_OUT
        return about if about is not None and is_opt_out else candidate

    def winner(self, message: Message, candidates: Sequence[Candidate]) -> Candidate | None:
        """Return which of all candidates of a message, in the order of their priorities, decides it."""
        first = next((each for each in candidates if each.decides), None)
        if first is None:
            return None
        decisive = self._opting_out(first, message)
        same = (each for each in candidates if each.priority == decisive.priority)
        return next(same, decisive)

    def similarity(self, message: Message) -> Similarity | None:
        """Return how similar a message is to opt-outs; None where nothing is suggested for that."""
        suggester = self._suggester
        return None if suggester is None else suggester.similarity(message.outside_quotes)

    def suggestion(self, found: Similarity | None, preferred: str | None) -> Decision | None:
        """Return the answer to a message that no rule decides, by how similar it is to opt-outs."""
        suggester = self._suggester
        if suggester is None or found is None or not found.suggests:
            return None
        return self.answers.suggestion(suggester.model, preferred)

    def candidates(self, message: Message) -> Iterator[Candidate]:
        """Yield all that fires in a message, whatever goes before what."""
        for step in self._steps:
            yield from step.candidates(message, self._context)

    def frames(self, message: Message) -> Iterator[FrameMatch]:
        """Yield each frame whose words stand in a message, with what takes it back."""
        for step in self._steps:
            if isinstance(step, FrameStep):
                for match, lost, _ in step.matches(message, self._context):
                    frame, place = match.frame.frame, match.place
                    start, end = place.written(match.start, match.end)
                    yield FrameMatch(
                        action=frame.action,
                        keyword=frame.origin.spelling,
                        rule=self.answers.place(frame.origin),
                        language=frame.origin.language,
                        start=start,
                        end=end,
                        parts=tuple(step.named(match)),
                        lost=lost,
                    )

    def decision(self, candidate: Candidate, preferred: str | None) -> Decision:
        """Return the answer to a message that a candidate decides."""
        return self.answers.decision(
            candidate.key, candidate.meaning, candidate.matched_by, preferred
        )


class _Reach(IntEnum):
    NOTHING = 0
    TOPIC = 1
    EVERYTHING = 2


def _opts_out(decision: Decision | None) -> _Reach:
    """Return what a decision opts out of, for certain."""
    if decision is None or decision.action is not Action.OPT_OUT or not decision.certain:
        return _Reach.NOTHING
    return _Reach.EVERYTHING if decision.topic is None else _Reach.TOPIC


def _all_steps(_: str, places: int) -> int:
    return places


def _answers(together: Iterable[Step]) -> bool:
    return any(isinstance(step, AnswerStep) for step in together)


def _is_settled(candidate: Candidate) -> bool:
    """Whether a candidate is the whole message, or opts out anyway."""
    return bool(candidate.key) or candidate.meaning.action is Action.OPT_OUT


def _and(may_find: MayFind, always: int) -> MayFind:
    """Return what tells the same places, and some that always count."""

    def places(text: str, hint: int) -> int:
        return may_find(text, hint) | always

    return places


def _least_of(together: list[Step]) -> _Least:
    """Return what asks steps that compete for the least candidate of them all."""
    if len(together) == 1:
        return together[0].least

    asked = tuple(step.least for step in together)

    def least(message: Message, context: ResolvedContext) -> Candidate | None:
        best = None
        for ask in asked:
            candidate = ask(message, context)
            if candidate is not None and (best is None or candidate.priority < best.priority):
                best = candidate
        return best

    return least
