"""`ignore everyday-words`: what has the key of a keyword and is an everyday word instead (docs/language.md §5).

For each context the few spellings that are not their keyword are worked out, so that a message is looked up in them
alone, and only once it has a keyword's key.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from functools import cache
from typing import NamedTuple

from optoutlang.language.compiler.homonyms import (
    Languages,
    Speaker,
    Word,
    cuts,
    row_of,
    spellings_of,
)
from optoutlang.language.model.effective import Table
from optoutlang.language.model.pattern import rows
from optoutlang.language.model.ruleset import Ruleset
from optoutlang.language.model.statement import Ignoring, Sentence
from optoutlang.language.words.everyday import PIECE, everyday_keys, spellings_by_key
from optoutlang.language.words.lists import home, lists
from optoutlang.language.words.territories import languages_of
from optoutlang.runtime.canonical.spelling import spelt
from optoutlang.runtime.program import PROTECTED_KEYS
from optoutlang.runtime.terms import Action

SHORT = 4
"""The length of the keywords whose slips count only in the country's own languages."""


def compounds(table: Table) -> frozenset[str]:
    """Return the canonical texts of several tokens, not all of one character, as which keywords are written."""
    rows = (row_of(claim.word) for each in table.keywords.values() for claim in each.claims)
    return frozenset(" ".join(row) for row in rows if len(row) > 1 and max(map(len, row)) > 1)


class _Claimed(NamedTuple):
    """A key, and who says that it means something; statements are told apart by identity."""

    word: Word
    identities: tuple[int, ...]
    speakers: tuple[Speaker, ...]


class EverydayWords:
    """The everyday words of the contexts of one ruleset; none, unless a file ignores them."""

    def __init__(self, ruleset: Ruleset, tables: Iterable[Table]) -> None:
        self.ignored = bool(ruleset.of(Ignoring))
        # The root file, and the weakest of all: the standard pack's words are carriers' defaults everywhere.
        self._everywhere = frozenset(
            {
                len(ruleset.files) - 1,
                *(i for i, each in enumerate(ruleset.files) if not each.weaker),
            }
        )
        self._single = tuple(_single(ruleset.of(Sentence))) if self.ignored else ()
        self._known: dict[tuple[str, tuple[int, ...], Languages | None], dict[str, str]] = {}
        self._spellings: dict[tuple[int, str], frozenset[str]] = {}
        self._telling: dict[tuple[str, tuple[int, ...]], Languages] = {}
        self._tables: dict[int, tuple[tuple[_Claimed, ...], frozenset[str]]] = {}
        self._found: dict[tuple[int, Languages | None], dict[str, str]] = {}
        speaking = [self._speaking(table) for table in tables] if self.ignored else []
        self._words = dict(_words(frozenset(key for each in speaking for key in each)))

    def spellings(self, table: Table, country: str | None) -> dict[str, str]:
        """Return the spellings that are not their keyword, and a language of which each is an everyday word."""
        if not self.ignored:
            return {}
        languages = None if country is None else languages_of(country)
        known = self._found.get((id(table), languages))
        if known is None:
            known = self._found[id(table), languages] = self._worked_out(table, languages)
        return known

    def _worked_out(self, table: Table, languages: Languages | None) -> dict[str, str]:
        claimed, written = self._claimed(table)
        spellings: dict[str, str] = {}
        for each in claimed:
            spellings |= self._everyday(each, languages)
        for row in written & spellings.keys():
            del spellings[row]
        return spellings

    def changed(
        self, base: Mapping[str, str | None], table: Table, country: str
    ) -> dict[str, str | None]:
        """Return what is otherwise in a country than in the base; None for the spellings that are a keyword there."""
        there = self.spellings(table, country)
        new = {text: language for text, language in there.items() if base.get(text) != language}
        return {**new, **dict.fromkeys(base.keys() - there.keys())}

    def local(self, table: Table, country: str | None) -> frozenset[str] | None:
        """Return the keys of opt-in and short opt-out keywords of the country's own languages; None where all count.

        Beside the key of an opt-in keyword stands each spelling with marks.
        """
        if not self.ignored or country is None:
            return None
        languages = languages_of(country)
        found: set[str] = set()
        for key, keyword in table.keywords.items():
            opts_in = keyword.action is Action.OPT_IN
            if opts_in or len(key) == SHORT:
                at_home = [each for each in keyword.claims if self._is_at_home(each, languages)]
                found.update(each.key for each in at_home)
                if opts_in:
                    found.update("".join(spelt(each.word)) for each in at_home)
        return frozenset(found)

    def _claimed(self, table: Table) -> tuple[tuple[_Claimed, ...], frozenset[str]]:
        """Return the keys of a table that may be everyday words, and the rows of several tokens that rules write."""
        known = self._tables.get(id(table))
        if known is None:
            every = (
                _Claimed(self._words[key], tuple(map(id, speakers)), tuple(speakers))
                for key, speakers in self._speaking(table).items()
            )
            claimed = tuple(each for each in every if self._languages(each))
            known = self._tables[id(table)] = claimed, compounds(table)
        return known

    def _speaking(self, table: Table) -> dict[str, list[Speaker]]:
        """Return by key who says that a word means something: a keyword does, and a sentence of one token."""
        speaking: dict[str, list[Speaker]] = {
            key: [*keyword.claims]
            for key, keyword in table.keywords.items()
            if key not in PROTECTED_KEYS
        }
        for sentence, keys in self._single:
            if sentence.scope in (None, table.scope):
                for key in keys:
                    speaking.setdefault(key, []).append(sentence)
        return speaking

    def _languages(self, claimed: _Claimed) -> Languages:
        """Return the languages that make a difference for a key; none if it is no everyday word of any."""
        which = claimed.word.key, claimed.identities
        if which not in self._telling:
            self._telling[which] = claimed.word.languages(claimed.speakers)
        return self._telling[which]

    def _everyday(self, claimed: _Claimed, languages: Languages | None) -> Mapping[str, str]:
        word, identities, speakers = claimed
        spoken = None if languages is None else languages & self._languages(claimed)
        if (word.key, identities, spoken) not in self._known:
            at_home = [each for each in speakers if self._is_at_home(each, languages)]

            def spellings(speaker: Speaker) -> frozenset[str]:
                return self._spelt(speaker, word.key)

            everyday = word.everyday(speakers, at_home, spoken, spellings)
            self._known[word.key, identities, spoken] = dict(everyday)
        return self._known[word.key, identities, spoken]

    def _spelt(self, speaker: Speaker, key: str) -> frozenset[str]:
        # By identity: the ruleset holds the statements, and hashing a pattern takes long.
        known = self._spellings.get((id(speaker), key))
        if known is None:
            known = self._spellings[id(speaker), key] = spellings_of(speaker, key)
        return known

    def _is_at_home(self, speaker: Speaker, languages: Languages | None) -> bool:
        """Tell whether what somebody says counts whatever is everyday in a country of some languages."""
        if speaker.file in self._everywhere or speaker.scope is not None:
            return True
        return languages is not None and home(speaker.language) in languages


def _single(sentences: Iterable[Sentence]) -> Iterator[tuple[Sentence, frozenset[str]]]:
    """Yield the sentences that stand for rows of one token, and these."""
    for sentence in sentences:
        keys = {row[0] for row in rows(sentence.pattern) if len(row) == 1} - PROTECTED_KEYS.keys()
        if keys:
            yield sentence, frozenset(keys)


def _words(keys: frozenset[str]) -> Iterator[tuple[str, Word]]:
    """Yield those of some keys that may be everyday words, or several of them."""
    if not keys:
        return
    spellings: dict[str, dict[str, Languages]] = {key: {} for key in keys}
    for language in lists():
        by_key = spellings_by_key(language)
        for key in keys & by_key.keys():
            for spelling in by_key[key]:
                known = spellings[key].get(spelling, frozenset())
                spellings[key][spelling] = known | {language}
    for key in keys:
        yield key, Word(key, spellings[key], tuple(cuts(key, _pieces())))


@cache
def _pieces() -> Mapping[str, Languages]:
    """Return the everyday words of two characters or more of which keywords may be joined, with their languages."""
    pieces: dict[str, Languages] = {}
    for language in lists():
        for piece in everyday_keys(language, PIECE):
            if len(piece) > 1:
                pieces[piece] = pieces.get(piece, frozenset()) | {language}
    return pieces
