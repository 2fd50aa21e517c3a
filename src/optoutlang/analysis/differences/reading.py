"""One context of one program as plain tables of numbers: what two programs are compared by."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import NamedTuple

from optoutlang.analysis.differences.outcome import Ledger, Valuer
from optoutlang.runtime.canonical import tokens
from optoutlang.runtime.program.program import Context, Meaning, Program
from optoutlang.runtime.terms.action import MatchedBy


class Worth(NamedTuple):
    """What one thing that fires is worth: its action's rank, and the number of what it comes to."""

    rank: int
    number: int


Row = tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Reading:
    """How messages are read in one context.

    `keywords` gives what a key is worth as the whole message and where filler
    was taken out, `sentences` and `phrases` what rows of tokens are, and
    `exceptions` the ranks of the actions that they are exceptions to.
    `spelt` has the tokens of a spelling for each key.
    """

    keywords: Mapping[str, tuple[Worth, Worth]]
    sentences: Mapping[Row, tuple[Worth, ...]]
    phrases: Mapping[Row, tuple[Worth, ...]]
    exceptions: Mapping[Row, tuple[int, ...]]
    fillers: frozenset[Row]
    spelt: Mapping[str, frozenset[str]]

    @property
    def content(self) -> tuple[object, ...]:
        """All but the spellings, as a value that can be looked up: equal contents read every message alike."""
        return (frozenset(self.keywords.items()), *self.but_for_keywords)

    @property
    def but_for_keywords(self) -> tuple[object, ...]:
        """The same without the keywords."""
        tables = (self.sentences, self.phrases, self.exceptions)
        return (*(frozenset(each.items()) for each in tables), self.fillers)


def reading(program: Program, country: str | None, ledger: Ledger) -> Reading:
    """Return how a program reads messages from a country that it names; None is the base."""
    base = program.base
    own = Context() if country is None else program.countries[country]
    valuer = Valuer(program, country, ledger)
    keywords = {key: each for key, each in {**base.keywords, **own.keywords}.items() if each}
    exceptions = _rows({**base.exceptions, **own.exceptions})
    return Reading(
        {key: _keyword(valuer, key, each) for key, each in keywords.items()},
        _valued(valuer, {**base.sentences, **own.sentences}, MatchedBy.SENTENCE),
        _valued(valuer, {**base.phrases, **own.phrases}, MatchedBy.PHRASE),
        {row: tuple(each.action.rank for each in those) for row, those in exceptions.items()},
        frozenset(_split((*base.fillers, *own.fillers))),
        {
            key: frozenset(origin.spelling for origin in each.origins)
            for key, each in keywords.items()
        },
    )


def _keyword(valuer: Valuer, key: str, meaning: Meaning) -> tuple[Worth, Worth]:
    rank = meaning.action.rank
    exact = valuer.keyword(key, meaning, MatchedBy.EXACT)
    return Worth(rank, exact), Worth(rank, valuer.keyword(key, meaning, MatchedBy.FILLER))


def _valued(
    valuer: Valuer, table: Mapping[str, tuple[Meaning, ...]], matched_by: MatchedBy
) -> dict[Row, tuple[Worth, ...]]:
    return {
        row: tuple(Worth(each.action.rank, valuer.row(each, matched_by)) for each in meanings)
        for row, meanings in _rows(table).items()
    }


def _rows(table: Mapping[str, tuple[Meaning, ...]]) -> dict[Row, tuple[Meaning, ...]]:
    """Return the rows that mean something and that a message can have: canonical text."""
    rows = ((tuple(text.split(" ")), meanings) for text, meanings in table.items() if meanings)
    return {row: meanings for row, meanings in rows if tokens(" ".join(row)) == row}


def _split(texts: Iterable[str]) -> Iterable[Row]:
    return (tuple(text.split(" ")) for text in texts)
