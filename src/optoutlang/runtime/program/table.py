"""The effective table: everything that decides in one context, as rows for reports and exports."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from optoutlang.runtime.canonical.gsm import Segments, measure
from optoutlang.runtime.program.context import Replies
from optoutlang.runtime.program.meaning import Meaning
from optoutlang.runtime.program.program import Program
from optoutlang.runtime.terms import SUGGESTIBLE, Action


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
    """Everything that decides in the context of `scope` (None: the base), in order of action, then spelling.

    `everyday` are the spellings that are no keyword, each with the language of which it is an everyday word.
    """

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
    everyday: tuple[tuple[str, str], ...]


def table(program: Program, country: str | None) -> Table:
    """Return the table of a country; one that no file names has the base's."""
    context = program.context(country)
    return Table(
        scope=context.country,
        prefer=context.prefer,
        languages=context.languages,
        keywords=_entries(program, context.keywords.values()),
        sentences=_entries(program, _meanings(context.sentences.values())),
        phrases=_entries(program, _meanings(context.phrases.values())),
        exceptions=_entries(program, _meanings(context.exceptions.values())),
        fillers=tuple(sorted(set(context.fillers))),
        replies=_replies(context.replies),
        suggest=tuple(name for name, way in SUGGESTIBLE.items() if way in context.suggest),
        tolerances=tuple(sorted(each.value for each in context.tolerances)),
        everyday=tuple(sorted(context.everyday.items())),
    )


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


def _replies(replies: Replies) -> tuple[ReplyEntry, ...]:
    return tuple(
        ReplyEntry(action, language, text, None if text is None else measure(text))
        for (action, language), text in sorted(
            replies.items(), key=lambda each: (each[0][0].rank, each[0][1])
        )
    )
