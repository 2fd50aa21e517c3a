"""Rules that would have decided a message, as lines for people."""

from __future__ import annotations

from collections.abc import Iterator

from optoutlang.analysis.missed import Missed, Near, TakenAway
from optoutlang.analysis.taken_back import TakenBack
from optoutlang.interfaces.reports.visible import visible
from optoutlang.language.model.statement import Claim
from optoutlang.runtime.terms import Tolerance

_MOST = 5
"""How many statements elsewhere are shown; a word of a language may stand in many countries."""

_SLIPS = {
    Tolerance.TYPOS: "one typo away",
    Tolerance.STRETCHES: "the same but for stretched letters",
    Tolerance.LOOKALIKES: "the same in look-alike letters",
}


def missed_lines(missed: Missed, country: str | None) -> Iterator[tuple[str, str]]:
    """Yield the name and the value of each line; `country` is where the message comes from."""
    for each in missed.taken:
        yield "taken", _taken(each)
    for back in missed.back[:_MOST]:
        yield "taken", _taken_back(back)
    for claim in missed.elsewhere[:_MOST]:
        yield "elsewhere", f"{_meaning(claim)}; this message is read in {_scope(country)}"
    if len(missed.elsewhere) > _MOST:
        yield "elsewhere", f"and {len(missed.elsewhere) - _MOST} more"
    if missed.nearest is not None:
        yield "nearest", _nearest(missed.nearest)


def _taken(pair: TakenAway) -> str:
    taker = pair.taker
    by = "a keyword of another action" if isinstance(taker, Claim) else f"`{taker.label}`"
    return (
        f"{_meaning(pair.claim)}; taken away in {_scope(taker.scope)} by {by} ({taker.place.rule})"
    )


def _taken_back(back: TakenBack) -> str:
    decision, taker = back.decision, back.taker
    meaning = f"{visible(decision.keyword)} would mean {decision.label} ({decision.rule})"
    place = f"{_scope(taker.scope)} ({taker.place.rule})"
    return f"{meaning}; `{visible(taker.spelling)}` is taken back in {place}"


def _meaning(claim: Claim) -> str:
    word = visible(claim.word)
    return f"{word} means {claim.action.value} in {_scope(claim.scope)} ({claim.place.rule})"


def _scope(scope: str | None) -> str:
    return "the base" if scope is None else scope


def _nearest(near: Near) -> str:
    rule = f"{visible(near.spelling)} ({near.label}, {near.action.value}, {near.language}, {near.rule})"
    if near.tolerance is not None:
        advice = f"`tolerate {near.tolerance.value}` is not stated here"
        return f"{rule}: {_SLIPS[near.tolerance]}; {advice}"
    return f"{rule}: {near.alike:.0f} % alike"
