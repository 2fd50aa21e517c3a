"""The effective table: everything that decides in one context, as rows for reports and exports."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from optoutlang.runtime.canonical.gsm import Segments, measure
from optoutlang.runtime.program.context import (
    REPLY_LIMIT,
    AnswerReplies,
    KeywordReplies,
    ResolvedContext,
)
from optoutlang.runtime.program.frames import Frame, FrameTable
from optoutlang.runtime.program.meaning import Meaning
from optoutlang.runtime.program.program import Program
from optoutlang.runtime.terms import SUGGESTIONS, Action
from optoutlang.runtime.terms.reply_text import longest_text


@dataclass(frozen=True, slots=True)
class Entry:
    """A keyword, phrase or exception in one language, and the line that says it."""

    action: Action
    spelling: str
    language: str
    rule: str


@dataclass(frozen=True, slots=True)
class FrameEntry(Entry):
    """A frame, the names of the guards that take its matches back, and of the classes that it needs."""

    guards: tuple[str, ...]
    needs: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class GuardEntry:
    """A guard of the frames: its name, and where which classes take a match back, as in `not within 2 before`."""

    name: str
    reach: str


@dataclass(frozen=True, slots=True)
class ClassEntry:
    """A class of the frames and guards, with its members' canonical texts; a stem's ends in `*`."""

    name: str
    members: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class AnswerEntry:
    """A keyword or sentence of a named answer in one language, the line that says it."""

    name: str
    spelling: str
    language: str
    rule: str


@dataclass(frozen=True, slots=True)
class TopicEntry:
    """A keyword or sentence of a topic in one language: what it asks, and the line that says it."""

    name: str
    action: Action
    spelling: str
    language: str
    rule: str


@dataclass(frozen=True, slots=True)
class ButtonEntry:
    """The payload of a button in one language, and the line that says it.

    `asks` is what it asks for: `help`, `answer hours`, `opt-out topic offers`.
    """

    payload: str
    asks: str
    language: str
    rule: str


@dataclass(frozen=True, slots=True)
class ReplyEntry:
    """The reply to an action in one language, None where nothing is sent, and what it takes on the air at most.

    `keyword` is the key of the one keyword that is answered so, empty for the whole action;
    `answer` is the name of the answer, where that is the action, `topic` that of the topic, empty for everything.
    """

    action: Action
    language: str
    text: str | None
    segments: Segments | None
    keyword: str = ""
    answer: str = ""
    topic: str = ""


@dataclass(frozen=True, slots=True)
class Table:
    """Everything that decides in the context of `scope` (None: the base), in order of action, then spelling.

    `everyday` are the spellings that are no keyword, each with the language of which it is an everyday word.
    `reply_limit` is the most UTF-16 code units of a reply, `runtime` has the run-time variables with their greatest
    lengths, by name.
    """

    scope: str | None
    prefer: tuple[str, ...]
    languages: tuple[str, ...]
    keywords: tuple[Entry, ...]
    sentences: tuple[Entry, ...]
    phrases: tuple[Entry, ...]
    exceptions: tuple[Entry, ...]
    frames: tuple[FrameEntry, ...]
    guards: tuple[GuardEntry, ...]
    classes: tuple[ClassEntry, ...]
    fillers: tuple[str, ...]
    replies: tuple[ReplyEntry, ...]
    suggest: tuple[str, ...]
    tolerances: tuple[str, ...]
    everyday: tuple[tuple[str, str], ...]
    answers: tuple[AnswerEntry, ...] = ()
    topics: tuple[TopicEntry, ...] = ()
    buttons: tuple[ButtonEntry, ...] = ()
    reply_limit: int = REPLY_LIMIT
    runtime: tuple[tuple[str, int], ...] = ()


def table(program: Program, country: str | None) -> Table:
    """Return the table of a country; one that no file names has the base's."""
    context = program.context(country)
    frames = [program.frames.frames[number] for number in context.frames]
    guards = sorted({number for frame in frames for number in frame.guards})
    return Table(
        scope=context.country,
        prefer=context.prefer,
        languages=context.languages,
        keywords=_entries(program, context.keywords.values()),
        sentences=_entries(program, _meanings(context.sentences.values())),
        phrases=_entries(program, _meanings(context.phrases.values())),
        exceptions=_entries(program, _meanings(context.exceptions.values())),
        frames=tuple(sorted((_frame(program, each) for each in frames), key=_order)),
        guards=tuple(_guard(program.frames, number) for number in guards),
        classes=_classes(program.frames, frames, guards),
        fillers=tuple(sorted(set(context.fillers))),
        replies=_replies(context),
        suggest=tuple(name for name, way in SUGGESTIONS.items() if way in context.suggest),
        tolerances=tuple(sorted(each.value for each in context.tolerances)),
        everyday=tuple(sorted(context.everyday.items())),
        answers=_answers(program, context),
        topics=_topics(program, context),
        buttons=_buttons(program, context),
        reply_limit=context.reply_limit,
        runtime=tuple(sorted(context.runtime.items())),
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
    return tuple(sorted(entries, key=_order))


def _order(entry: Entry) -> tuple[int, str, str, str, str]:
    spelling = entry.spelling
    return entry.action.rank, spelling.casefold(), spelling, entry.language, entry.rule


def _frame(program: Program, frame: Frame) -> FrameEntry:
    known = program.frames
    return FrameEntry(
        frame.action,
        frame.origin.spelling,
        frame.origin.language,
        program.rule(frame.origin),
        tuple(known.guards[number].name for number in frame.guards),
        tuple(known.classes[number].name for number in frame.needs),
    )


def _guard(known: FrameTable, number: int) -> GuardEntry:
    guard = known.guards[number]
    classes = ", ".join(known.classes[each].name for each in guard.classes)
    within = f"within {guard.distance} " if guard.distance else ""
    return GuardEntry(guard.name, f"{classes} {within}{guard.side.value}")


def _classes(
    known: FrameTable, frames: Iterable[Frame], guards: Iterable[int]
) -> tuple[ClassEntry, ...]:
    """Return the classes that frames and guards name; what stands in a frame word for word is none."""
    numbers = {number for guard in guards for number in known.guards[guard].classes}
    for frame in frames:
        numbers.update(frame.needs)
        numbers.update(part.word_class for row in frame.rows for part in row.parts)
    named = (known.classes[number] for number in sorted(numbers))
    return tuple(
        ClassEntry(each.name, each.members) for each in named if each.members != (each.name,)
    )


def _replies(context: ResolvedContext) -> tuple[ReplyEntry, ...]:
    """Return the replies of each action and language, before them those to one keyword of the two."""
    texts = {(*where, ""): text for where, text in context.replies.items()}
    entries = {**texts, **context.keyword_replies}
    return (
        *_requested(entries, context),
        *_answering(context),
        *_about_topics(context),
    )


def _answers(program: Program, context: ResolvedContext) -> tuple[AnswerEntry, ...]:
    meanings = (*context.answer_keywords.values(), *_meanings(context.answer_sentences.values()))
    entries = {
        AnswerEntry(each.answer or "", origin.spelling, origin.language, program.rule(origin))
        for each in meanings
        for origin in each.origins
    }
    return tuple(
        sorted(entries, key=lambda each: (each.name, each.spelling, each.language, each.rule))
    )


def _topics(program: Program, context: ResolvedContext) -> tuple[TopicEntry, ...]:
    meanings = (*context.topic_keywords.values(), *_meanings(context.topic_sentences.values()))
    entries = {
        TopicEntry(
            each.topic or "", each.action, origin.spelling, origin.language, program.rule(origin)
        )
        for each in meanings
        for origin in each.origins
    }
    return tuple(
        sorted(
            entries,
            key=lambda each: (
                each.name,
                each.action.rank,
                each.spelling,
                each.language,
                each.rule,
            ),
        )
    )


def _buttons(program: Program, context: ResolvedContext) -> tuple[ButtonEntry, ...]:
    entries = (
        (
            each.action.rank,
            ButtonEntry(payload, _asked(each), origin.language, program.rule(origin)),
        )
        for payload, each in context.buttons.items()
        for origin in each.origins
    )
    return tuple(
        entry
        for _, entry in sorted(
            entries, key=lambda each: (each[0], each[1].payload, each[1].language, each[1].rule)
        )
    )


def _asked(meaning: Meaning) -> str:
    if meaning.topic is not None:
        return f"{meaning.action.value} topic {meaning.topic}"
    return meaning.action.value if meaning.answer is None else f"answer {meaning.answer}"


def _about_topics(context: ResolvedContext) -> Iterator[ReplyEntry]:
    ordered = sorted(
        context.topic_replies.items(), key=lambda each: (each[0][0], each[0][1].rank, *each[0][2:])
    )
    for (topic, action, language, key), text in ordered:
        yield ReplyEntry(action, language, text, _measured(text, context), key, topic=topic)


def _answering(context: ResolvedContext) -> Iterator[ReplyEntry]:
    replies: AnswerReplies = context.answer_replies
    for (name, language, key), text in sorted(replies.items(), key=lambda each: each[0]):
        yield ReplyEntry(Action.ANSWER, language, text, _measured(text, context), key, name)


def _measured(text: str | None, context: ResolvedContext) -> Segments | None:
    return None if text is None else measure(longest_text(text, context.runtime))


def _requested(entries: KeywordReplies, context: ResolvedContext) -> tuple[ReplyEntry, ...]:
    return tuple(
        ReplyEntry(action, language, text, _measured(text, context), key)
        for (action, language, key), text in sorted(
            entries.items(), key=lambda each: (each[0][0].rank, *each[0][1:])
        )
    )
