"""O502 language-tie: several languages claim a keyword or phrase, and nothing says which one answers.

The smallest tag then decides, which nobody has chosen.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from functools import lru_cache
from itertools import chain

from optoutlang.language.checks.subject import Subject, named
from optoutlang.language.diagnostics import codes
from optoutlang.language.diagnostics.diagnostic import Diagnostic, Label
from optoutlang.language.model.effective import Table
from optoutlang.language.model.statement import Claim, Phrase
from optoutlang.runtime.program import PROTECTED_KEYS
from optoutlang.runtime.terms.language import lookup_chain

Speaker = Claim | Phrase


def check(subject: Subject) -> Iterator[Diagnostic]:
    """Yield a diagnostic for each keyword and phrase whose languages tie in some context."""
    phrases = _Phrases(subject)
    for scope in subject.scopes:
        table = subject.tables[scope]
        for by_language in (*_keywords(table), *phrases.of(scope)):
            if not _is_settled(table, by_language):
                yield _diagnostic(by_language, scope)


def _keywords(table: Table) -> Iterator[dict[str, Speaker]]:
    for keyword in table.keywords.values():
        if keyword.key not in PROTECTED_KEYS:
            yield from _tied(keyword.claims)


def _tied(claims: Sequence[Speaker]) -> Iterator[dict[str, Speaker]]:
    """Yield the first statement of each language, if there are several languages."""
    if len(claims) > 1 and len({each.language for each in claims}) > 1:
        by_language: dict[str, Speaker] = {}
        for claim in sorted(claims, key=lambda each: each.place.sort_key):
            by_language.setdefault(claim.language, claim)
        yield by_language


class _Phrases:
    """What several languages say in the same tokens; equal contexts are compared once."""

    def __init__(self, subject: Subject) -> None:
        self._subject = subject
        self._ties_by_phrases: dict[tuple[int, ...], tuple[dict[str, Speaker], ...]] = {}

    def of(self, scope: str | None) -> tuple[dict[str, Speaker], ...]:
        """Return the sentences and phrases of a context that several languages claim."""
        table = self._subject.tables[scope]
        # What a preferred language says is settled; only what all others say can tie.
        settled = _settled(table.prefer)
        both = [
            tuple(each for each in phrases if each.language not in settled)
            for phrases in (table.sentences, table.phrases)
        ]
        # By identity: the ruleset holds the statements, and hashing their patterns takes long.
        place = tuple(id(each) for phrases in both for each in phrases)
        if place not in self._ties_by_phrases:
            self._ties_by_phrases[place] = tuple(tied for each in both for tied in _ties(each))
        return self._ties_by_phrases[place]


def _ties(phrases: tuple[Phrase, ...]) -> Iterator[dict[str, Speaker]]:
    if len({each.language for each in phrases}) > 1:
        speakers: dict[object, list[Speaker]] = defaultdict(list)
        for phrase in phrases:
            for text in phrase.texts():
                speakers[phrase.action.rank, text].append(phrase)
        for claims in speakers.values():
            yield from _tied(claims)


def _is_settled(table: Table, languages: Iterable[str]) -> bool:
    return not _settled(table.prefer).isdisjoint(languages)


@lru_cache(maxsize=1 << 10)
def _settled(prefer: tuple[str, ...]) -> frozenset[str]:
    """Return the languages that a list of preferred ones settles where they are among several."""
    return frozenset(chain.from_iterable(map(lookup_chain, prefer)))


def _diagnostic(by_language: dict[str, Speaker], scope: str | None) -> Diagnostic:
    winner = min(by_language)
    first, second, *_ = sorted(by_language.values(), key=lambda each: each.place.sort_key)
    spelling = first.word if isinstance(first, Claim) else first.spelling
    tags = ", ".join(f"`{each}`" for each in sorted(by_language))
    return Diagnostic(
        codes.LANGUAGE_TIE,
        f"{tags} claim `{spelling}`{named(scope)}; `{winner}` answers only for its place in the alphabet",
        Label(first.place, f"claimed in `{first.language}`"),
        (Label(second.place, f"claimed in `{second.language}`"),),
        help="add a `prefer` that lists the languages, the first choice first",
    )
