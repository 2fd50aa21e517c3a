"""Frames that came, went or changed: messages that show it; no search of all messages reads frames.

A frame is the same if it has the same action, language, words, guards and needs, wherever it stands in a file. For
each one that differs some messages of its rows are tried: each part's first members, and beside them those that the
other program's class of that name has not.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from itertools import chain

from optoutlang.analysis.differences.change import Change, kind
from optoutlang.runtime.matcher import Matcher
from optoutlang.runtime.program import FrameTable, Program
from optoutlang.runtime.program.frames import STEM, Frame, Part

MEMBERS = 12
"""How many members of each part are tried."""

_Content = tuple[object, ...]


class FrameComparison:
    """Compares the frames of two programs; `asked` counts the messages that were tried."""

    def __init__(
        self, programs: tuple[Program, Program], matchers: tuple[Matcher, Matcher]
    ) -> None:
        self.asked = 0
        self._programs = programs
        self._matchers = matchers

    @property
    def is_framed(self) -> bool:
        """Whether one of the programs has frames, answers or topics."""
        return bool(self._named) or any(each.frames.frames for each in self._programs)

    @property
    def unread(self) -> tuple[str, ...]:
        """What the programs have that no search reads."""
        has_frames = any(each.frames.frames for each in self._programs)
        return (*(("frames",) if has_frames else ()), *self._named)

    @property
    def _named(self) -> tuple[str, ...]:
        """What one of the programs has beside requests: answers and topics, which no search reads either."""
        owns = [own for program in self._programs for _, own in program.own_contexts()]
        answers = any(own.answer_keywords or own.answer_sentences for own in owns)
        topics = any(own.topic_keywords or own.topic_sentences for own in owns)
        return (*(("answers",) if answers else ()), *(("topics",) if topics else ()))

    def changes(self) -> Iterator[Change]:
        """Yield a change for each frame and word of an answer or topic that differs, if some message tried shows it."""
        yield from self._of_words()
        known = [contents(each) for each in self._programs]
        for mine, other in ((0, 1), (1, 0)):
            table = self._programs[mine].frames
            members = _members(self._programs[other].frames)
            for content, (frame, country) in known[mine].items():
                if content not in known[other]:
                    change = self._shown(_messages(table, frame, members), country)
                    if change is not None:
                        yield change

    def _of_words(self) -> Iterator[Change]:
        for country in (None, *sorted({each for one in self._programs for each in one.countries})):
            texts: set[str] = set()
            for program in self._programs:
                own = program.overlay(country) if country else program.base
                origins = (
                    origin
                    for each in (*own.answer_keywords.values(), *own.topic_keywords.values())
                    if each
                    for origin in each.origins
                )
                texts.update(each.spelling for each in origins)
                texts.update(own.answer_sentences)
                texts.update(own.topic_sentences)
            for text in sorted(texts):
                change = self._shown(iter((text,)), country)
                if change is not None:
                    yield change

    def is_shown(self, change: Change) -> bool:
        """Whether the programs, frames included, differ on a change's message as it says."""
        language = change.languages[0] if change.languages else None
        found = self._kind(change.witness, change.countries[0], language)
        return found is not None and found.kind is change.kind

    def _shown(self, texts: Iterator[str], country: str | None) -> Change | None:
        for text in texts:
            self.asked += 1
            change = self._kind(text, country, None)
            if change is not None:
                return change
        return None

    def _kind(self, text: str, country: str | None, language: str | None) -> Change | None:
        before, after = (
            each.match(text, country=country, language=language) for each in self._matchers
        )
        how = kind(before, after)
        if how is None:
            return None
        return Change(how, (country,), (), text, len(text.split(" ")), before, after)


def contents(program: Program) -> Mapping[_Content, tuple[Frame, str | None]]:
    """Return the frames of a program by what they mean and where they count or are taken back, with the country."""
    meant, frames = frame_contents(program), program.frames.frames
    found: dict[_Content, tuple[Frame, str | None]] = {}
    for country, own in program.own_contexts():
        for numbers, counts in ((own.frames, True), (own.absent.frames, False)):
            for number in numbers:
                found[(country, counts, *meant[number])] = frames[number], country
    return found


def frame_contents(program: Program) -> tuple[_Content, ...]:
    """Return what each frame of a program means, whatever its number and place."""
    table = program.frames
    words = [each.members for each in table.classes]
    return tuple(_content(table, words, each) for each in table.frames)


def _content(table: FrameTable, words: Sequence[tuple[str, ...]], frame: Frame) -> _Content:
    guards = [
        (sorted(words[each] for each in guard.classes), guard.side, guard.distance)
        for guard in (table.guards[each] for each in frame.guards)
    ]
    rows = {
        (row.begins, row.ends, tuple((words[each.word_class], each.gap) for each in row.parts))
        for row in frame.rows
    }
    needs = frozenset(words[each] for each in frame.needs)
    return (
        frame.action,
        frame.origin.language,
        frame.origin.spelling,
        frozenset(rows),
        tuple(sorted(map(repr, guards))),
        needs,
    )


def _members(table: FrameTable) -> Mapping[str, frozenset[str]]:
    """Return the members of all classes of one name."""
    found: dict[str, frozenset[str]] = {}
    for each in table.classes:
        found[each.name] = found.get(each.name, frozenset()) | frozenset(each.members)
    return found


def _messages(
    table: FrameTable, frame: Frame, other: Mapping[str, frozenset[str]]
) -> Iterator[str]:
    """Yield messages that a frame may match: one part after the other varies, with what it needs behind."""
    needs = [_word(table.classes[each].members[0]) for each in frame.needs]
    for row in frame.rows:
        choices = [_choices(table, each, other) for each in row.parts]
        for varied, some in enumerate(choices):
            for word in some:
                yield _message(choices, varied, word, needs)


def _choices(table: FrameTable, part: Part, other: Mapping[str, frozenset[str]]) -> Sequence[str]:
    named = table.classes[part.word_class]
    new = [each for each in named.members if each not in other.get(named.name, frozenset())]
    some = dict.fromkeys(chain(new[:MEMBERS], named.members[:MEMBERS]))
    return [_word(each) for each in some]


def _message(choices: Sequence[Sequence[str]], varied: int, word: str, needs: Sequence[str]) -> str:
    words = [word if place == varied else some[0] for place, some in enumerate(choices)]
    return ". ".join((" ".join(words), *needs))


def _word(member: str) -> str:
    return member.removesuffix(STEM)
