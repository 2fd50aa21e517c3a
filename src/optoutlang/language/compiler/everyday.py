"""`ignore everyday-words`: what has the key of a keyword and is an everyday word instead (docs/language.md §5).

For each context the few spellings that are not their keyword are worked out, so that a message is looked up in them
alone, and only once it has a keyword's key.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence

from optoutlang.language.compiler.homonyms import Languages, Speaker, Word, cuts
from optoutlang.language.model.effective import Table
from optoutlang.language.model.pattern import rows
from optoutlang.language.model.ruleset import Ruleset
from optoutlang.language.model.statement import Ignoring, Sentence
from optoutlang.language.words.everyday import PIECE, everyday_keys, spellings_by_key
from optoutlang.language.words.lists import home, lists
from optoutlang.language.words.territories import languages_of
from optoutlang.runtime.canonical import tokens
from optoutlang.runtime.canonical.spelling import spelt
from optoutlang.runtime.program import PROTECTED_KEYS
from optoutlang.runtime.terms import Action

SHORT = 4
"""The length of the keywords whose slips count only in the country's own languages."""


def compounds(table: Table) -> frozenset[str]:
    """Return the canonical texts of several tokens, not all of one character, as which keywords are written."""
    rows = (tokens(claim.word) for each in table.keywords.values() for claim in each.claims)
    return frozenset(" ".join(row) for row in rows if len(row) > 1 and max(map(len, row)) > 1)


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
        self._telling: dict[tuple[str, tuple[int, ...]], Languages] = {}
        self._tables: dict[int, tuple[dict[str, list[Speaker]], frozenset[str]]] = {}
        keys = {key for table in tables for key in self._speaking(table)[0]} if self.ignored else ()
        self._words = dict(_words(frozenset(keys)))

    def spellings(self, table: Table, country: str | None) -> dict[str, str]:
        """Return the spellings that are not their keyword, and a language of which each is an everyday word."""
        found: dict[str, str] = {}
        if self.ignored:
            speaking, written = self._speaking(table)
            for key in speaking.keys() & self._words.keys():
                found |= self._everyday(self._words[key], speaking[key], country)
            for row in written & found.keys():
                del found[row]
        return found

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
        found: set[str] = set()
        for key, keyword in table.keywords.items():
            opts_in = keyword.action is Action.OPT_IN
            if opts_in or len(key) == SHORT:
                at_home = [each for each in keyword.claims if self._is_at_home(each, country)]
                found.update(each.key for each in at_home)
                if opts_in:
                    found.update("".join(spelt(each.word)) for each in at_home)
        return frozenset(found)

    def _speaking(self, table: Table) -> tuple[dict[str, list[Speaker]], frozenset[str]]:
        """Return by key who says that a word means something, and the rows of several tokens that rules write.

        A keyword says so, and a sentence of one token.
        """
        known = self._tables.get(id(table))
        if known is None:
            found: dict[str, list[Speaker]] = {
                key: [*keyword.claims]
                for key, keyword in table.keywords.items()
                if key not in PROTECTED_KEYS
            }
            for sentence, keys in self._single:
                if sentence.scope in (None, table.scope):
                    for key in keys:
                        found.setdefault(key, []).append(sentence)
            known = self._tables[id(table)] = found, compounds(table)
        return known

    def _everyday(
        self, word: Word, speakers: Sequence[Speaker], country: str | None
    ) -> Mapping[str, str]:
        which = word.key, tuple(map(id, speakers))
        if which not in self._telling:
            self._telling[which] = word.languages(speakers)
        spoken = None if country is None else languages_of(country) & self._telling[which]
        if (*which, spoken) not in self._known:
            at_home = [each for each in speakers if self._is_at_home(each, country)]
            self._known[*which, spoken] = dict(word.everyday(speakers, at_home, spoken))
        return self._known[*which, spoken]

    def _is_at_home(self, speaker: Speaker, country: str | None) -> bool:
        """Tell whether what somebody says counts whatever is everyday there."""
        if speaker.file in self._everywhere or speaker.scope is not None:
            return True
        return country is not None and home(speaker.language) in languages_of(country)


def _single(sentences: Iterable[Sentence]) -> Iterator[tuple[Sentence, frozenset[str]]]:
    """Yield the sentences that stand for rows of one token, and these."""
    for sentence in sentences:
        keys = {row[0] for row in rows(sentence.pattern) if len(row) == 1} - PROTECTED_KEYS.keys()
        if keys:
            yield sentence, frozenset(keys)


def _words(keys: frozenset[str]) -> Iterator[tuple[str, Word]]:
    """Yield those of some keys that may be everyday words, or several of them."""
    spellings: dict[str, dict[str, Languages]] = {key: {} for key in keys}
    pieces: dict[str, Languages] = {}
    for language in lists() if keys else ():
        by_key = spellings_by_key(language)
        for key in keys & by_key.keys():
            for spelling in by_key[key]:
                known = spellings[key].get(spelling, frozenset())
                spellings[key][spelling] = known | {language}
        for piece in everyday_keys(language, PIECE):
            if len(piece) > 1:
                pieces[piece] = pieces.get(piece, frozenset()) | {language}
    for key in keys:
        yield key, Word(key, spellings[key], tuple(cuts(key, pieces)))
