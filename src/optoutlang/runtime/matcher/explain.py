"""Explanations of decisions: everything that fired in a message, and why each loser lost (docs/language.md §5)."""

from __future__ import annotations

from dataclasses import dataclass, replace

from optoutlang.runtime.matcher.frame_matches import FrameMatch
from optoutlang.runtime.matcher.reader import Reader
from optoutlang.runtime.matcher.steps import WHOLE_SENTENCE, Candidate
from optoutlang.runtime.program import Meaning
from optoutlang.runtime.terms import Action, Decision, MatchedBy, Note
from optoutlang.runtime.terms.similar import Similarity


@dataclass(frozen=True, slots=True)
class Fired:
    """A keyword, sentence or phrase that fired, from token `start` to before token `end`.

    The tokens are the whole message's for a keyword, those outside quotes for
    a sentence or phrase. `lost` says why another one decided; None if this one did.
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
    """How a message was read: its `tokens`, those `outside_quotes`, and those of them that are `without_filler`.

    `fired` stands in the order in which one goes before the other; the first
    of them that no exception overlaps, and that is no everyday word, decided.
    `frames` are the frames whose words stand in the message, in the order in
    which they go first, also those that a guard takes back. `similar` says how
    similar to opt-outs the message is, where no rule decides and that is suggested.
    `notes` say what of the question was not understood, also where nothing decided. `button` is what
    the button asks for that came with the message, also where the text goes before it.
    """

    tokens: tuple[str, ...]
    outside_quotes: tuple[str, ...]
    without_filler: tuple[str, ...]
    decision: Decision | None
    fired: tuple[Fired, ...]
    frames: tuple[FrameMatch, ...] = ()
    similar: Similarity | None = None
    notes: tuple[Note, ...] = ()
    button: Decision | None = None


def explain(
    reader: Reader,
    text: str,
    preferred: str | None,
    notes: tuple[Note, ...] = (),
    payload: str | None = None,
) -> Explanation:
    """Return what a message means in a context, and why; `notes` say what of the question was not understood.

    `payload` is that of the button, None for a message without one.
    """
    message = reader.message(text)
    candidates = sorted(reader.candidates(message), key=lambda each: each.priority)
    winner = reader.winner(message, candidates)
    similar = reader.similarity(message) if winner is None else None
    decision = (
        reader.suggestion(similar, preferred)
        if winner is None
        else reader.decision(winner, preferred)
    )
    button = None if payload is None else reader.answers.pressed(payload, preferred)
    if payload is not None:
        decision = reader.decide_button(payload, text, preferred)
    is_pressed = decision is not None and decision == button
    if decision is not None:
        decision = replace(decision, notes=notes)
    fired = []
    for candidate in candidates:
        lost = None
        if candidate.objection is not None:
            lost = candidate.objection
        elif candidate.excepted_by is not None:
            lost = _excepted(reader, candidate.excepted_by)
        elif is_pressed and decision is not None:
            lost = f"the button `{decision.keyword}` goes before the text"
        elif winner is not None and decision is not None and candidate is not winner:
            lost = _loss(candidate, winner, f"`{decision.keyword}`")
        fired.append(_fired(candidate, reader.decision(candidate, preferred), lost))
    return Explanation(
        tokens=tuple(message.tokens),
        outside_quotes=message.outside_quotes,
        without_filler=message.outside_quotes_unfilled,
        decision=decision,
        fired=tuple(fired),
        frames=tuple(reader.frames(message)),
        similar=None if is_pressed else similar,
        notes=notes,
        button=button,
    )


def _fired(candidate: Candidate, decision: Decision, lost: str | None) -> Fired:
    assert candidate.span is not None  # noqa: S101  # `Step.candidates` promises spans
    return Fired(
        matched_by=decision.matched_by,
        action=decision.intent,
        keyword=decision.keyword,
        rule=decision.rule,
        language=decision.language,
        start=candidate.span.start,
        end=candidate.span.end,
        lost=lost,
    )


def _excepted(reader: Reader, exception: Meaning) -> str:
    return f"excepted by `{exception.origins[0].spelling}` at {reader.answers.rule(exception)}"


def _loss(candidate: Candidate, winner: Candidate, best: str) -> str:
    """Say in what the winner, spelt `best`, goes before another candidate."""
    ours, theirs = candidate.priority, winner.priority
    if (ours.step, ours.variant) != (theirs.step, theirs.variant):
        return _first(candidate, winner, best)
    if ours.rank != theirs.rank:
        return f"{winner.meaning.action.value} goes before {candidate.meaning.action.value}"
    if ours.part != theirs.part:
        if theirs.part == WHOLE_SENTENCE:
            return f"{best} is a whole sentence"
        return f"{best} goes before a keyword among other sentences"
    reasons = {
        "is longer": ours.length != theirs.length,
        f"says where the sentence {'begins' if theirs.form else 'ends'}": ours.form != theirs.form,
        "ends first": ours.place != theirs.place,
        "stands there as written": True,
    }
    return f"{best} {next(reason for reason, differs in reasons.items() if differs)}"


def _first(candidate: Candidate, winner: Candidate, best: str) -> str:
    """Say how the message was read by a step that goes before that of another candidate."""
    if candidate.meaning.answer is not None and winner.meaning.answer is None:
        return f"{best} goes before all answers"
    if winner.meaning.topic is not None and not winner.reading:
        return f"{best} opts out of a topic, and nothing else here opts out"
    return winner.reading.format(best) if winner.reading else f"{best} goes before all frames"
