"""The spellings that are a keyword or a sentence in one of two contexts and everyday words in the other.

Tables tell which keys are keywords; what counts as one is decided beside them (docs/language.md §5.2 and §5.22):
which spellings are everyday words, which several tokens join across the end of a sentence, who opts in.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import NamedTuple

from optoutlang.analysis.differences.entrywise.side import Side
from optoutlang.runtime.canonical.spelling import spelt
from optoutlang.runtime.matcher.steps.counting import is_everyday, objection
from optoutlang.runtime.matcher.steps.message import Message
from optoutlang.runtime.matcher.steps.tolerated import SHORT
from optoutlang.runtime.program import (
    COMPOUNDS,
    EVERYDAY,
    KEYWORDS,
    LOCAL,
    PROTECTED_KEYS,
    SENTENCES,
)
from optoutlang.runtime.program.field import AnyField
from optoutlang.runtime.terms import Action, Tolerance

ACUTE = "\N{COMBINING ACUTE ACCENT}"

FEW = 20
"""How many slips of one keyword are tried."""

_Numbers = tuple[int, ...]


class SpellingChange(NamedTuple):
    """A field, the outcomes of a message's keyword and sentence on either side, and messages that may show it."""

    field: AnyField
    before: _Numbers
    after: _Numbers
    messages: tuple[str, ...]


def spelling_changes(old: Side, new: Side) -> Iterator[SpellingChange]:
    """Yield what counts in one context and not in the other, the shortest first."""
    for field in (EVERYDAY, COMPOUNDS, LOCAL):
        for text in sorted(_texts(field, old, new), key=lambda each: (len(each), each)):
            before, after = (_outcomes(each, text) for each in (old, new))
            if before != after:
                yield SpellingChange(field, before, after, (text,))
    for key in sorted(_at_home(old, new)):
        ordinary = old.own.ordinary | new.own.ordinary
        typos = old.program.typos.items()
        slips = [slip for slip, keys in typos if key in keys and slip not in ordinary]
        if slips:
            yield SpellingChange(LOCAL, (0,), (len(key),), tuple(slips[:FEW]))


def _texts(field: AnyField, old: Side, new: Side) -> set[str]:
    ours, theirs = old.context, new.context
    if field is EVERYDAY:
        return {*(ours.everyday.keys() ^ theirs.everyday.keys())}
    if field is COMPOUNDS:
        return {". ".join(each.split(" ")) for each in ours.compounds ^ theirs.compounds}
    if ours.local is not None and theirs.local is not None:
        return {*(ours.local ^ theirs.local)}
    return set() if ours.local is theirs.local else {*_opting_in(old), *_opting_in(new)}


def _opting_in(side: Side) -> Iterator[str]:
    """Yield the opt-in keywords of a context: their keys, as they are spelt, and with a mark that nobody writes."""
    for key, meanings in side.entries(KEYWORDS):
        if any(each.action is Action.OPT_IN for each in meanings):
            yield from (key, key[:1] + ACUTE + key[1:])
            yield from (" ".join(spelt(it.spelling)) for each in meanings for it in each.origins)


def _outcomes(side: Side, text: str) -> _Numbers:
    """Return the numbers of what a message is as a keyword, and as a sentence; 0 if it is none."""
    context = side.context
    message = Message(text, context.filler)
    numbers = [0]
    for meaning in side.entry(KEYWORDS, message.key):
        places = range(len(message.tokens))
        if objection(message, places, message.key, meaning, context) is None:
            numbers = [side.number(KEYWORDS, message.key, meaning)]
    row = " ".join(message.tokens)
    if not is_everyday(message.spelt, message.tokens, context):
        numbers += (side.number(SENTENCES, row, each) for each in side.entry(SENTENCES, row))
    return tuple(numbers)


def _at_home(old: Side, new: Side) -> Iterator[str]:
    """Yield the opt-out keywords of four letters whose slips count on one side alone, for the country's languages."""
    ours, theirs = old.context.local, new.context.local
    if ours == theirs or Tolerance.TYPOS not in old.context.tolerances & new.context.tolerances:
        return
    for key, meanings in old.entries(KEYWORDS):
        opts_out = any(each.action is Action.OPT_OUT for each in meanings)
        short = opts_out and len(key) == SHORT and key not in PROTECTED_KEYS
        if short and (ours is None or key in ours) != (theirs is None or key in theirs):
            yield key
