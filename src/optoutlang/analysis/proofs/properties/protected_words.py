"""STOP, START and HELP mean opt-out, opt-in and help: in every context, in every spelling."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from math import prod

from optoutlang.analysis.proofs.properties.code_points import survey
from optoutlang.analysis.proofs.properties.spellings import (
    FAMILIES,
    interrupted,
    neighbours,
    spellings,
)
from optoutlang.analysis.proofs.properties.verdict import (
    Property,
    Verdict,
    Witness,
    by_construction,
    enumerated,
)
from optoutlang.analysis.proofs.subject import EVERYWHERE, Subject
from optoutlang.runtime.terms import PROTECTED, Action, MatchedBy

Spelt = Mapping[str, Action]
"""Spellings of protected words, the shortest first, and what each must mean."""


def _settle(subject: Subject) -> Verdict:
    found, wishes = survey(), (None, *subject.languages)
    families = {text: PROTECTED[word] for word in PROTECTED for text in spellings(word)}
    pairs = _spelt((word, neighbours(word.lower(), found.letters)) for word in PROTECTED)
    holes = _spelt((word, interrupted(word, found.vanishing)) for word in PROTECTED)
    products = {
        word: prod(len(found.letters.get(each, ())) for each in word.lower()) for word in PROTECTED
    }
    counts = ", ".join(f"{word} {count:,}" for word, count in products.items())
    grounds = (
        enumerated(
            len(EVERYWHERE) * len(wishes) * len(families),
            f"messages: {len(EVERYWHERE)} countries ({len(EVERYWHERE) - 1} and none) x "
            f"{len(wishes)} languages (one of them none) x "
            f"{len(families)} spellings in {len(FAMILIES)} families; each spelling read in each country, and the "
            f"{len(PROTECTED)} words there for each language, which is asked for once it is settled what decides",
        ),
        enumerated(len(pairs), "spellings: all code points for two neighbouring letters"),
        enumerated(len(holes), "spellings: each code point that vanishes, at each place"),
        by_construction(
            f"spellings with one code point for each letter ({counts}): the fold takes each code point by itself, and "
            "each of these, alone and between letters, was seen to become its letter",
            sum(products.values()),
        ),
        by_construction("a program where a word lacks its meaning can be neither built nor loaded"),
    )
    wrong = (
        _wrong(subject, families, EVERYWHERE, (None,))
        or _wrong(subject, PROTECTED, EVERYWHERE, subject.languages)
        or _wrong(subject, pairs, (None,), (None,))
        or _wrong(subject, holes, (None,), (None,))
    )
    return Verdict(grounds, wrong)


def _spelt(words: Iterable[tuple[str, Iterable[str]]]) -> Spelt:
    return {text: PROTECTED[word] for word, texts in words for text in texts}


def _wrong(
    subject: Subject,
    spelt: Spelt,
    countries: Iterable[str | None],
    languages: Iterable[str | None],
) -> Witness | None:
    """Return the shortest spelling that does not decide as it must, by the exact step."""
    wrong: list[Witness] = []
    match, exact, wishes = subject.matcher.match, MatchedBy.EXACT, tuple(languages)
    for country in countries:
        for language in wishes:
            for text, action in spelt.items():
                decision = match(text, country=country, language=language)
                if (
                    decision is None
                    or decision.action is not action
                    or decision.matched_by is not exact
                ):
                    wrong.append(Witness(f"does not mean {action.value}", text, country, language))
                    break
    return min(wrong, key=lambda each: len(each.message or ""), default=None)


PROPERTY = Property(
    "protected-words",
    "STOP, START and HELP mean opt-out, opt-in and help in every context and every spelling.",
    _settle,
)
