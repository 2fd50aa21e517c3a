"""The sieves in Python: the steps of the matcher that may find anything in a message, where no compiled core runs.

Theory of operation. It has the tables of the compiled prefilter (`matcher.prefilter`), and like it may only err on the
side of "may find". A message goes through three sieves, each of which sees what the one before lets pass:

- its words: each leads to few rules or none (`word_facts`), and a rule needs all of its words, wherever they stand;
- its classes: a frame needs a member, or a slip of one, of all classes of some row, wherever they stand;
- its sentences: the words of a rule stand in one sentence, in order, with no more other words between them than it
  allows (`rows_in_sentence`).

A word that occurs in some filler may be filler, so which country's filler is taken out makes no difference. Nor do
quotations, before the last sieve: what is outside of them has no other words.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache

from optoutlang.runtime.canonical import tokens
from optoutlang.runtime.canonical.classes import char_class, reach
from optoutlang.runtime.canonical.compose import HANGUL_MOVING, MOVING
from optoutlang.runtime.canonical.fold import fold
from optoutlang.runtime.canonical.tokenize import folded_tokens
from optoutlang.runtime.matcher.key_parts import NOWHERE
from optoutlang.runtime.matcher.keyword_sieve import KeywordSieve
from optoutlang.runtime.matcher.prefilter import filler_sets, skeletons, tables
from optoutlang.runtime.matcher.quotes import unquoted
from optoutlang.runtime.matcher.rows_in_sentence import RowsInSentence
from optoutlang.runtime.matcher.sentences import sentences
from optoutlang.runtime.matcher.word_facts import (
    KnownWords,
    Member,
    WordFacts,
    Words,
    plain,
)
from optoutlang.runtime.native import Classes
from optoutlang.runtime.program import Filler, Program

KEYWORDS, PARTS, FRAMES = 0b00111, 0b01000, 0b10000
"""The places of the steps that look for a keyword, for phrases and sentences, for frames."""

LONGEST_TEXT = 100_000
"""A text that is longer is left to the steps, as by the compiled prefilter."""

MOST_LOOKED_AT = 50
"""So many rules at most are looked for in each sentence, so that the work is linear in the text."""

_NO_KEY = plain(NOWHERE)
"""The facts of a word that stands in no rule."""

_MayBe = tuple[list[str], list[Classes], list[Member]]
"""Rows, groups of rows of frames, and members of several words whose words, or classes, a message has."""

_Partners = dict[int, dict[int, list[Classes]]]


class Sieves:
    """Say which steps may find anything; they find nothing that is ruled out."""

    __slots__ = (
        "_fillers",
        "_keyword_sieve",
        "_known",
        "_leading",
        "_longest",
        "_partners",
        "_rows",
        "_singles",
        "_symbols",
        "_words",
    )

    def __init__(self, program: Program) -> None:
        sets = filler_sets(program)
        known = tables(program, sets)
        self._fillers = tuple(map(Filler, sets))
        self._keyword_sieve = KeywordSieve(known, skeletons())
        self._partners: _Partners = {}
        for group in known.groups:
            if len(group) > 1:
                self._partners.setdefault(group[0], {}).setdefault(group[1], []).append(group)
        self._leading = frozenset(self._partners)
        self._singles = frozenset(group[0] for group in known.groups if len(group) == 1)
        self._words = Words(
            known, partners=self._partners, singles=self._singles, skeletons=skeletons()
        )
        self._longest = self._keyword_sieve.longest
        self._known = KnownWords(self._words.facts)
        self._rows = RowsInSentence(known, self._known)
        symbols = (word for word in known.vocabulary if not tokens(f"a {word}")[1:])
        self._symbols = "".join(sorted(symbols))

    def steps(self, text: str, fillers: int) -> int:
        """Return the places of the steps that may find anything in a text, as bits.

        `fillers` is the number of the context's set of fillers.

        Raises:
            TypeError: the text is no str.
        """
        if len(text) > LONGEST_TEXT:
            return KEYWORDS | PARTS | FRAMES
        if text.isascii():
            words = tokens(text)
            more = tuple(_any_of(self._symbols).findall(text)) if self._symbols else ()
        else:
            folded = fold(text)
            words, more = folded_tokens(folded), self._more_words(text, folded)
        facts = {*map(self._known.__getitem__, words)}
        found = 0
        if words and _NO_KEY not in facts:
            found = self._keywords(words, facts, fillers)
        if more:
            facts.update(map(self._known.__getitem__, more))
        leads = [each for each in facts if each.partners or each.wanted]
        return found | self._parts(text, facts, {*words, *more}, fillers) if leads else found

    def _keywords(self, words: tuple[str, ...], facts: set[WordFacts], fillers: int) -> int:
        """Return the places of the steps that may find a keyword in words that may all stand in one."""
        letters = sum([each.letters for each in facts])
        if letters > self._longest and not all(each.is_key_part for each in facts):
            return 0
        if not (self._known[words[0]].begins and self._known[words[-1]].ends):
            return 0
        return self._keyword_sieve.steps(words, self._fillers[fillers])

    def _parts(self, text: str, facts: set[WordFacts], words: set[str], fillers: int) -> int:
        """Return the places of the steps that read sentences and may find anything in a text with some words."""
        leading = _leading(facts, words)
        rows = [
            row
            for each, partner in leading
            if partner in each.rows
            for row in each.rows[partner].among(words)
        ]
        members: list[Member] = []
        present: set[int] = set()
        groups: list[Classes] = []
        if self._partners or self._singles:
            members = [
                member
                for each, partner in leading
                if partner in each.members
                for member in each.members[partner].members_among(words, self._words.members)
            ]
            present = _present(facts, members)
            groups = self._groups(present) if present else []
        if not (rows or groups):
            return 0
        return self._parts_in_sentences(
            text, (rows, groups, members), present, self._fillers[fillers]
        )

    def _parts_in_sentences(
        self, text: str, may_be: _MayBe, present: set[int], filler: Filler
    ) -> int:
        """Return the same for what may be in a text with some classes, if it were one sentence."""
        rows, groups, members = may_be
        if max(len(rows), len(groups), len(members)) > MOST_LOOKED_AT:
            return PARTS * bool(rows) | FRAMES * bool(groups)
        found = 0
        for sentence in map(tokens, _sentences(text)):
            here = {*sentence}
            those = [each for each in rows if here.issuperset(each.split(" "))]
            several = [each for each in members if here.issuperset(each.words)]
            frames = self._rows.may_hold(here, groups, several)
            if not (those or frames):
                continue
            unfilled = filler.taken_out(sentence)
            for reading in (sentence,) if unfilled is sentence else (sentence, unfilled):
                if those and self._rows.has_row(reading, those):
                    found |= PARTS
                if frames and self._rows.has_frame(reading, frames, present, several):
                    found |= FRAMES
        return found

    def _groups(self, present: set[int]) -> list[Classes]:
        """Return the groups of rows of frames whose classes are all present, with those that their frames need."""
        groups: list[Classes] = [(each,) for each in self._singles & present]
        for first in self._leading & present:
            partners = self._partners[first]
            for second in partners.keys() & present:
                groups += [each for each in partners[second] if present.issuperset(each)]
        return self._rows.with_all_needed(groups, present)

    def _more_words(self, text: str, folded: str) -> tuple[str, ...]:
        """Return words that sentences may have although the text has them not.

        Beside words symbols are none, but a sentence may have them alone; and a mark may compose with what stands
        before a quotation.
        """
        more = tuple(_any_of(self._symbols).findall(folded)) if self._symbols else ()
        if _moving(reach(folded)).search(folded):
            for sentence in _sentences(text):
                more += tokens(sentence)
        return more


def _present(facts: set[WordFacts], members: list[Member]) -> set[int]:
    """Return the classes that have a member among some; none if no frame can have all it needs."""
    wanted = [each.wanted for each in facts if each.wanted]
    wanted += [each.wanted for each in members if each.wanted]
    if not wanted:
        return set()
    present: set[int] = set().union(
        *[each.classes for each in facts], *[each.classes for each in members]
    )
    return set() if all(each.isdisjoint(present) for each in wanted) else present


def _leading(facts: set[WordFacts], words: set[str]) -> list[tuple[WordFacts, str]]:
    """Return words that rules of several words are looked for by, each with a next longest word of some."""
    return [
        (each, partner)
        for each in facts
        if not each.partners.isdisjoint(words)
        for partner in each.partners & words
    ]


@cache
def _any_of(chars: str) -> re.Pattern[str]:
    return re.compile(f"[{re.escape(chars)}]")


@cache
def _moving(upto: str) -> re.Pattern[str]:
    """Match what may compose with a character before it, or change places with it."""
    ranges = "".join(chr(low) + chr(high) for low, high in HANGUL_MOVING)
    marks = "".join(each * 2 for each in MOVING)
    return re.compile(f"[{char_class(ranges + marks, upto=upto)}]")


def _sentences(text: str) -> Iterator[str]:
    """Yield the sentences outside quotes; those of all of a text that has nothing else."""
    outside = unquoted(text)
    pieces = sentences(outside)
    if outside != text and not any(map(tokens, pieces)):
        pieces = sentences(text)
    yield from pieces
