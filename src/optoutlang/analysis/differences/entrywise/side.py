"""One of the two contexts that are compared entry by entry, its entries looked up and never copied."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from functools import cached_property

from optoutlang.analysis.differences.outcome import OutcomeEncoder, OutcomeIndex
from optoutlang.runtime.program import (
    EXCEPTIONS,
    FIELDS,
    KEYWORDS,
    PHRASES,
    SENTENCES,
    TABLES,
    Context,
    Program,
    Table,
    meanings,
)
from optoutlang.runtime.program.fields import Entry
from optoutlang.runtime.program.meaning import Meaning
from optoutlang.runtime.program.rest import MARK, unmarked
from optoutlang.runtime.terms import Action, MatchedBy

Row = tuple[str, ...]
Shape = tuple[object, ...]

MATCHED_BY: Mapping[str, MatchedBy] = {
    KEYWORDS.name: MatchedBy.EXACT,
    SENTENCES.name: MatchedBy.SENTENCE,
    PHRASES.name: MatchedBy.PHRASE,
}
"""How a message matches that is an entry of a table; exceptions match nothing."""


def shape(entry: Entry) -> Shape:
    """Return all of an entry that an outcome depends on: actions and languages, not files and lines."""
    return tuple(
        (each.action, tuple(origin.language for origin in each.origins)) for each in meanings(entry)
    )


def shapes(context: Context) -> Shape:
    """Return all of a context's own entries that outcomes depend on, as a value that can be looked up."""
    tables = (
        frozenset((key, shape(entry)) for key, entry in table.own(context).items())
        for table in TABLES
    )
    return (*tables, *(_hashable(field.own(context)) for field in FIELDS if field not in TABLES))


def _hashable(value: object) -> object:
    return frozenset(value.items()) if isinstance(value, Mapping) else value


def altered(old: Context, new: Context, table: Table) -> frozenset[str]:
    """Return the keys of a table whose own entries differ in shape or are not in both."""
    ours: Mapping[str, Entry] = table.own(old)
    theirs: Mapping[str, Entry] = table.own(new)
    return frozenset(ours.keys() ^ theirs.keys()) | {
        key
        for key in ours.keys() & theirs.keys()
        if ours[key] is not theirs[key] and shape(ours[key]) != shape(theirs[key])
    }


class Side:
    """The context of a country in one of two programs; None is the base, as is a country that it does not name."""

    def __init__(self, program: Program, country: str | None, index: OutcomeIndex) -> None:
        self.program = program
        self.own = program.overlay(country)
        self.context = program.context(country)
        self._index = index

    @cached_property
    def _encoder(self) -> OutcomeEncoder:
        return OutcomeEncoder(self.program, self.context, self._index)

    @cached_property
    def fillers(self) -> frozenset[str]:
        """All filler of the context."""
        return frozenset(self.context.fillers)

    @cached_property
    def filler_tokens(self) -> frozenset[str]:
        """The words that may be filler, alone or among others."""
        return frozenset(token for each in self.fillers for token in each.split(" "))

    @cached_property
    def exceptions_with_filler(self) -> tuple[Row, ...]:
        """The exceptions in which such words stand."""
        rows = (tuple(text.split(" ")) for text, _ in self.entries(EXCEPTIONS))
        return tuple(row for row in rows if not self.filler_tokens.isdisjoint(row))

    @cached_property
    def open_sentences(self) -> tuple[Row, ...]:
        """The sentences that are open on one side."""
        sentences = (text for text, _ in self.entries(SENTENCES) if MARK in text)
        return tuple(tuple(unmarked(text).text.split(" ")) for text in sentences)

    def answers(self) -> tuple[object, ...]:
        """Return all that outcomes depend on beside the entries."""
        context = self.context
        return (
            self.program.language,
            context.replies,
            context.prefer,
            context.languages,
            context.suggest,
            context.keyword_replies,
        )

    def entry(self, table: Table, key: str) -> tuple[Meaning, ...]:
        """Return what a key or token sequence means in a table."""
        return meanings(table.resolved(self.context).get(key))

    def entries(self, table: Table) -> Iterator[tuple[str, tuple[Meaning, ...]]]:
        """Yield each key or token sequence of a table and what it means."""
        for key, entry in table.resolved(self.context).items():
            yield key, meanings(entry)

    def spelling(self, key: str) -> str:
        """Return how a keyword is spelt, the shortest way; its key if there is none."""
        spellings = {
            origin.spelling for each in self.entry(KEYWORDS, key) for origin in each.origins
        }
        return min(spellings, key=lambda each: (len(each), each), default=key)

    def outcomes(self, table: Table, key: str) -> dict[Action, int]:
        """Return the number of the outcome for each action of an entry; 1 for each action of an exception."""
        entry = self.entry(table, key)
        if table is EXCEPTIONS:
            return {each.action: 1 for each in entry}
        return {each.action: self.number(table, key, each) for each in entry}

    def number(
        self, table: Table, key: str, meaning: Meaning, matched_by: MatchedBy | None = None
    ) -> int:
        """Return the number of the outcome of one meaning of an entry, by default as a message that is the entry."""
        keyword = key if table is KEYWORDS else ""
        return self._encoder.number(keyword, meaning, matched_by or MATCHED_BY[table.name])

    def is_keyword(self, row: str) -> bool:
        """Tell whether a row of tokens has the key of a keyword."""
        return row.replace(" ", "") in self.context.keywords

    def inside(self, table: Table, row: Row) -> Iterator[tuple[int, int, Meaning]]:
        """Yield what stands in a token sequence, from where to before where."""
        for start in range(len(row)):
            for end in range(start + 1, len(row) + 1):
                for meaning in self.entry(table, " ".join(row[start:end])):
                    yield start, end, meaning
