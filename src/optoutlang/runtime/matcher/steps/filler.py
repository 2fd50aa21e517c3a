"""Step 2: the message without filler is a keyword, or nothing but keywords of one action: `STOP STOP`, `STOP/ARRET`.

Most messages begin or end as no keyword does, and are done after two look-ups.
The others are cut in one pass from left to right, which goes on only from where
a keyword ends.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping, Sequence

from optoutlang.runtime.matcher.steps.counting import objection
from optoutlang.runtime.matcher.steps.message import Message
from optoutlang.runtime.matcher.steps.priority import Priority
from optoutlang.runtime.matcher.steps.step import Candidate, Span, Step
from optoutlang.runtime.program import Meaning, Program, ResolvedContext
from optoutlang.runtime.terms import Action, MatchedBy

SHOWN = 4
"""How many characters of a message's first and last token are looked at before it is cut into keywords."""


class FillerStep(Step):
    """Looks the key without filler up among the keywords, and cuts it into several."""

    __slots__ = ("_heads", "_longest", "_priority", "_tails")

    def __init__(self, program: Program, place: int) -> None:
        super().__init__(program, place)
        keys = {key for _, own in program.own_contexts() for key in own.keywords}
        self._priority = Priority(place)
        self._longest = max(map(len, keys))
        ends = range(1, SHOWN + 1)
        self._heads = frozenset(key[:end] for key in keys for end in ends)
        self._tails = frozenset(key[-end:] for key in keys for end in ends)

    def candidates(self, message: Message, context: ResolvedContext) -> Iterator[Candidate]:
        """Yield the keyword that the message is without filler, and the first of those that it is made of."""
        kept = message.kept
        if not kept:
            return
        span = Span(kept[0], kept[-1] + 1)
        if message.unfilled is not message.tokens:
            once = self._once(message, kept, context)
            if once is not None:
                yield once._replace(span=span, reading="the whole message but for filler is {}")
        for several in self._several(message, context):
            reading = "the whole message but for filler is keywords of one action, {} first"
            yield several._replace(span=span, reading=reading)

    def least(self, message: Message, context: ResolvedContext) -> Candidate | None:
        """Return the keyword that the message is without filler, else the first of those that it is made of."""
        if message.unfilled is not message.tokens and message.unfilled_key in context.keywords:
            once = self._once(message, message.kept, context)
            if once is not None and once.decides:
                return once
        several = self._several(message, context)
        return min(several, key=lambda each: each.priority) if several else None

    def _once(
        self, message: Message, kept: Sequence[int], context: ResolvedContext
    ) -> Candidate | None:
        key = message.unfilled_key
        meaning = context.keywords.get(key)
        if meaning is None or key in context.answers:
            return None
        objected = objection(message, kept, key, meaning, context)
        return Candidate(self._priority, meaning, MatchedBy.FILLER, key, objection=objected)

    def _several(self, message: Message, context: ResolvedContext) -> Sequence[Candidate]:
        """Return a candidate for each action of which the tokens without filler are several keywords."""
        unfilled = message.unfilled
        if not (
            len(unfilled) > 1
            and unfilled[0][:SHOWN] in self._heads
            and unfilled[-1][-SHOWN:] in self._tails
        ):
            return ()
        key, keywords = message.unfilled_key, context.keywords
        firsts = Cuts(message, context, self._longest).firsts()
        return [self._candidate(key[:length], keywords[key[:length]]) for length in firsts.values()]

    def _candidate(self, key: str, meaning: Meaning) -> Candidate:
        priority = Priority(self.place, variant=1, rank=meaning.action.rank, length=-len(key))
        return Candidate(priority, meaning, MatchedBy.FILLER, key)


class Cuts:
    """The ways to cut a message without filler into several keywords; an everyday answer beside filler is none."""

    __slots__ = ("_context", "_kept", "_longest", "_message", "_tokens", "_unheard")

    def __init__(self, message: Message, context: ResolvedContext, longest: int) -> None:
        filled = message.unfilled is not message.tokens
        self._message = message
        self._context = context
        self._longest = longest
        self._tokens = message.unfilled
        self._unheard: Collection[str] = context.answers if filled else ()
        self._kept = message.kept

    def firsts(self) -> Mapping[Action, int]:
        """Return each action of which the tokens are keywords, and how long the first of them is, at most."""
        ends: dict[int, dict[Action, int]] = {
            0: {}
        }  # by how many tokens are cut: what they come to
        count = len(self._tokens)
        for start in range(count):
            cut = ends.pop(start, None)
            if cut is None:
                continue
            for end, key, action in self._keywords_at(start):
                first = cut.get(action, 0) if start else len(key)
                if first and (start or end < count):
                    reached = ends.setdefault(end, {})
                    reached[action] = max(reached.get(action, 0), first)
            if not ends:
                return {}
        return ends.get(count, {})

    def _keywords_at(self, start: int) -> Iterator[tuple[int, str, Action]]:
        """Yield where each keyword ends that begins at a token, its key and its action."""
        key = ""
        for end in range(start + 1, len(self._tokens) + 1):
            key += self._tokens[end - 1]
            if len(key) > self._longest:
                return
            meaning = self._context.keywords.get(key)
            if meaning is not None and key not in self._unheard:
                places = self._kept[start:end]
                if objection(self._message, places, key, meaning, self._context) is None:
                    yield end, key, meaning.action
