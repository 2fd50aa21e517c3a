"""The slice of a ruleset that decides some messages: what an edit is tried on, instead of the whole.

Theory of operation. The answer to a message hangs on keywords key by key, on
the sentences, phrases and exceptions whose tokens it holds, on the filler,
replies, preferences and tolerances of its context, and on which languages the
context speaks. So a slice holds every statement about the keys that matter,
every part that can occur, all of the small things, and of each language of a
context two statements that speak it: one edit takes away one at most. It means
for these messages what the whole means, before the edit and after it.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import replace
from itertools import chain, islice

from optoutlang.analysis.adequacy.edits import Edit, edited
from optoutlang.language.model.effective import Table
from optoutlang.language.model.pattern import rows
from optoutlang.language.model.ruleset import Ruleset
from optoutlang.language.model.statement import (
    Claim,
    ExceptionPhrase,
    Only,
    Phrase,
    Removal,
    Sentence,
)
from optoutlang.language.model.statements import KINDS, Statements
from optoutlang.runtime.program import PROTECTED_KEYS

SPEAKERS = 2
"""How many statements of each language of a context a slice holds, if there are so many."""

Tables = Mapping[str | None, Table]


class Slices:
    """Cuts slices of one ruleset, whose effective `tables` are given."""

    def __init__(self, ruleset: Ruleset, tables: Tables) -> None:
        self._ruleset = ruleset
        self._tables = tables
        self._phrases = tuple(_Index(ruleset.of(kind)) for kind in _PHRASES)
        self._speakers: dict[str | None, tuple[frozenset[str], frozenset[int]]] = {}

    def edited(
        self, edit: Edit, country: str | None, keys: Iterable[str], tokens: frozenset[str]
    ) -> Ruleset:
        """Return, after an edit, what decides messages from a country that may be `keys` and hold `tokens`."""
        scopes = (None, country)
        spoken, speaking = self._speaking(country)
        known = {*keys, *spoken, *PROTECTED_KEYS, *_keys(edit)}
        every_key = any(isinstance(each, Only) for each in edit.statements)
        ruleset = self._ruleset

        def of_known(statement: Claim | Removal) -> bool:
            return statement.scope in scopes and (every_key or statement.key in known)

        def occurring(phrases: _Index) -> Iterator[Phrase]:
            # A sentence of one token may say whose word a key is, however the key is cut.
            possible = phrases.occurring(tokens | known, speaking)
            return (each for each in possible if each.scope in scopes)

        whole = (each for kind in _WHOLE for each in ruleset.of(kind) if each.scope in scopes)
        cut = replace(
            ruleset,
            countries=tuple(each for each in ruleset.countries if each == country),
            statements=Statements(
                chain(
                    (each for each in ruleset.of(Claim) if of_known(each)),
                    (each for each in ruleset.of(Removal) if of_known(each)),
                    *map(occurring, self._phrases),
                    whole,
                )
            ),
        )
        return edited(cut, edit)

    def _speaking(self, country: str | None) -> tuple[frozenset[str], frozenset[int]]:
        """Return keys and parts, by identity, that together speak each language of a context, twice if they can."""
        if country not in self._speakers:
            speakers = _speakers(self._tables[country])
            few = [each for many in speakers.values() for each in islice(many, SPEAKERS)]
            self._speakers[country] = (
                frozenset(each for each in few if isinstance(each, str)),
                frozenset(id(each) for each in few if not isinstance(each, str)),
            )
        return self._speakers[country]


class _Index:
    """Phrases of one kind, by a token that a message must hold for them to occur in it."""

    def __init__(self, phrases: Iterable[Phrase]) -> None:
        self._all = tuple(phrases)
        self._by_token: dict[str | None, list[tuple[int, frozenset[str]]]] = defaultdict(list)
        for place, phrase in enumerate(self._all):
            for row in rows(phrase.pattern):
                needed = frozenset(row)
                self._by_token[min(needed, default=None)].append((place, needed))

    def occurring(self, tokens: frozenset[str], wanted: frozenset[int]) -> Iterator[Phrase]:
        """Yield, in order, the phrases that may occur among some tokens, and those that are wanted anyway."""
        places = {
            place
            for token in (None, *tokens)
            for place, needed in self._by_token.get(token, ())
            if needed <= tokens
        }
        for place, phrase in enumerate(self._all):
            if place in places or id(phrase) in wanted:
                yield phrase


_PHRASES = (Sentence, Phrase, ExceptionPhrase)
_WHOLE = tuple(kind for kind in KINDS if kind not in {Claim, Removal, *_PHRASES})
"""The kinds of statement of which a slice has all."""


def _keys(edit: Edit) -> Iterator[str]:
    for statement in edit.statements:
        if isinstance(statement, Claim | Removal):
            yield statement.key
        elif isinstance(statement, Only):
            yield from statement.keys


def _speakers(table: Table) -> Mapping[str, list[str | Phrase]]:
    """Return, for each language, the keys, sentences and phrases that speak it; replies stay in any case."""
    speakers: dict[str, list[str | Phrase]] = defaultdict(list)
    for keyword in table.keywords.values():
        for language in {claim.language for claim in keyword.claims}:
            speakers[language].append(keyword.key)
    for each in (*table.sentences, *table.phrases):
        speakers[each.language].append(each)
    return speakers
