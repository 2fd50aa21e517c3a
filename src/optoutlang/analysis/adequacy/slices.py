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
from itertools import islice

from optoutlang.analysis.adequacy.edits import Edit, Part, edited
from optoutlang.language.model.effective import Table
from optoutlang.language.model.pattern import rows
from optoutlang.language.model.ruleset import (
    PROTECTED_KEYS,
    Claim,
    FillerPhrase,
    Only,
    Phrase,
    Removal,
    Ruleset,
)

SPEAKERS = 2
"""How many statements of each language of a context a slice holds, if there are so many."""

Tables = Mapping[str | None, Table]


class Slices:
    """Cuts slices of one ruleset, whose effective `tables` are given."""

    def __init__(self, ruleset: Ruleset, tables: Tables) -> None:
        self._ruleset = ruleset
        self._tables = tables
        filler = frozenset(token for each in ruleset.fillers for token in each.tokens)
        self._sentences, self._phrases, self._exceptions = (
            _Index(each, filler)
            for each in (ruleset.sentences, ruleset.phrases, ruleset.exceptions)
        )
        self._speakers: dict[str | None, tuple[frozenset[str], frozenset[int]]] = {}

    def edited(
        self, edit: Edit, country: str | None, keys: Iterable[str], tokens: frozenset[str]
    ) -> Ruleset:
        """Return, after an edit, what decides messages from a country that may be `keys` and hold `tokens`."""
        scopes = (None, country)
        spoken, speaking = self._speaking(country)
        known = {*keys, *spoken, *PROTECTED_KEYS, *_keys(edit)}
        every_key = any(part is Part.ONLY for part, _ in edit.statements)
        ruleset = self._ruleset

        def of_known(statement: Claim | Removal) -> bool:
            return statement.scope in scopes and (every_key or statement.key in known)

        def occurring(phrases: _Index) -> tuple[Phrase, ...]:
            found = phrases.occurring(tokens | _filler(edit), speaking)
            return tuple(each for each in found if each.scope in scopes)

        whole: dict[str, tuple[object, ...]] = {
            part.value: tuple(each for each in part.of(ruleset) if each.scope in scopes)
            for part in _WHOLE
        }
        cut = replace(
            ruleset,
            countries=tuple(each for each in ruleset.countries if each == country),
            claims=tuple(filter(of_known, ruleset.claims)),
            removals=tuple(filter(of_known, ruleset.removals)),
            sentences=occurring(self._sentences),
            phrases=occurring(self._phrases),
            exceptions=occurring(self._exceptions),
            **whole,  # type: ignore[arg-type]  # each field's own kind goes back into it
        )
        return edited(cut, edit)

    def _speaking(self, country: str | None) -> tuple[frozenset[str], frozenset[int]]:
        """Return keys and parts, by identity, that together speak each language of a context, twice if they can."""
        if country not in self._speakers:
            speakers = _speakers(self._tables[country])
            few = [each for said in speakers.values() for each in islice(said, SPEAKERS)]
            self._speakers[country] = (
                frozenset(each for each in few if isinstance(each, str)),
                frozenset(id(each) for each in few if not isinstance(each, str)),
            )
        return self._speakers[country]


class _Index:
    """Phrases of one kind, by a token that a message must hold for them to occur in it."""

    def __init__(self, phrases: Iterable[Phrase], filler: frozenset[str]) -> None:
        self._all = tuple(phrases)
        self._held: dict[str | None, list[tuple[int, frozenset[str]]]] = defaultdict(list)
        for place, phrase in enumerate(self._all):
            for row in rows(phrase.pattern):
                needed = frozenset(row) - filler
                self._held[min(needed, default=None)].append((place, needed))

    def occurring(self, tokens: frozenset[str], wanted: frozenset[int]) -> Iterator[Phrase]:
        """Yield, in order, the phrases that may occur among some tokens, and those that are wanted anyway."""
        places = {
            place
            for token in (None, *tokens)
            for place, needed in self._held.get(token, ())
            if needed <= tokens
        }
        for place, phrase in enumerate(self._all):
            if place in places or id(phrase) in wanted:
                yield phrase


_WHOLE = (
    Part.ONLY,
    Part.FILLER,
    Part.REPLY,
    Part.PREFERENCE,
    Part.SUGGESTION,
    Part.TOLERATION,
)
"""The kinds of statement of which a slice holds all."""


def _keys(edit: Edit) -> Iterator[str]:
    for _, statement in edit.statements:
        if isinstance(statement, Claim | Removal):
            yield statement.key
        elif isinstance(statement, Only):
            yield from statement.keys


def _filler(edit: Edit) -> frozenset[str]:
    """Return the tokens that an edit may make filler."""
    said = (each for _, each in edit.statements if isinstance(each, FillerPhrase))
    return frozenset(token for each in said for token in each.tokens)


def _speakers(table: Table) -> Mapping[str, list[str | Phrase]]:
    """Return, for each language, the keys, sentences and phrases that speak it; replies stay in any case."""
    found: dict[str, list[str | Phrase]] = defaultdict(list)
    for keyword in table.keywords.values():
        for language in {claim.language for claim in keyword.claims}:
            found[language].append(keyword.key)
    for each in (*table.sentences, *table.phrases):
        found[each.language].append(each)
    return found
