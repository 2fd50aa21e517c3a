"""A part of a table of rules: by action, by language, by text, or what a file says itself."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace
from typing import TypeVar

from optoutlang.runtime.program.table import (
    AnswerEntry,
    ButtonEntry,
    Entry,
    ReplyEntry,
    Table,
    TopicEntry,
)
from optoutlang.runtime.terms.action import Action

T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class TableFilter:
    """What to show; None shows all. `text` is looked for in any case, `files` are names of files of rules."""

    action: Action | None = None
    language: str | None = None
    text: str | None = None
    files: frozenset[str] | None = None

    @property
    def shows_all(self) -> bool:
        """Whether nothing is left out."""
        return self == TableFilter()

    def apply(self, shown: Table) -> Table:
        """Return the part of a table that is asked for."""
        if self.shows_all:
            return shown
        return replace(
            shown,
            keywords=tuple(filter(self._has_entry, shown.keywords)),
            sentences=tuple(filter(self._has_entry, shown.sentences)),
            phrases=tuple(filter(self._has_entry, shown.phrases)),
            exceptions=tuple(filter(self._has_entry, shown.exceptions)),
            frames=tuple(filter(self._has_entry, shown.frames)),
            answers=tuple(filter(self._has_answer, shown.answers)),
            topics=tuple(filter(self._has_topic, shown.topics)),
            buttons=tuple(filter(self._has_button, shown.buttons)),
            replies=tuple(filter(self._has_reply, shown.replies)) if self.files is None else (),
            fillers=self._texts(shown.fillers, lambda each: each),
            guards=self._texts(shown.guards, lambda each: each.name),
            classes=self._texts(shown.classes, lambda each: "\n".join((each.name, *each.members))),
            everyday=self._texts(shown.everyday, lambda each: each[0]),
        )

    def _has_entry(self, entry: Entry) -> bool:
        return (
            self.action in (None, entry.action)
            and self._speaks(entry.language)
            and self._has(entry.spelling)
            and self._is_of(entry.rule)
        )

    def _has_answer(self, entry: AnswerEntry) -> bool:
        named = self._has(entry.spelling) or self._has(entry.name)
        is_wanted = self.action in (None, Action.ANSWER)
        return is_wanted and self._speaks(entry.language) and named and self._is_of(entry.rule)

    def _has_topic(self, entry: TopicEntry) -> bool:
        named = self._has(entry.spelling) or self._has(entry.name)
        is_wanted = self.action in (None, entry.action)
        return is_wanted and self._speaks(entry.language) and named and self._is_of(entry.rule)

    def _has_button(self, entry: ButtonEntry) -> bool:
        wanted = self.action is None or entry.asks.split(" ")[0] == self.action.value
        named = self._has(entry.payload)
        return wanted and self._speaks(entry.language) and named and self._is_of(entry.rule)

    def _has_reply(self, reply: ReplyEntry) -> bool:
        is_wanted = self.action in (None, reply.action)
        return is_wanted and self._speaks(reply.language) and self._has(reply.text or "")

    def _speaks(self, language: str) -> bool:
        wanted = self.language
        return wanted is None or language == wanted or language.startswith(f"{wanted}-")

    def _has(self, text: str) -> bool:
        return self.text is None or self.text.casefold() in text.casefold()

    def _is_of(self, rule: str) -> bool:
        return self.files is None or rule.rpartition(":")[0] in self.files

    def _texts(self, entries: tuple[T, ...], text: Callable[[T], str]) -> tuple[T, ...]:
        """Return entries that have no action and no language: those with the text, if nothing else is asked for."""
        if self != TableFilter(text=self.text):
            return ()
        return tuple(each for each in entries if self._has(text(each)))
