"""The rules that one word of a message may be part of, by the tables of a prefilter (`runtime.native.tables`).

Theory of operation. Messages are made of few words, so what is known of a word is worked out when it is first met and
kept. A rule whose words must all be there is looked for by its longest word, which is the rarest as far as letters
tell, and then by the next longest: so an ordinary word leads to a handful of rules, and most words lead to none.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Mapping
from collections.abc import Set as AbstractSet
from dataclasses import dataclass, field
from functools import cache
from itertools import chain
from typing import NamedTuple

from optoutlang.runtime.matcher.key_parts import KeyFacts, KeyParts
from optoutlang.runtime.native import Tables

MOST_KEPT = 20_000
"""So many words are known at a time; when there are more, all are forgotten."""

LONGEST_KEPT = 40
"""Longer words are worked out each time."""


@dataclass(frozen=True, slots=True, eq=False)
class WordFacts:
    """What a word may be part of: of a keyword as `KeyFacts` has it, and of other rules.

    `rows` are the phrases and sentences that are looked for by it, and `members` those of classes, by the next longest
    word; `partners` are these words. `classes` are those that it is of, or of whose words it may be a slip; a frame
    that is looked for by one of them needs one of those `wanted` too, which is the class itself where no other is
    needed.
    """

    letters: int
    is_key_part: bool
    begins: bool
    ends: bool
    rows: Mapping[str, Rows] = field(default_factory=dict)
    members: Mapping[str, Rows] = field(default_factory=dict)
    partners: frozenset[str] = frozenset()
    classes: frozenset[int] = frozenset()
    wanted: frozenset[int] = frozenset()


class Member(NamedTuple):
    """Words that are a member of classes, with one behind them that begins with `stem` if it is not empty.

    `wanted` are the classes of which a frame that is looked for by one of `classes` needs one too.
    """

    words: tuple[str, ...]
    stem: str
    classes: frozenset[int]
    wanted: frozenset[int]


class Rows:
    """Rows that have two words; each is a set of words when it is first asked for."""

    __slots__ = ("_members", "_sets", "_texts")

    def __init__(self) -> None:
        self._texts: list[str] = []
        self._sets: list[tuple[frozenset[str], str]] | None = None
        self._members: list[tuple[frozenset[str], Member]] | None = None

    def add(self, text: str) -> None:
        """Add a row."""
        self._texts.append(text)

    def among(self, words: AbstractSet[str]) -> list[str]:
        """Return those rows whose words are all among some."""
        if self._sets is None:
            self._sets = [(frozenset(text.split(" ")), text) for text in self._texts]
        return [text for row, text in self._sets if row <= words]

    def members_among(
        self, words: AbstractSet[str], members_of: Callable[[str], Iterable[Member]]
    ) -> list[Member]:
        """Return the members whose words are all among some; of a row in the rules `members_of` tells them."""
        if self._members is None:
            self._members = [
                (frozenset(each.words), each) for text in self._texts for each in members_of(text)
            ]
        return [
            member
            for row, member in self._members
            if row <= words and (not member.stem or _has_stem(words, member.stem))
        ]


Index = dict[str, dict[str, Rows]]
"""Rows of words by their longest word, and by the next longest; by itself where there is no other."""


class KnownWords(dict[str, WordFacts]):
    """The facts of words, worked out when they are asked for first."""

    def __init__(self, facts_of: Callable[[str], WordFacts]) -> None:
        super().__init__()
        self._facts_of = facts_of

    def __missing__(self, word: str) -> WordFacts:
        facts = self._facts_of(word)
        if len(word) <= LONGEST_KEPT:
            if len(self) >= MOST_KEPT:
                self.clear()
            self[word] = facts
        return facts


class Words:
    """The words of the rules, and what a word may be part of."""

    __slots__ = ("_keys", "_members", "_partners", "_rows", "_singles", "_tables")

    def __init__(
        self,
        tables: Tables,
        *,
        partners: Mapping[int, Collection[int]],
        singles: frozenset[int],
        skeletons: Mapping[int, int],
    ) -> None:
        """Take tables, one character for each of those that look alike, and by which classes frames are looked for.

        `partners` are those of which one must be there beside a class, `singles` the classes that may be enough.
        """
        self._tables = tables
        self._partners = partners
        self._singles = singles
        self._keys = KeyParts(tables, skeletons)
        rows = {*tables.phrases, *tables.begins, *tables.ends, *tables.sentences}
        self._rows = _index(rows)
        self._members = _index({*map(" ".join, chain(tables.sequences, tables.stem_sequences))})

    def facts(self, word: str) -> WordFacts:
        """Return what a word may be part of."""
        tables = self._tables
        classes = frozenset(tables.classes_of(word) or tables.slips_of(word))
        rows, members = self._rows.get(word, {}), self._members.get(word, {})
        keys = self._keys.facts(word)
        if not (classes or rows or members):
            return plain(keys)
        partners = frozenset((*rows, *members))
        return WordFacts(*keys, rows, members, partners, classes, self._wanted(classes))

    def members(self, text: str) -> list[Member]:
        """Return the members that have some words in a row, or those with a stem behind them."""
        tables, row = self._tables, tuple(text.split(" "))
        endings = [*tables.stem_sequences.get(row, ())]
        if row in tables.sequences:
            endings.append(("", tables.sequences[row]))
        return [
            Member(row, stem, frozenset(classes), self._wanted(frozenset(classes)))
            for stem, classes in endings
        ]

    def _wanted(self, classes: frozenset[int]) -> frozenset[int]:
        """Return the classes of which one must be there beside some classes by which frames are looked for."""
        partners = chain.from_iterable(self._partners.get(each, ()) for each in classes)
        return frozenset((*partners, *(self._singles & classes)))


@cache
def plain(keys: KeyFacts) -> WordFacts:
    """Return the facts of most words, shared: those that no rule has but perhaps a keyword."""
    return WordFacts(*keys)


def _has_stem(words: Iterable[str], stem: str) -> bool:
    return any(word.startswith(stem) for word in words)


def _index(rows: Iterable[str]) -> Index:
    index: Index = {}
    for row in rows:
        words = row.split(" ")
        first = max(words, key=len)
        second = max((each for each in words if each != first), key=len, default=first)
        by_second = index.setdefault(first, {})
        if second not in by_second:
            by_second[second] = Rows()
        by_second[second].add(row)
    return index
