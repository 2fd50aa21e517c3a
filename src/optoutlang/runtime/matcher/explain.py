"""Why a message means what it means: everything that fired, and what each loser lost to (docs/language.md §5)."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from optoutlang.runtime.canonical import tokens
from optoutlang.runtime.matcher.repeated import repeated, repeated_merit
from optoutlang.runtime.matcher.scope import Scope
from optoutlang.runtime.matcher.search import overlapping, phrase_merit
from optoutlang.runtime.matcher.sentences import sentences
from optoutlang.runtime.matcher.steps import Said, Steps, outside_quotes
from optoutlang.runtime.program.program import Meaning
from optoutlang.runtime.terms.action import Action, MatchedBy
from optoutlang.runtime.terms.decision import Decision


@dataclass(frozen=True, slots=True)
class Fired:
    """A keyword, sentence or phrase that fired, from token `start` to before token `end`.

    The tokens are the whole message's for a keyword, those outside quotes for
    a sentence or phrase; none of them for a sentence of symbols, which are no
    tokens beside letters. `lost` says why another one decided; None if this one did.
    """

    matched_by: MatchedBy
    action: Action
    keyword: str
    rule: str
    language: str
    start: int
    end: int
    lost: str | None


@dataclass(frozen=True, slots=True)
class Explanation:
    """How a message was read: its `tokens`, those `outside_quotes`, and those of them that are left `without_filler`.

    `fired` stands in the order in which one goes before the other; the first
    of them that no exception touches decided.
    """

    tokens: tuple[str, ...]
    outside_quotes: tuple[str, ...]
    without_filler: tuple[str, ...]
    decision: Decision | None
    fired: tuple[Fired, ...]


@dataclass(frozen=True, slots=True)
class _Candidate:
    """What fired. The least `merit` decides.

    It is the step, then what orders those of one step: once or repeated (or the order of what is tolerated), the
    action, sentence or phrase, length, place.
    """

    merit: tuple[int, ...]
    decision: Decision
    start: int
    end: int
    excepted: str | None = None


def explain(steps: Steps, scope: Scope, text: str, preferred: str | None) -> Explanation:
    """Return what a message means in a scope, and why."""
    message = tokens(text)
    said = outside_quotes(text, message)
    outside = tuple(said.tokens)
    reader = _Reader(steps, scope, preferred)
    fired = [*reader.exact(message), *reader.but_for_filler(message)]
    fired += reader.tolerated(message)
    fired += [*reader.by_sentence(said), *reader.by_phrase(outside)]
    fired.sort(key=lambda each: each.merit)
    winner = next((each for each in fired if each.excepted is None), None)
    return Explanation(
        tokens=message,
        outside_quotes=outside,
        without_filler=tuple(scope.filler.taken_out(outside)),
        decision=None if winner is None else winner.decision,
        fired=tuple(_fired(each, winner) for each in fired),
    )


class _Reader:
    """Collects all that fires in a scope, where `Steps` stops at the first."""

    def __init__(self, steps: Steps, scope: Scope, preferred: str | None) -> None:
        self._steps = steps
        self._scope = scope
        self._preferred = preferred

    def exact(self, message: Sequence[str]) -> Iterator[_Candidate]:
        key = "".join(message)
        meaning = self._scope.keyword(key)
        if meaning is not None:
            decision = self._keyword(key, meaning, MatchedBy.EXACT)
            yield _Candidate((0,), decision, 0, len(message))

    def but_for_filler(self, message: Sequence[str]) -> Iterator[_Candidate]:
        kept = self._scope.filler.kept(message)
        left = [message[position] for position in kept]
        whole = "".join(left)
        meaning = self._scope.keyword(whole) if len(left) < len(message) else None
        if meaning is not None:
            decision = self._keyword(whole, meaning, MatchedBy.FILLER)
            yield _Candidate((1, 0), decision, kept[0], kept[-1] + 1)
        for key, meaning in repeated(self._scope, left, whole, longest=self._steps.longest):
            decision = self._keyword(key, meaning, MatchedBy.FILLER)
            rank, length = repeated_merit(key, meaning)
            yield _Candidate((1, 1, rank, 0, length), decision, kept[0], kept[-1] + 1)

    def tolerated(self, message: Sequence[str]) -> Iterator[_Candidate]:
        kept = self._scope.filler.kept(message)
        left = [message[position] for position in kept]
        key = "".join(left)
        if self._scope.keyword(key) is not None:
            return
        for order, near in enumerate(self._steps.tolerated.near(self._scope, left, key)):
            decision = self._keyword(near.key, near.meaning, near.matched_by)
            yield _Candidate((2, order), decision, kept[0], kept[near.length - 1] + 1)

    def by_sentence(self, said: Said) -> Iterator[_Candidate]:
        place = 0
        for order, piece in enumerate(sentences(said.text)):
            row = tokens(piece)
            kept = self._scope.filler.kept(row)
            for meaning in self._scope.sentences(" ".join(row[each] for each in kept)):
                end = min(place + kept[-1] + 1, len(said.tokens))
                yield _Candidate(
                    (3, 0, meaning.action.rank, 0, -len(kept), order),
                    self._scope.decision(meaning, MatchedBy.SENTENCE, self._preferred),
                    min(place + kept[0], end),
                    end,
                )
            # Symbols alone are their sentence's tokens, but not those of a message with words.
            if tuple(said.tokens[place : place + len(row)]) == row:
                place += len(row)

    def by_phrase(self, outside: Sequence[str]) -> Iterator[_Candidate]:
        kept = self._scope.filler.kept(outside)
        said = [outside[position] for position in kept]
        exceptions = self._steps.phrases.excepted(self._scope, said)
        for each in self._steps.phrases.occurrences(said):
            for meaning in self._scope.phrases(each.text):
                exception = overlapping(each, meaning, exceptions)
                yield _Candidate(
                    (3, 0, *phrase_merit(each, meaning)),
                    self._scope.decision(meaning, MatchedBy.PHRASE, self._preferred),
                    kept[each.start],
                    kept[each.end - 1] + 1,
                    None if exception is None else self._excepted_by(exception),
                )

    def _keyword(self, key: str, meaning: Meaning, matched_by: MatchedBy) -> Decision:
        return self._scope.keyword_decision(key, meaning, matched_by, self._preferred)

    def _excepted_by(self, exception: Meaning) -> str:
        spelling = exception.origins[0].spelling
        return f"excepted by `{spelling}` at {self._scope.rule(exception)}"


def _fired(candidate: _Candidate, winner: _Candidate | None) -> Fired:
    decision = candidate.decision
    return Fired(
        matched_by=decision.matched_by,
        action=decision.wanted,
        keyword=decision.keyword,
        rule=decision.rule,
        language=decision.language,
        start=candidate.start,
        end=candidate.end,
        lost=candidate.excepted or _loss(candidate, winner or candidate),
    )


def _loss(candidate: _Candidate, winner: _Candidate) -> str | None:
    """Say in what the winner goes before another candidate; None for the winner itself."""
    best = f"`{winner.decision.keyword}`"
    whole = _whole(winner, best)
    reasons = (
        whole,
        whole,
        f"{winner.decision.wanted.value} goes before {candidate.decision.wanted.value}",
        f"{best} is a whole sentence",
        f"{best} is longer",
        f"{best} stands further left",
    )
    pairs = zip(candidate.merit, winner.merit, reasons, strict=False)  # unlike before one ends
    return next((reason for ours, theirs, reason in pairs if ours != theirs), None)


def _whole(winner: _Candidate, best: str) -> str:
    """Say what a whole message is, of which the winner is a keyword."""
    step, repeats = winner.merit[0], winner.merit[1:2] == (1,)
    if step == 2:
        how = winner.decision.matched_by
        told = "a number" if how is MatchedBy.FILLER else f"a {how.value}"
        return f"the whole message is {best} but for {told}"
    whole = f"the whole message{' but for filler' * step}"
    return f"{whole} repeats {best}" if repeats else f"{whole} is {best}"
