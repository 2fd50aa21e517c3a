"""Nothing that rules say beside keywords changes what STOP, START and HELP mean: the exact step is asked first.

Each attack is made on the program itself, behind the compiler's back: phrases,
sentences, exceptions and filler that are the protected words, in the base and
in every country, one kind at a time and then all at once.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from functools import partial

from optoutlang.analysis.proofs.properties.verdict import (
    Property,
    Verdict,
    Witness,
    by_construction,
    enumerated,
)
from optoutlang.analysis.proofs.subject import EVERYWHERE, Subject
from optoutlang.runtime.matcher import Matcher
from optoutlang.runtime.program import PROTECTED_KEYS, Context, FrameTable, Meaning, Program
from optoutlang.runtime.terms import PROTECTED, REQUESTS, SUGGESTIBLE, MatchedBy, Tolerance

ATTACKS = (
    ("other actions' phrases", "phrases"),
    ("other actions' sentences", "sentences"),
    ("exceptions", "exceptions"),
    ("filler", "fillers"),
    ("suggestions", "suggest"),
    ("tolerances", "tolerances"),
)
"""What rules may say of a protected word, and the part of a context that they say it in. Keywords are not among them:
a program that takes a protected keyword cannot be built."""

Meanings = Mapping[str, tuple[Meaning, ...]]

TEXTS = ("{}", "“{}”", "> {}")
"""How the words are sent: bare, quoted, and on a quoted line."""


def _settle(subject: Subject) -> Verdict:
    every = frozenset(part for _, part in ATTACKS)
    rounds = [(name, frozenset({part})) for name, part in ATTACKS] + [("all of these", every)]
    wrong = None
    light = _light(subject.program) if subject.is_large else subject.program
    for name, parts in rounds:
        program = subject.program if parts == every else light
        wrong = wrong or _wrong(Matcher.without_digest(_attacked(program, parts)), name)
    texts = len(TEXTS) * len(PROTECTED)
    kinds = ", ".join(name for name, _ in ATTACKS)
    return Verdict(
        (
            by_construction("a message is looked up among the keywords before anything else"),
            enumerated(
                len(rounds) * len(EVERYWHERE) * texts,
                f"messages: {len(ATTACKS)} kinds of statement about the words ({kinds}) "
                f"and all at once, put into the base and all {len(subject.program.countries)} countries of the rules, "
                f"x {len(EVERYWHERE)} countries x {texts} texts",
            ),
        ),
        wrong,
    )


def _light(program: Program) -> Program:
    """Return a program without the base's phrases and sentences, and without frames: the last attack alone has them."""
    base = replace(program.base, phrases={}, sentences={}, exceptions={}, frames=())
    countries = {
        code: replace(each, frames=(), absent=replace(each.absent, frames=frozenset()))
        for code, each in program.countries.items()
    }
    return replace(program, base=base, countries=countries, frames=FrameTable())


def _attacked(program: Program, parts: frozenset[str]) -> Program:
    attack = partial(_attack, origins=next(program.base.meanings()), parts=parts)
    countries = {code: attack(each) for code, each in program.countries.items()}
    return replace(program, base=attack(program.base), countries=countries)


def _attack(context: Context, *, origins: Meaning, parts: frozenset[str]) -> Context:
    """Say in some parts of a context what would take the protected words, were it asked first."""
    others, own = _meanings(origins, own=False), _meanings(origins, own=True)

    def added(part: str, meanings: Meanings) -> Meanings:
        return meanings if part in parts else {}

    fillers, tolerances = added("fillers", own), "tolerances" in parts
    absent = replace(
        context.absent,
        fillers=context.absent.fillers.difference(fillers),
        tolerances=frozenset() if tolerances else context.absent.tolerances,
    )
    return replace(
        context,
        phrases={**context.phrases, **added("phrases", others)},
        sentences={**context.sentences, **added("sentences", others)},
        exceptions={**context.exceptions, **added("exceptions", own)},
        fillers=tuple(sorted({*context.fillers, *fillers})),
        suggest=_all_suggested(context) if "suggest" in parts else context.suggest,
        tolerances=frozenset(Tolerance) if tolerances else context.tolerances,
        absent=absent,
    )


def _all_suggested(context: Context) -> frozenset[MatchedBy]:
    """Return all ways to match, and the suggester where the context asks for it."""
    return frozenset(SUGGESTIBLE.values()) | (context.suggest or frozenset())


def _meanings(origins: Meaning, *, own: bool) -> Meanings:
    """Return each protected word's own action as a meaning, or all others."""
    return {
        word: tuple(Meaning(each, origins.origins) for each in REQUESTS if (each is action) is own)
        for word, action in PROTECTED_KEYS.items()
    }


def _wrong(matcher: Matcher, attack: str) -> Witness | None:
    for text, (word, action) in ((text, each) for text in TEXTS for each in PROTECTED.items()):
        for country in EVERYWHERE:
            message = text.format(word)
            found = matcher.match(message, country=country)
            if found is None or (found.action, found.matched_by) != (action, MatchedBy.EXACT):
                wrong = f"does not mean {action.value} once the rules have {attack} of `{word}`"
                return Witness(wrong, message, country)
    return None


PROPERTY = Property(
    "exact-first",
    "No phrase, sentence, exception, filler or override can change what STOP, START and HELP mean.",
    _settle,
)
