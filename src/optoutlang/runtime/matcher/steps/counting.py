"""Objections to a keyword: tokens that have its key, and by how they are spelt are no keyword (docs/language.md §5).

A message is asked only once it has the key of a keyword, so all others cost nothing. What is looked up was worked out
by the compiler: the few spellings of a context that are everyday words.
"""

from __future__ import annotations

from collections.abc import Sequence

from optoutlang.runtime.matcher.steps.message import Message
from optoutlang.runtime.program import PROTECTED_KEYS, Meaning, ResolvedContext
from optoutlang.runtime.terms import Action


def objection(
    message: Message, places: Sequence[int], key: str, meaning: Meaning, context: ResolvedContext
) -> str | None:
    """Return why the tokens at some places of a message are not the keyword whose key they have; None if they are it.

    `places` are in order. STOP, START and HELP keep every spelling.
    """
    if key in PROTECTED_KEYS:
        return None
    if len(places) > 1:
        row = [message.tokens[each] for each in places]
        text = " ".join(row)
        if text not in context.compounds and max(map(len, row)) > 1:
            if text in context.everyday:
                return _everyday(text, context)
            if message.breaks_within(places):
                return "a sentence ends inside of it"
    if context.everyday:
        text = " ".join([message.spelt[each] for each in places])
        if text in context.everyday:
            return _everyday(text, context)
    if meaning.action is Action.OPT_IN and context.local is not None:
        return _no_opt_in([message.spelt[each] for each in places], key, context)
    return None


def is_everyday(spelling: Sequence[str], row: Sequence[str], context: ResolvedContext) -> bool:
    """Tell whether a sentence, as spelt, is an everyday word, or words with marks that a rule has without."""
    text = " ".join(spelling)
    return text in context.everyday and (len(row) == 1 or text != " ".join(row))


def _no_opt_in(spelling: Sequence[str], key: str, context: ResolvedContext) -> str | None:
    """Return why a word with the key of an opt-in keyword is none in a country that ignores everyday words."""
    local = context.local or ()
    if key not in local:
        return f"nobody opts in by a word of a language that is none of {context.country}"
    if "".join(spelling) not in local:
        return f"no rule writes `{' '.join(spelling)}`, and opt-in takes no other marks"
    return None


def _everyday(text: str, context: ResolvedContext) -> str:
    language = context.everyday[text]
    where = "" if context.country is None else f", a language of {context.country}"
    words = "are everyday words" if " " in text else "is an everyday word"
    return f"`{text}` {words} of {language}{where}"
