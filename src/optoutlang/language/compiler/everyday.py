"""`ignore everyday-words`: what has the key of a keyword and is an everyday word instead (docs/language.md §5).

For each context the few spellings that are not their keyword are worked out, so that a message is looked up in them
alone, and only once it has a keyword's key.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from functools import cache, lru_cache

from optoutlang.language.compiler.homonyms import (
    Languages,
    Speaker,
    Word,
    cuts,
    row_of,
    spellings_of,
)
from optoutlang.language.model.effective import Keyword, Table
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


@lru_cache(maxsize=1 << 14)
def _spelling(word: str) -> str:
    """Return a keyword's key with the marks that it is written with."""
    return "".join(spelt(word))


@lru_cache(maxsize=1 << 17)
def _compound(word: str) -> str:
    """Return a keyword's canonical text if it has several tokens, not all of one character; else the empty text."""
    row = row_of(word)
    return " ".join(row) if len(row) > 1 and max(map(len, row)) > 1 else ""


@dataclass(frozen=True, slots=True, eq=False)
class _Claimed:
    """A key that may be everyday words, who says that it means something, and the languages that make a difference.

    `known` has what was worked out, by those of these languages that a country speaks and by the files that count
    everywhere.
    """

    word: Word
    speakers: tuple[Speaker, ...]
    languages: Languages
    known: dict[tuple[Languages | None, frozenset[int]], Mapping[str, str]] = field(
        default_factory=dict
    )


_Claims = Mapping[str, _Claimed | None]
"""By key what may be everyday words; None for what is everyday in no language."""


class EverydayWords:
    """The everyday words of the contexts of one ruleset, the base first; none, unless a file ignores them.

    Nearly all of a country's keys are the base's, and most of these mean the same wherever none of a few languages is
    spoken. So the base is worked out for each set of languages, key by key only where one of them makes a difference,
    and of a country's table the keys alone that are otherwise in it.
    """

    def __init__(self, ruleset: Ruleset, tables: Iterable[Table]) -> None:
        self.ignored = bool(ruleset.of(Ignoring))
        # The root file, and the weakest of all: the standard pack's words are carriers' defaults everywhere.
        self._everywhere = frozenset(
            {
                len(ruleset.files) - 1,
                *(i for i, each in enumerate(ruleset.files) if not each.weaker),
            }
        )
        self._single: dict[str, list[Sentence]] = defaultdict(list)
        for sentence, keys in _single(ruleset.of(Sentence)) if self.ignored else ():
            for key in keys:
                self._single[key].append(sentence)
        # All by identity: the ruleset holds the statements, and hashing a pattern takes long.
        self._keywords: dict[int, _Claimed | None] = {}
        self._sentences: dict[tuple[str, tuple[int, ...]], _Claimed | None] = {}
        self._spellings: dict[tuple[int, str], frozenset[str]] = {}
        self._claims: dict[int, _Claims] = {}
        self._written: dict[int, frozenset[str]] = {}
        self._compounds: dict[int, tuple[str, ...]] = {}
        self._of_base: dict[Languages | None, dict[str, str]] = {}
        self._found: dict[tuple[int, Languages | None], dict[str, str]] = {}
        self._wary: dict[int, tuple[Keyword, ...]] = {}
        self._at_home: dict[int, tuple[tuple[str | None, str], ...]] = {}
        self._local: dict[tuple[int, Languages], frozenset[str]] = {}
        # All of them, so that no two tables have the same identity, one after the other.
        self._base, *self._others = tables
        self._by_language: dict[str, list[_Claimed]] = defaultdict(list)
        self._elsewhere: dict[str, str] = {}
        for claimed in self._claimed(self._base).values() if self.ignored else ():
            if claimed is not None:
                self._elsewhere |= self._everyday(claimed, frozenset())
                for language in claimed.languages:
                    self._by_language[language].append(claimed)

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
        spellings = dict(self._in_base(languages))
        if table is not self._base:
            base = self._claimed(self._base)
            own = self._claimed(table)
            for key in own:
                for spelling in self._spellings_of(base.get(key), languages):
                    spellings.pop(spelling, None)
            for claimed in own.values():
                spellings |= self._spellings_of(claimed, languages)
        for row in self.compounds(table) & spellings.keys():
            del spellings[row]
        return spellings

    def _in_base(self, languages: Languages | None) -> dict[str, str]:
        """Return what the keys of the base are where some languages are spoken, also as rules write it."""
        known = self._of_base.get(languages)
        if known is None:
            known = self._of_base[languages] = {}
            if languages is None:
                touched = [each for each in self._claimed(self._base).values() if each is not None]
            else:
                known |= self._elsewhere
                touched = [each for name in sorted(languages) for each in self._by_language[name]]
                touched = list({id(each): each for each in touched}.values())
                for each in touched:
                    for spelling in self._everyday(each, frozenset()):
                        known.pop(spelling, None)
            for each in touched:
                known |= self._everyday(each, languages)
        return known

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
        known = self._local.get((id(table), languages))
        if known is None:
            known = self._local[id(table), languages] = frozenset(
                text
                for each in self._wary_of(table)
                for name, text in self._homes_of(each)
                if name is None or name in languages
            )
        return known

    def _wary_of(self, table: Table) -> tuple[Keyword, ...]:
        """Return the opt-in keywords of a table, and the short ones."""
        known = self._wary.get(id(table))
        if known is None:
            known = self._wary[id(table)] = tuple(
                each
                for key, each in table.keywords.items()
                if len(key) == SHORT or each.action is Action.OPT_IN
            )
        return known

    def _homes_of(self, keyword: Keyword) -> tuple[tuple[str | None, str], ...]:
        """Return the language in which each claim of a keyword is at home, None for all, with the key.

        Beside the key stands the spelling with marks if the keyword opts in.
        """
        known = self._at_home.get(id(keyword))
        if known is None:
            known = self._at_home[id(keyword)] = tuple(
                (None if self._is_at_home(each, None) else home(each.language), text)
                for each in keyword.claims
                for text in (
                    (each.key, _spelling(each.word))
                    if keyword.action is Action.OPT_IN
                    else (each.key,)
                )
            )
        return known

    def _claimed(self, table: Table) -> _Claims:
        """Return what the keys of the base claim; of another table those that claim something else there."""
        known = self._claims.get(id(table))
        if known is None:
            if table is self._base:
                keys = {*table.keywords, *self._single} - PROTECTED_KEYS.keys()
                known = {key: self._claimed_in(table, key) for key in keys}
            else:
                base = self._claimed(self._base)
                own = {key: self._claimed_in(table, key) for key in self._otherwise(table)}
                known = {key: each for key, each in own.items() if each is not base.get(key)}
            self._claims[id(table)] = known
        return known

    def _otherwise(self, table: Table) -> set[str]:
        """Return the keys that a table may claim otherwise than the base; tables share most of their keywords."""
        base = self._base.keywords
        keys = {key for key, each in table.keywords.items() if base.get(key) is not each}
        keys |= base.keys() - table.keywords.keys()
        keys |= {
            key
            for key, sentences in self._single.items()
            if any(each.scope == table.scope for each in sentences)
        }
        return keys - PROTECTED_KEYS.keys()

    def _claimed_in(self, table: Table, key: str) -> _Claimed | None:
        """Return what a keyword claims, or sentences of one token."""
        keyword = table.keywords.get(key)
        if key not in self._single:
            if keyword is None:
                return None
            if id(keyword) not in self._keywords:
                self._keywords[id(keyword)] = _claim(key, _Speakers(keyword.claims))
            return self._keywords[id(keyword)]
        stated = [each for each in self._single[key] if each.scope in (None, table.scope)]
        claims = () if keyword is None else keyword.claims
        speakers: tuple[Speaker, ...] = (*claims, *stated)
        which = key, tuple(map(id, speakers))
        if which not in self._sentences:
            self._sentences[which] = _claim(key, _Speakers(speakers)) if speakers else None
        return self._sentences[which]

    def compounds(self, table: Table) -> frozenset[str]:
        """Return the canonical texts of several tokens, not all of one character, as which keywords are written."""
        known = self._written.get(id(table))
        if known is None:
            rows = {row for each in table.keywords.values() for row in self._compounds_of(each)}
            known = self._written[id(table)] = frozenset(rows)
        return known

    def _compounds_of(self, keyword: Keyword) -> tuple[str, ...]:
        known = self._compounds.get(id(keyword))
        if known is None:
            rows = (_compound(claim.word) for claim in keyword.claims)
            known = self._compounds[id(keyword)] = tuple(filter(None, rows))
        return known

    def _spellings_of(
        self, claimed: _Claimed | None, languages: Languages | None
    ) -> Mapping[str, str]:
        return {} if claimed is None else self._everyday(claimed, languages)

    def _everyday(self, claimed: _Claimed, languages: Languages | None) -> Mapping[str, str]:
        spoken = None if languages is None else languages & claimed.languages
        place = spoken, self._everywhere
        known = claimed.known.get(place)
        if known is None:
            word, speakers = claimed.word, claimed.speakers
            at_home = [each for each in speakers if self._is_at_home(each, languages)]

            def spellings(speaker: Speaker) -> frozenset[str]:
                return self._spelt(speaker, word.key)

            known = dict(word.everyday(speakers, at_home, spoken, spellings))
            claimed.known[place] = known
        return known

    def _spelt(self, speaker: Speaker, key: str) -> frozenset[str]:
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


class _Speakers:
    """Some statements, told apart by identity: hashing a pattern takes long."""

    __slots__ = ("_identity", "all")

    def __init__(self, speakers: tuple[Speaker, ...]) -> None:
        self.all = speakers
        self._identity = tuple(map(id, speakers))

    def __hash__(self) -> int:
        return hash(self._identity)

    def __eq__(self, other: object) -> bool:
        # Both hold their statements, so that no two of these have one identity.
        return isinstance(other, _Speakers) and self._identity == other._identity


@lru_cache(maxsize=1 << 12)
def _claim(key: str, speakers: _Speakers) -> _Claimed | None:
    """Return what some speakers claim; None if nothing about it is everyday in any language.

    Proofs compile the same statements time and again, each time without some.
    """
    word = _word(key)
    languages = word.languages(speakers.all)
    return _Claimed(word, speakers.all, languages) if languages else None


@lru_cache(maxsize=1 << 14)
def _word(key: str) -> Word:
    """Return what is everyday about a key, whatever the rules are."""
    spellings: dict[str, Languages] = {}
    for language in lists():
        for spelling in spellings_by_key(language).get(key, ()):
            spellings[spelling] = spellings.get(spelling, frozenset()) | {language}
    return Word(key, spellings, tuple(cuts(key, _pieces())))


@cache
def _pieces() -> Mapping[str, Languages]:
    """Return the everyday words of two characters or more of which keywords may be joined, with their languages."""
    pieces: dict[str, Languages] = {}
    for language in lists():
        for piece in everyday_keys(language, PIECE):
            if len(piece) > 1:
                pieces[piece] = pieces.get(piece, frozenset()) | {language}
    return pieces
