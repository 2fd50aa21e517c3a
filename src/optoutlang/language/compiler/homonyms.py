"""A keyword's key and the everyday words that have it too: which of them it is in a country, or without one.

The rules of docs/language.md §5, `ignore everyday-words`, for one key.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from itertools import islice, product

from optoutlang.language.model.statement import Claim, Phrase
from optoutlang.language.words.everyday import spellings_by_key
from optoutlang.language.words.lists import home, lists
from optoutlang.language.words.territories import is_larger
from optoutlang.runtime.canonical import canonical, key, tokens
from optoutlang.runtime.canonical.spelling import spelt

FEW = 64
"""How many spellings of one keyword of several words are looked at in one language."""

Languages = frozenset[str]
Speaker = Claim | Phrase
"""A keyword, or a sentence of one token."""


@dataclass(frozen=True, slots=True)
class Word:
    """A key: its everyday spellings, and the rows of everyday words that it can be cut into, with their languages."""

    key: str
    spellings: Mapping[str, Languages]
    cuts: tuple[tuple[str, tuple[Languages, ...]], ...]

    def languages(self, speakers: Sequence[Speaker]) -> Languages:
        """Return the languages that make a difference where they are spoken; none if nothing here is everyday."""
        pieces = (piece for _, row in self.cuts for piece in row)
        every = frozenset[str]().union(*self.spellings.values(), *pieces) | _of_compounds(speakers)
        return every | {home(each.language) for each in speakers} if every else every

    def everyday(
        self,
        speakers: Sequence[Speaker],
        at_home: Sequence[Speaker],
        spoken: Languages | None,
        spellings: Callable[[Speaker], frozenset[str]],
    ) -> Iterator[tuple[str, str]]:
        """Yield each spelling that is no keyword, and the language of which it is an everyday word.

        `at_home` are those of the speakers that count whatever is everyday, `spoken` the country's languages, None
        for messages from no country. `spellings` says how a speaker spells the key.
        """
        homes = frozenset(home(each.language) for each in speakers)
        written = frozenset[str]().union(*(spellings(each) for each in at_home or speakers))
        here = spoken or frozenset()
        for spelling, languages in self.spellings.items():
            counting = languages & here
            if not at_home:
                counting |= _larger(languages, homes)
            marked = _is_marked(spelling)
            if at_home and (spelling in written or not marked):
                continue
            if spoken is None and marked and spelling not in written:
                counting |= languages & homes
            if counting:
                yield spelling, min(counting)
        for row, pieces in self.cuts:
            counting = pieces[0] & here
            if counting and not all(piece & here for piece in pieces[1:]):
                counting = frozenset()
            if not at_home:
                counting |= _larger_than_all(pieces, homes)
            if counting:
                yield row, min(counting)
        yield from self._compounds(speakers, written, here)

    @staticmethod
    def _compounds(
        speakers: Sequence[Speaker], written: frozenset[str], here: Languages
    ) -> Iterator[tuple[str, str]]:
        rows = _rows(speakers) if here else ()
        for language in sorted(here) if rows else ():
            for spelling in _compound_spellings(rows, language):
                if spelling not in written:
                    yield spelling, language


@lru_cache(maxsize=1 << 16)
def _is_marked(spelling: str) -> bool:
    return canonical(spelling) != spelling


def cuts(key: str, pieces: Mapping[str, Languages]) -> Iterator[tuple[str, tuple[Languages, ...]]]:
    """Yield each way to cut a key into two or more everyday words of two characters or more."""
    for end in range(2, len(key) - 1):
        head, rest = key[:end], key[end:]
        if head in pieces:
            if rest in pieces:
                yield f"{head} {rest}", (pieces[head], pieces[rest])
            for row, languages in cuts(rest, pieces):
                yield f"{head} {row}", (pieces[head], *languages)


@lru_cache(maxsize=1 << 14)
def _larger(languages: Languages, homes: Languages) -> Languages:
    return frozenset(each for each in languages if all(is_larger(each, own) for own in homes))


@lru_cache(maxsize=1 << 16)
def _larger_than_all(pieces: tuple[Languages, ...], homes: Languages) -> Languages:
    return _larger(frozenset.intersection(*pieces), homes)


def spellings_of(speaker: Speaker, wanted: str) -> frozenset[str]:
    """Return how a keyword, or a sentence of one token, spells a key."""
    texts = (speaker.word,) if isinstance(speaker, Claim) else speaker.pattern.texts()
    return frozenset(" ".join(spelt(text)) for text in texts if key(text) == wanted)


@lru_cache(maxsize=1 << 14)
def row_of(word: str) -> tuple[str, ...]:
    """Return the tokens of a keyword as it is written."""
    return tokens(word)


def _rows(speakers: Iterable[Speaker]) -> set[tuple[str, ...]]:
    """Return the tokens of keywords that are written as several words."""
    rows = {row_of(each.word) for each in speakers if isinstance(each, Claim)}
    return {row for row in rows if len(row) > 1 and max(map(len, row)) > 1}


def _of_compounds(speakers: Sequence[Speaker]) -> Languages:
    compounds = _rows(speakers)
    return frozenset(
        language
        for language in (lists() if compounds else ())
        if any(_compound_spellings(compounds, language))
    )


def _compound_spellings(rows: Iterable[tuple[str, ...]], language: str) -> Iterator[str]:
    """Yield how keywords of several words are spelt if they are everyday words of a language with marks."""
    by_key = spellings_by_key(language)
    for row in rows:
        if all(token in by_key for token in row):
            for spelling in islice(product(*(by_key[token] for token in row)), FEW):
                if spelling != row:
                    yield " ".join(spelling)
