"""One context of one program as plain tables of numbers, by which two programs are compared."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import NamedTuple

from optoutlang.analysis.differences.outcome import OutcomeEncoder, OutcomeIndex
from optoutlang.runtime.canonical import tokens
from optoutlang.runtime.program import Meaning, Program, ResolvedContext
from optoutlang.runtime.program.rest import MARK, unmarked
from optoutlang.runtime.terms import MatchedBy
from optoutlang.runtime.terms.rest import Rest


class RankedOutcome(NamedTuple):
    """What a keyword, sentence or phrase decides: its action's rank, and the number of its outcome."""

    rank: int
    number: int


Row = tuple[str, ...]

SENTENCE_END = "\n"
"""Stands in a row for where a sentence begins or ends; no token is one."""


def without_ends(row: Row) -> Row:
    """Return the tokens of a row alone."""
    return tuple(each for each in row if each != SENTENCE_END)


@dataclass(frozen=True, slots=True)
class Reading:
    """How messages are read in one context.

    `keywords` gives the outcome of a key as the whole message and where filler
    was taken out, `sentences` and `phrases` those of token sequences,
    `keyword_sentences` that of a sentence that is a keyword among others, `edges`
    those of the sentences that are open on one side, with `SENTENCE_END` on the
    other one, and `exceptions` the ranks of the actions that they are exceptions
    to. `answers` are the keys that are no keyword where there is filler. `spelt`
    has the spellings of each key.
    """

    keywords: Mapping[str, tuple[RankedOutcome, RankedOutcome]]
    sentences: Mapping[Row, tuple[RankedOutcome, ...]]
    keyword_sentences: Mapping[Row, RankedOutcome]
    phrases: Mapping[Row, tuple[RankedOutcome, ...]]
    edges: Mapping[Row, tuple[RankedOutcome, ...]]
    exceptions: Mapping[Row, tuple[int, ...]]
    fillers: frozenset[Row]
    answers: frozenset[str]
    spelt: Mapping[str, frozenset[str]]

    @property
    def content(self) -> tuple[object, ...]:
        """All but the spellings, as a value that can be looked up: equal contents read every message alike."""
        return (frozenset(self.keywords.items()), *self.but_for_keywords)

    @property
    def but_for_keywords(self) -> tuple[object, ...]:
        """The same without the keywords."""
        tables = (
            self.sentences,
            self.keyword_sentences,
            self.phrases,
            self.edges,
            self.exceptions,
        )
        return (*(frozenset(each.items()) for each in tables), self.fillers, self.answers)


def reading(program: Program, country: str | None, index: OutcomeIndex) -> Reading:
    """Return how a program reads messages from a country that it names; None is the base."""
    context = program.context(country)
    encoder = OutcomeEncoder(program, context, index)
    exceptions = _sequences(context.exceptions)
    return Reading(
        keywords={key: _keyword(encoder, key, each) for key, each in context.keywords.items()},
        sentences=_encoded(encoder, _closed(context.sentences), MatchedBy.SENTENCE),
        keyword_sentences=_keyword_sentences(encoder, context),
        phrases=_encoded(encoder, context.phrases, MatchedBy.PHRASE),
        edges=_edges(encoder, context.sentences),
        exceptions={
            row: tuple(each.action.rank for each in those) for row, those in exceptions.items()
        },
        fillers=frozenset(tuple(text.split(" ")) for text in context.fillers),
        answers=frozenset(context.answers & context.keywords.keys()),
        spelt={
            key: frozenset(origin.spelling for origin in each.origins)
            for key, each in context.keywords.items()
        },
    )


def _keyword(
    encoder: OutcomeEncoder, key: str, meaning: Meaning
) -> tuple[RankedOutcome, RankedOutcome]:
    rank = meaning.action.rank
    exact = encoder.number(key, meaning, MatchedBy.EXACT)
    unfilled = encoder.number(key, meaning, MatchedBy.FILLER)
    return RankedOutcome(rank, exact), RankedOutcome(rank, unfilled)


def _encoded(
    encoder: OutcomeEncoder, table: Mapping[str, tuple[Meaning, ...]], matched_by: MatchedBy
) -> dict[Row, tuple[RankedOutcome, ...]]:
    return {
        row: tuple(
            RankedOutcome(each.action.rank, encoder.number("", each, matched_by))
            for each in meanings
        )
        for row, meanings in _sequences(table).items()
    }


def _keyword_sentences(
    encoder: OutcomeEncoder, context: ResolvedContext
) -> dict[Row, RankedOutcome]:
    """Return what the sentences come to, among others, that are keywords of their action."""
    found = {}
    for row, meanings in _sequences(context.sentences).items():
        keyword = context.keywords.get("".join(row))
        for each in meanings:
            if keyword is not None and keyword.action is each.action:
                number = encoder.number("", each, MatchedBy.KEYWORD_SENTENCE)
                found[row] = RankedOutcome(each.action.rank, number)
    return found


def _closed(sentences: Mapping[str, tuple[Meaning, ...]]) -> Mapping[str, tuple[Meaning, ...]]:
    return {text: each for text, each in sentences.items() if MARK not in text}


def _edges(
    encoder: OutcomeEncoder, sentences: Mapping[str, tuple[Meaning, ...]]
) -> dict[Row, tuple[RankedOutcome, ...]]:
    """Return the outcomes of the sentences that are open on one side."""
    edges: dict[Row, tuple[RankedOutcome, ...]] = {}
    for rest in (Rest.BEFORE, Rest.BEHIND):
        read = ((unmarked(text), each) for text, each in sentences.items() if MARK in text)
        of_rest = {plain.text: each for plain, each in read if plain.rest is rest}
        for row, outcomes in _encoded(encoder, of_rest, MatchedBy.SENTENCE).items():
            ended = (*row, SENTENCE_END) if rest is Rest.BEFORE else (SENTENCE_END, *row)
            edges[ended] = outcomes
    return edges


def _sequences(table: Mapping[str, tuple[Meaning, ...]]) -> dict[Row, tuple[Meaning, ...]]:
    """Return the token sequences that a message can have: those of canonical text."""
    rows = ((tuple(text.split(" ")), meanings) for text, meanings in table.items())
    return {row: meanings for row, meanings in rows if tokens(" ".join(row)) == row}
