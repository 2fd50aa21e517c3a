"""Step 2: the message without filler is a keyword, or nothing but keywords of one action: `STOP STOP`, `STOP/ARRET`.

Most messages begin or end as no keyword does, and are done after four look-ups.
The others are cut in one pass from left to right, which goes on only from where
a keyword ends.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping, Sequence

from optoutlang.runtime.matcher.steps.message import Message
from optoutlang.runtime.matcher.steps.priority import Priority
from optoutlang.runtime.matcher.steps.step import Candidate, Span, Step
from optoutlang.runtime.program import Meaning, Program, ResolvedContext
from optoutlang.runtime.terms import Action, MatchedBy


class FillerStep(Step):
    """Looks the key without filler up among the keywords, and cuts it into several."""

    __slots__ = ("_heads", "_letters", "_longest", "_priority", "_tails")

    def __init__(self, program: Program, place: int) -> None:
        super().__init__(program, place)
        keys = {key for _, own in program.own_contexts() for key in own.keywords}
        self._priority = Priority(place)
        self._longest = max(map(len, keys))
        self._letters = frozenset(key for key in keys if len(key) == 1)
        self._heads = frozenset(key[:2] for key in keys)
        self._tails = frozenset(key[-2:] for key in keys)

    def candidates(self, message: Message, context: ResolvedContext) -> Iterator[Candidate]:
        """Yield the keyword that the message is without filler, and the first of those that it is made of."""
        kept = message.filler.kept(message.tokens)
        if not kept:
            return
        span = Span(kept[0], kept[-1] + 1)
        unfilled, key = message.unfilled, message.unfilled_key
        filled = unfilled is not message.tokens
        if filled and (once := self._once(key, context)) is not None:
            yield once._replace(span=span, reading="the whole message but for filler is {}")
        for several in self._several(unfilled, key, context, filled=filled):
            reading = "the whole message but for filler is keywords of one action, {} first"
            yield several._replace(span=span, reading=reading)

    def least(self, message: Message, context: ResolvedContext) -> Candidate | None:
        """Return the keyword that the message is without filler, else the first of those that it is made of."""
        unfilled, key = message.unfilled, message.key
        filled = unfilled is not message.tokens
        if filled:
            key = "".join(unfilled)
            once = self._once(key, context)
            if once is not None:
                return once
        several = self._several(unfilled, key, context, filled=filled)
        return min(several, key=lambda each: each.priority) if several else None

    def _once(self, key: str, context: ResolvedContext) -> Candidate | None:
        meaning = context.keywords.get(key)
        if meaning is None or key in context.answers:
            return None
        return Candidate(self._priority, meaning, MatchedBy.FILLER, key)

    def _several(
        self, unfilled: Sequence[str], key: str, context: ResolvedContext, *, filled: bool
    ) -> Sequence[Candidate]:
        """Return a candidate for each action of which tokens, joined to `key`, are several keywords.

        An everyday answer with filler is no keyword.
        """
        if not (
            len(unfilled) > 1
            and (key[:2] in self._heads or key[0] in self._letters)
            and (key[-2:] in self._tails or key[-1] in self._letters)
        ):
            return ()
        keywords = context.keywords
        answers: Collection[str] = context.answers if filled else ()
        firsts = _firsts(unfilled, keywords, answers, self._longest)
        return [self._candidate(key[:length], keywords[key[:length]]) for length in firsts.values()]

    def _candidate(self, key: str, meaning: Meaning) -> Candidate:
        priority = Priority(self.place, variant=1, rank=meaning.action.rank, length=-len(key))
        return Candidate(priority, meaning, MatchedBy.FILLER, key)


def _firsts(
    tokens: Sequence[str], keywords: Mapping[str, Meaning], answers: Collection[str], longest: int
) -> Mapping[Action, int]:
    """Return each action of which tokens are keywords, two or more, and how long the first of them is, at most."""
    ends: dict[int, dict[Action, int]] = {0: {}}  # by how many tokens are cut: what they come to
    for start in range(len(tokens)):
        cut = ends.pop(start, None)
        if cut is None:
            continue
        key = ""
        for end in range(start + 1, len(tokens) + 1):
            key += tokens[end - 1]
            if len(key) > longest:
                break
            meaning = keywords.get(key)
            if meaning is None or key in answers or (start == 0 and end == len(tokens)):
                continue
            first = cut.get(meaning.action, 0) if start else len(key)
            if first:
                reached = ends.setdefault(end, {})
                reached[meaning.action] = max(reached.get(meaning.action, 0), first)
        if not ends:
            return {}
    return ends.get(len(tokens), {})
