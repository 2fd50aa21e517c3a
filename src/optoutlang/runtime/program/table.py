"""What holds in one context of compiled rules, as rows: what `optout show` prints."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from optoutlang.runtime.canonical.gsm import Segments, measure
from optoutlang.runtime.program.program import Context, Meaning, Program
from optoutlang.runtime.terms.action import SUGGESTIBLE, Action


@dataclass(frozen=True, slots=True)
class Entry:
    """A keyword, phrase or exception in one language, and the line that says it."""

    action: Action
    spelling: str
    language: str
    rule: str


@dataclass(frozen=True, slots=True)
class ReplyEntry:
    """The reply to an action in one language, None where nothing is sent, and what it takes on the air."""

    action: Action
    language: str
    text: str | None
    segments: Segments | None


@dataclass(frozen=True, slots=True)
class Table:
    """Everything that decides in the context of `scope` (None: the base), in order of action, then spelling."""

    scope: str | None
    prefer: tuple[str, ...]
    languages: tuple[str, ...]
    keywords: tuple[Entry, ...]
    sentences: tuple[Entry, ...]
    phrases: tuple[Entry, ...]
    exceptions: tuple[Entry, ...]
    fillers: tuple[str, ...]
    replies: tuple[ReplyEntry, ...]
    suggest: tuple[str, ...]
    tolerances: tuple[str, ...]


def table(program: Program, country: str | None) -> Table:
    """Return the table of a country; one that no file names has the base's."""
    scope = country if country in program.countries else None
    base = program.base
    own = Context() if scope is None else program.countries[scope]
    keywords = {**base.keywords, **own.keywords}
    return Table(
        scope,
        own.prefer or base.prefer,
        own.languages or base.languages,
        _entries(program, (each for each in keywords.values() if each is not None)),
        _entries(program, _meanings({**base.sentences, **own.sentences}.values())),
        _entries(program, _meanings({**base.phrases, **own.phrases}.values())),
        _entries(program, _meanings({**base.exceptions, **own.exceptions}.values())),
        tuple(sorted({*base.fillers, *own.fillers})),
        _replies({**base.replies, **own.replies}),
        _suggest(base if own.suggest is None else own),
        tuple(sorted(each.value for each in base.tolerances | own.tolerances)),
    )


def _suggest(context: Context) -> tuple[str, ...]:
    """Return the ways to match that only suggest, as rule files name them."""
    ways = context.suggest or frozenset()
    return tuple(name for name, way in SUGGESTIBLE.items() if way in ways)


def _meanings(entries: Iterable[tuple[Meaning, ...]]) -> Iterable[Meaning]:
    return (meaning for entry in entries for meaning in entry)


def _entries(program: Program, meanings: Iterable[Meaning]) -> tuple[Entry, ...]:
    """Return an entry for each language of each meaning; a phrase with alternatives is one entry."""
    entries = {
        Entry(meaning.action, origin.spelling, origin.language, program.rule(origin))
        for meaning in meanings
        for origin in meaning.origins
    }
    return tuple(
        sorted(
            entries,
            key=lambda each: (
                each.action.rank,
                each.spelling.casefold(),
                each.spelling,
                each.language,
                each.rule,
            ),
        )
    )


def _replies(replies: dict[tuple[Action, str], str | None]) -> tuple[ReplyEntry, ...]:
    return tuple(
        ReplyEntry(action, language, text, None if text is None else measure(text))
        for (action, language), text in sorted(
            replies.items(), key=lambda each: (each[0][0].rank, each[0][1])
        )
    )
