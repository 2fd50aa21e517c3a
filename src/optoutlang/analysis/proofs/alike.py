"""Contexts that decide a message alike, found by what reading it asks of them.

A message is read in one context, and everything that the reading looks up in the
tables that differ from country to country is written down. A context that gives
the same answers, and is the same in all else that the steps see, decides the
message by the same rule: the steps are functions of the message and of what they
look up. So it is read once for all of these, and only the language of the answer
and the reply are asked of each one. The steps are given a context without
replies and preferences: they cannot depend on them.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping
from collections.abc import Set as AbstractSet
from dataclasses import replace
from typing import NamedTuple, TypeVar

from optoutlang.analysis.proofs.subject import Subject
from optoutlang.runtime.matcher import Matcher
from optoutlang.runtime.matcher.answers import Answers
from optoutlang.runtime.matcher.reader import Reader
from optoutlang.runtime.matcher.similar import Suggester
from optoutlang.runtime.program import (
    ANSWER_REPLIES,
    ANSWERS,
    BUTTONS,
    COMPOUNDS,
    EVERYDAY,
    FIELDS,
    KEYWORD_REPLIES,
    KEYWORDS,
    LANGUAGES,
    LOCAL,
    ORDINARY,
    PREFER,
    REPLIES,
    REPLY_LIMITS,
    RUNTIME,
    TOPIC_REPLIES,
    Meaning,
    ResolvedContext,
)
from optoutlang.runtime.program.field import AnyField
from optoutlang.runtime.terms import Decision, MatchedBy
from optoutlang.runtime.terms.similar import SimilarModel

_V = TypeVar("_V")
_Scope = str | None

_OF_REPLIES = (
    REPLIES,
    PREFER,
    LANGUAGES,
    KEYWORD_REPLIES,
    ANSWER_REPLIES,
    TOPIC_REPLIES,
    REPLY_LIMITS,
    RUNTIME,
    BUTTONS,
)
"""What is asked only once it is settled which rule decides, or for no text at all."""

_LOOKED_UP: tuple[AnyField, ...] = (KEYWORDS, EVERYDAY, LOCAL, ORDINARY, COMPOUNDS, ANSWERS)
"""The tables that are looked up text by text: they differ in nearly every country where rules ignore everyday words."""

_NO_REPLIES: Mapping[str, object] = {
    "replies": {},
    "prefer": (),
    "languages": ("en",),
    "keyword_replies": {},
    "answer_replies": {},
    "topic_replies": {},
    "reply_limit": 0,
    "runtime": {},
    "buttons": {},
}

_ALL, _ANY = object(), object()
"""Asked instead of a text: for everything in a table, and whether there is anything."""


class _Rule(NamedTuple):
    """What decides a message: as `Answers.decision` takes it."""

    key: str
    meaning: Meaning
    matched_by: MatchedBy


_Reading = _Rule | SimilarModel | None

Asked = dict[tuple[AnyField, object], object]
"""Which table was asked for which text, and what it answered."""


class AlikeContexts:
    """The contexts of a subject, and what messages mean in each of them; `readings` counts how often one was read."""

    def __init__(self, subject: Subject) -> None:
        self._matcher = matcher = subject.matcher
        program = matcher.program
        self._answers = {
            scope: Answers(program, matcher.digest, subject.context(scope))
            for scope in subject.scopes
        }
        contexts = [program.base, *map(program.overlay, program.countries)]
        self._differing = {
            field.name: frozenset(text for each in contexts for text in _texts(field.own(each)))
            for field in _LOOKED_UP
        }
        self._groups = _groups(subject)
        self._readers: dict[_Scope, _TracedReader] = {}
        self.readings = 0

    def decisions(self, text: str) -> Mapping[_Scope, Decision | None]:
        """Return what a message means in each context that the rules name, and in the base."""
        found: dict[_Scope, Decision | None] = {}
        for group in self._groups:
            unread = group
            while unread:
                reading, asked = self._reader(unread[0]).read(text)
                self.readings += 1
                alike = {each for each in unread if self._answers_alike(each, asked)}
                found.update((each, self._decision(each, reading)) for each in alike)
                unread = [each for each in unread if each not in alike]
        return found

    def _reader(self, scope: _Scope) -> _TracedReader:
        known = self._readers.get(scope)
        if known is None:
            known = _TracedReader(self._matcher, self._answers[scope].context, self._differing)
            self._readers[scope] = known
        return known

    def _answers_alike(self, scope: _Scope, asked: Asked) -> bool:
        context = self._answers[scope].context
        return all(
            _answer(field.resolved(context), wanted) == answer
            for (field, wanted), answer in asked.items()
        )

    def _decision(self, scope: _Scope, reading: _Reading) -> Decision | None:
        if reading is None:
            return None
        answers = self._answers[scope]
        if isinstance(reading, SimilarModel):
            return answers.suggestion(reading, None)
        return answers.decision(*reading, None)


def _groups(subject: Subject) -> list[list[_Scope]]:
    """Return the scopes, those together that are the same in all that is not looked up text by text."""
    fields = [each for each in FIELDS if each not in (*_LOOKED_UP, *_OF_REPLIES)]
    groups: list[tuple[list[object], list[_Scope]]] = []
    for scope in subject.scopes:
        own = subject.program.overlay(scope)
        values: list[object] = [field.own(own) for field in fields]
        values.append(subject.context(scope).local is None)
        scopes = next((those for alike, those in groups if alike == values), None)
        if scopes is None:
            groups.append((values, [scope]))
        else:
            scopes.append(scope)
    return [scopes for _, scopes in groups]


def _texts(own: object) -> Iterable[str]:
    return own if isinstance(own, Iterable) else ()


def _answer(table: object, wanted: object) -> object:
    """Return what a table of a context says to one question."""
    if wanted is _ALL:
        return table
    if wanted is _ANY:
        return bool(table)
    if isinstance(table, Mapping):
        return table.get(wanted)
    return isinstance(table, Collection) and wanted in table


def _traced(field: AnyField, table: object, differing: frozenset[str], asked: Asked) -> object:
    """Return a table that writes down what it is asked; None for none."""
    if isinstance(table, Mapping):
        return _TracedTable(field, table, differing, asked)
    return _TracedWords(field, table, differing, asked) if isinstance(table, frozenset) else table


class _Traced:
    """Writes down what a table is asked; texts about which no two contexts say different things are left out."""

    def __init__(
        self, field: AnyField, table: Collection[str], differing: frozenset[str], asked: Asked
    ) -> None:
        self._field = field
        self._table = table
        self._differing = differing
        self._asked = asked

    def _ask(self, wanted: object) -> None:
        self._asked[self._field, wanted] = _answer(self._table, wanted)

    def __contains__(self, text: object) -> bool:
        if text in self._differing:
            self._ask(text)
        return text in self._table

    def __bool__(self) -> bool:
        self._ask(_ANY)
        return bool(self._table)

    def __len__(self) -> int:
        self._ask(_ALL)
        return len(self._table)

    def __iter__(self) -> Iterator[str]:
        self._ask(_ALL)
        return iter(self._table)


class _TracedWords(_Traced, AbstractSet[str]):
    """A set of texts."""


class _TracedTable(_Traced, Mapping[str, _V]):
    """A table by text."""

    def __init__(
        self, field: AnyField, table: Mapping[str, _V], differing: frozenset[str], asked: Asked
    ) -> None:
        super().__init__(field, table, differing, asked)
        self._entries = table

    def __getitem__(self, text: str) -> _V:
        if text in self._differing:
            self._ask(text)
        return self._entries[text]


class _TracedReader:
    """Reads messages in one context, and writes down what is asked of the tables that are looked up."""

    def __init__(
        self, matcher: Matcher, context: ResolvedContext, differing: Mapping[str, frozenset[str]]
    ) -> None:
        self._asked: Asked = {}
        traced = {
            field.name: _traced(field, field.resolved(context), differing[field.name], self._asked)
            for field in _LOOKED_UP
        }
        seen = replace(context, **_NO_REPLIES, **traced)  # type: ignore[arg-type]  # each field gets its own kind
        self._answers = _Unanswered(matcher.program, matcher.digest, seen)
        steps = matcher._steps  # noqa: SLF001  # making them again takes seconds
        model = matcher.program.similar
        suggester = None if model is None else Suggester(model)
        self._reader = Reader(steps, self._answers, matcher.prefilter, suggester=suggester)
        self._asked.clear()

    def read(self, text: str) -> tuple[_Reading, Asked]:
        """Return what decides a message, and what was asked for it, with the answers."""
        self._answers.reading = None
        self._reader.decide(text, None)
        asked = dict(self._asked)
        self._asked.clear()
        return self._answers.reading, asked


class _Unanswered(Answers):
    """Keeps what decides a message."""

    __slots__ = ("reading",)

    reading: _Reading

    def decision(
        self, key: str, meaning: Meaning, matched_by: MatchedBy, preferred: str | None
    ) -> Decision:
        """Keep which rule decides."""
        self.reading = _Rule(key, meaning, matched_by)
        return super().decision(key, meaning, matched_by, preferred)

    def suggestion(self, model: SimilarModel, preferred: str | None) -> Decision:
        """Keep that the message is only similar to opt-outs."""
        self.reading = model
        return super().suggestion(model, preferred)
