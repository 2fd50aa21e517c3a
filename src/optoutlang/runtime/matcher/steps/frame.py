"""Step 5: a frame's words stand in a sentence outside quotes, in order, and nothing takes the match back.

All frames of an action that match are one candidate: its meaning has an origin for each of their languages, so that the
language is chosen among them as it is for a keyword of several languages.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from itertools import chain
from typing import NamedTuple

from optoutlang.runtime.matcher.frame_matches import (
    RowMatch,
    taken_back_by,
    traced,
    unguarded,
)
from optoutlang.runtime.matcher.frame_places import Place, except_from, place_of, places
from optoutlang.runtime.matcher.frames import (
    AnchoredRow,
    FrameIndex,
    Guarded,
    StandingRows,
    bits_in,
    row_ends,
    union,
)
from optoutlang.runtime.matcher.lexicon import HEAD, Lexicon, bit_of, numbers_of
from optoutlang.runtime.matcher.search import ExceptionSpans, PhraseAutomaton
from optoutlang.runtime.matcher.sentence_masks import SentenceMasks
from optoutlang.runtime.matcher.steps.message import Message
from optoutlang.runtime.matcher.steps.priority import Priority
from optoutlang.runtime.matcher.steps.step import Candidate, Span, Step
from optoutlang.runtime.program import Meaning, Origin, Program, ResolvedContext
from optoutlang.runtime.terms import REQUESTS, Action, MatchedBy, Tolerance

Exceptions = Mapping[Action, ExceptionSpans]


class Scope(NamedTuple):
    """What of a context the step needs: its frames, those that it does not have from the base, filler of one token."""

    frames: frozenset[int]
    own: frozenset[int]
    fillers: frozenset[str]
    slips: bool

    def in_order(self, numbers: Iterable[int]) -> list[int]:
        """Return numbers of frames in the order in which they go first: the country's own, then by place."""
        return sorted(numbers, key=lambda each: (each not in self.own, each))


_NONE: tuple[list[AnchoredRow], dict[int, list[int]]] = ([], {})
_NOTHING = Scope(frozenset(), frozenset(), frozenset(), slips=False)


class Explained(NamedTuple):
    """A match of a frame, and what takes it back, None if nothing does."""

    match: RowMatch
    lost: str | None
    excepted_by: Meaning | None = None


class _Made:
    """What the step works with, made when a message first needs it: most messages do without."""

    __slots__ = ("exceptions", "index", "lexicon", "scopes")

    def __init__(self, program: Program) -> None:
        self.index = FrameIndex(program.frames)
        self.lexicon = Lexicon(program.frames, slipping=self.index.slipping)
        self.exceptions = PhraseAutomaton(program, exceptions_only=True) if program.frames else None
        self.scopes = _scopes(program) if program.frames else {}


class FrameStep(Step):
    """Looks for the rows of all frames whose classes a sentence has."""

    __slots__ = ("_made", "_program", "classes", "standing")

    def __init__(self, program: Program, place: int) -> None:
        super().__init__(program, place)
        self.classes = program.frames.classes
        self.standing: StandingRows | None = None  # set where the compiled core tells them
        self._program = program
        self._made: _Made | None = None

    @property
    def _ready(self) -> _Made:
        made = self._made
        if made is None:
            made = self._made = _Made(self._program)
        return made

    @property
    def index(self) -> FrameIndex:
        """The rows of all frames."""
        return self._ready.index

    @property
    def lexicon(self) -> Lexicon:
        """The words of all classes."""
        return self._ready.lexicon

    def applies(self, context: ResolvedContext) -> bool:
        """Whether the context has any frame."""
        return bool(context.frames)

    @property
    def states(self) -> int:
        """How many states the automaton of exceptions has."""
        exceptions = self._ready.exceptions
        return exceptions.states if exceptions is not None else 0

    def candidates(self, message: Message, context: ResolvedContext) -> Iterator[Candidate]:
        """Yield the frames that match, as one candidate an action, and those that an exception overlaps."""
        scope = self.scope(context)
        matches = [*self.matches(message, context)]
        for action in REQUESTS:
            those = [each for each in matches if each.match.frame.frame.action is action]
            deciding = [each for each in those if each.lost is None]
            shown = deciding or [each for each in those if each.excepted_by is not None]
            if shown:
                match = shown[0].match
                candidate = self._candidate([each.match.frame for each in shown], scope)
                yield candidate._replace(
                    span=Span(*match.place.written(match.start, match.end)),
                    excepted_by=shown[0].excepted_by,
                )

    def matches(self, message: Message, context: ResolvedContext) -> Iterator[Explained]:
        """Yield each frame whose words stand in a message, in the order in which they go first."""
        scope = self.scope(context)
        spans = self.exceptions(message, context) if context.exceptions else {}
        everywhere, found = 0, dict[int, Explained]()
        for place in places(message.readings):
            present = self.lexicon.present(place.tokens)
            everywhere |= present
            rows, slips = self.rows(place.tokens, present, scope)
            for row in rows:
                number = row.frame.number
                if number not in found or found[number].lost is not None:
                    match = self._explain(place, row, slips, spans)
                    if match is not None and (number not in found or match.lost is None):
                        found[number] = match
        for number in scope.in_order(found):
            match = found[number]
            lacking = match.match.frame.needs & ~everywhere
            if lacking and match.lost is None:
                name = self.classes[next(numbers_of(lacking))].name
                match = match._replace(lost=f"nothing in the message is of `{name}`")
            yield match

    def _explain(
        self, place: Place, row: AnchoredRow, slips: Mapping[int, list[int]], spans: Exceptions
    ) -> Explained | None:
        """Return how a row stands in a sentence, and what takes it back; None if it does not."""
        guards, may_slip = self.index.guards, bool(slips) and row.slips
        masks = self.masks(place, [row], slips)
        free = traced(unguarded(row), place, masks, guards, slips=may_slip)
        if free is None:
            return None
        exceptions = spans.get(row.frame.frame.action)
        counting = self.masks(place, [row], slips)
        if exceptions is not None:
            except_from(counting, place, exceptions)
        match = traced(row, place, counting, guards, slips=may_slip)
        if match is not None:
            return Explained(match, None)
        guarded = traced(row, place, masks, guards, slips=may_slip)
        if guarded is not None and exceptions is not None:
            by = exceptions.overlapping(*place.written(guarded.start, guarded.end))
            return Explained(guarded, "an exception overlaps it", by)
        free = free._replace(row=row)
        taken = taken_back_by(free, self.lexicon, guards)
        if taken is None:
            return None
        guard, words = taken
        return Explained(free, f"`{words}` takes it back, by the guard `{guard.name}`")

    def named(self, match: RowMatch) -> Iterator[tuple[str, str]]:
        """Yield the name of the class of each part of a match, and the words that stand for it."""
        for part, (start, end) in zip(match.row.parts, match.parts, strict=True):
            number = next(numbers_of(part.bit))
            yield self.classes[number].name, " ".join(match.place.tokens[start:end])

    def least(self, message: Message, context: ResolvedContext) -> Candidate | None:
        """Return the frames that decide: exceptions are looked for only if some frame matches."""
        scope = self.scope(context)
        if not self._may_match(message, scope):
            return None
        found = self._found(message, scope, {})
        if found and context.exceptions:
            spans = self.exceptions(message, context)
            if spans:
                found = self._found(message, scope, spans)
        if not found:
            return None
        action = min((each.frame.action for each in found.values()), key=lambda each: each.rank)
        frames = [each for each in found.values() if each.frame.action is action]
        return self._candidate(frames, scope)

    def scope(self, context: ResolvedContext) -> Scope:
        """Return what the step needs of a context; nothing of one without frames, whatever program it is of."""
        if not context.frames:
            return _NOTHING
        return self._ready.scopes.get(context.country, _NOTHING)

    def exceptions(self, message: Message, context: ResolvedContext) -> Exceptions:
        """Return where the exceptions of a context stand in a message."""
        automaton = self._ready.exceptions
        return {} if automaton is None else automaton.exceptions(context, message.readings)

    def masks(
        self, place: Place, rows: Sequence[AnchoredRow], slips: Mapping[int, list[int]]
    ) -> SentenceMasks:
        """Return a sentence as the sets of places that some rows are matched with."""
        wanted = union(rows)
        masks = SentenceMasks(place.tokens, self.lexicon, wanted=wanted, filler=place.filler)
        masks.slips = {bit: masks.mask(those) for bit, those in slips.items()}
        return masks

    def rows(
        self, tokens: Sequence[str], present: int, scope: Scope
    ) -> tuple[list[AnchoredRow], dict[int, list[int]]]:
        """Return the rows of a context whose classes are all there, but for one that a slip stands for, and the slips.

        Slips are the places of tokens, by the bit of the class of which they may stand for a word.
        """
        standing = None if self.standing is None else self.standing(tokens)
        if standing is not None:
            rows = self.index.standing(standing, scope.frames)
            helpful = bits_in(row.required for row in rows if row.slips) & self.lexicon.slipping
            return rows, self._slips(tokens, helpful, scope) if helpful and scope.slips else {}
        rows, helpful = self.index.rows(present)
        helpful &= self.lexicon.slipping
        slips = self._slips(tokens, helpful, scope) if helpful and scope.slips else {}
        if slips:
            rows = self.index.rows_with_slips(present, sum(slips))
        return [row for row in rows if row.frame.number in scope.frames], slips

    def _slips(self, tokens: Sequence[str], helpful: int, scope: Scope) -> dict[int, list[int]]:
        found: dict[int, list[int]] = {}
        for place, bits in self.lexicon.slips(tokens, helpful):
            if tokens[place] not in scope.fillers:
                for number in numbers_of(bits):
                    found.setdefault(bit_of(number), []).append(place)
        return found

    def _may_match(self, message: Message, scope: Scope) -> bool:
        """Tell whether some row may match if all sentences of a message were one."""
        if self.standing is not None or len(message.readings[0].sentences) == 1:
            return True
        for reading in message.readings:
            present = self.lexicon.present([*chain.from_iterable(reading.sentences)])
            rows, helpful = self.index.rows(present)
            if rows or (scope.slips and helpful & self.lexicon.slipping):
                return True
            if not present & HEAD:
                break  # without filler no class has more members than as written
        return False

    def _found(self, message: Message, scope: Scope, exceptions: Exceptions) -> dict[int, Guarded]:
        """Return the frames that match in a message, by number."""
        found: dict[int, Guarded] = {}
        everywhere, readings, lexicon = 0, message.readings, self.lexicon
        futile: set[int] = set()
        for reading in readings:
            offset, written = 0, reading.written
            for number, tokens in enumerate(reading.sentences):
                if reading.kept is None or (number not in futile and tokens is not written[number]):
                    present = lexicon.present(tokens)
                    everywhere |= present
                    rows, slips = self.rows(tokens, present, scope) if present > HEAD else _NONE
                    if rows:
                        place = place_of(readings, reading, number, offset)
                        self._match(place, rows, slips, exceptions, found)
                    elif self.standing is None and not present & HEAD:
                        # Without filler no class has more members than as written.
                        futile.add(number)
                offset += len(written[number])
        if not found:
            return found
        lacking = [each.number for each in found.values() if each.needs & ~everywhere]
        for each in lacking:
            del found[each]
        return found

    def _match(
        self,
        place: Place,
        rows: Sequence[AnchoredRow],
        slips: Mapping[int, list[int]],
        exceptions: Exceptions,
        found: dict[int, Guarded],
    ) -> None:
        """Add the frames of the rows that match in a sentence to those found."""
        guards = self.index.guards
        for action, those in _by_action(rows, exceptions).items():
            masks = self.masks(place, those, slips)
            if action is not None and action in exceptions:
                except_from(masks, place, exceptions[action])
            for row in those:
                frame = row.frame
                if frame.number not in found:
                    may_slip = bool(slips) and row.slips
                    if row_ends(row, masks, guards, slips=may_slip):
                        found[frame.number] = frame

    def _candidate(self, frames: Iterable[Guarded], scope: Scope) -> Candidate:
        numbers = {each.number: each for each in frames}
        ordered = [numbers[number] for number in scope.in_order(numbers)]
        origins: dict[str, Origin] = {}
        for each in ordered:
            origin = each.frame.origin
            origins.setdefault(origin.language, origin)
        meaning = Meaning(ordered[0].frame.action, tuple(origins.values()))
        return Candidate(Priority(self.place, rank=meaning.action.rank), meaning, MatchedBy.FRAME)


def _by_action(
    rows: Sequence[AnchoredRow], exceptions: Exceptions
) -> dict[Action | None, list[AnchoredRow]]:
    """Return rows by action where exceptions make a difference, else together."""
    if not exceptions:
        return {None: [*rows]}
    by_action: dict[Action | None, list[AnchoredRow]] = {}
    for row in rows:
        by_action.setdefault(row.frame.frame.action, []).append(row)
    return by_action


def _scopes(program: Program) -> dict[str | None, Scope]:
    """Return what the step needs of each context; what is equal is shared."""
    shared: dict[Scope, Scope] = {}
    scopes = {}
    for country, context in program.contexts().items():
        frames = frozenset(context.frames)
        own = frozenset(() if country is None else program.countries[country].frames)
        fillers = frozenset(each for each in context.fillers if " " not in each)
        slips = Tolerance.TYPOS in context.tolerances
        scope = Scope(frames, own, fillers, slips)
        scopes[country] = shared.setdefault(scope, scope)
    return scopes
