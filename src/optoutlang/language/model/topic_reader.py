"""The topics of one file to statements of the model: words that mean an action for one topic alone.

`<name>` in a word stands for each name that the file lists for the topic: the
word is written out, once for each of them (docs/language.md §5.34).
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator
from dataclasses import replace

from optoutlang.language.diagnostics import codes
from optoutlang.language.diagnostics.diagnostic import Label
from optoutlang.language.model.buttons import Buttons
from optoutlang.language.model.collector import Collector
from optoutlang.language.model.findings import Findings
from optoutlang.language.model.section_reader import Scopes, SectionReader
from optoutlang.language.model.statement import Origin
from optoutlang.language.model.topics import TopicKeyword, TopicSentence
from optoutlang.language.syntax.forms import Form
from optoutlang.language.syntax.tree import (
    Allow,
    CountryBlock,
    File,
    Frames,
    LanguageBlock,
    Reply,
    Section,
    TopicBlock,
    Word,
    WordList,
)
from optoutlang.runtime.canonical import key
from optoutlang.runtime.program import PROTECTED_KEYS
from optoutlang.runtime.terms.action import Action

NAME = "<name>"
"""What stands in a word for each name of its topic."""

_SLOT = re.compile("<[^<>]*>")
_NO_NAME = re.compile(r"[()\[\]|<>{}]|\.\.\.|…")


class TopicReader:
    """Reads the topics of one file, with what its sections are read by."""

    def __init__(
        self, file: int, sections: SectionReader, findings: Findings, collector: Collector
    ) -> None:
        self._file = file
        self._sections = sections
        self._findings = findings
        self._collector = collector
        self._buttons = Buttons(file, findings, collector)
        self._names: dict[str, list[Word]] = defaultdict(list)
        self._misnamed: set[str] = set()

    def know(self, tree: File) -> None:
        """Take in the names of all topics of the file, wherever it lists them, before any word is read."""
        used: set[str] = set()
        lists: dict[str, list[WordList]] = defaultdict(list)
        for block in _blocks(tree.statements):
            topic = block.name.value
            for item in block.items:
                if isinstance(item, WordList):
                    lists[topic].append(item)
                    self._take_names(topic, item)
                elif isinstance(item, Section) and any(NAME in word.value for word in _words(item)):
                    used.add(topic)
        for topic, those in lists.items():
            if topic not in used:
                self._findings.add(
                    codes.UNUSED_NAMES,
                    f"no word of topic `{topic}` has `{NAME}`, so its names are never read",
                    self._findings.place(those[0].span),
                    help=f'write a word with it, such as `keywords "STOP {NAME}"` in `opt-out`',
                )

    def _take_names(self, topic: str, item: WordList) -> None:
        known = {key(each.value): each for each in self._names[topic]}
        for index, word in enumerate(item.words):
            text = key(word.value)
            if not text or _NO_NAME.search(word.value):
                self._misnamed.add(topic)
                self._findings.add(
                    codes.MALFORMED_NAME,
                    f"`{word.value}` is no name: a name is plain words, with a letter, digit or symbol",
                    self._findings.place(word.span),
                    help="write each name by itself, without brackets or signs",
                )
            elif text in known:
                self._findings.add(
                    codes.REPEATED_KEYWORD,
                    f"`{word.value}` is a name of topic `{topic}` already",
                    self._findings.place(word.span),
                    related=(Label(self._findings.place(known[text].span), "listed here first"),),
                    help="case, accents and punctuation make no difference",
                    fix=self._findings.dropping(item.words, index, item.span),
                )
            else:
                known[text] = word
                self._names[topic].append(word)

    def read(self, block: TopicBlock, scopes: Scopes, language: str) -> None:
        """Read a topic for some scopes."""
        topic = block.name.value
        for section in block.items:
            if isinstance(section, Section):
                for item in section.items:
                    match item:
                        case WordList(kind=Form.KEYWORDS):
                            self._keywords(item, topic, section.action, scopes, language)
                        case WordList(kind=Form.BUTTONS):
                            self._buttons.read(item, section.action, scopes, language, topic=topic)
                        case WordList(kind=Form.SENTENCES):
                            self._sentences(item, topic, section.action, scopes, language)
                        case Reply():
                            self._sections.reply(
                                item, section.action, scopes, language, topic=topic
                            )
                        case Allow():
                            continue  # it says nothing of messages
                        case _:
                            self._misplaced(item)

    def _misplaced(self, item: WordList | Frames) -> None:
        name = item.kind.spelling if isinstance(item, WordList) else Form.FRAMES.spelling
        self._findings.add(
            codes.MISPLACED_IN_TOPIC,
            f"`{name}` stands in a topic",
            self._findings.place(item.span),
            help="a section of a topic holds `keywords`, `sentences`, `buttons` and `reply`",
        )

    def _keywords(
        self, item: WordList, topic: str, action: Action, scopes: Scopes, language: str
    ) -> None:
        for index, written in enumerate(item.words):
            place = self._findings.place(written.span)
            for word in self._written_out(written, topic):
                text = key(word.value)
                if not self._sections.has_key(word, text) or not self._is_free(word, topic, text):
                    break
                for scope in scopes:
                    origin = Origin(self._file, scope, place)
                    stated = TopicKeyword(origin, topic, action, language, word.value, text)
                    first = self._collector.add_once(stated)
                    if first is not None:
                        self._collector.add(stated)  # of two spellings the smaller is named
                        self._findings.add(
                            codes.REPEATED_KEYWORD,
                            f"`{word.value}` is a keyword of topic `{topic}` already",
                            place,
                            related=(Label(first.place, "listed here first"),),
                            help="case, accents and punctuation make no difference",
                            fix=self._findings.dropping(item.words, index, item.span),
                        )

    def _sentences(
        self, item: WordList, topic: str, action: Action, scopes: Scopes, language: str
    ) -> None:
        for written in item.words:
            place = self._findings.place(written.span)
            if self._sections.pattern(written, Form.PHRASES) is None:
                continue
            for word in self._written_out(written, topic):
                read = self._sections.pattern(word, Form.PHRASES)
                if read is not None:
                    self._collector.add(
                        *(
                            TopicSentence(
                                Origin(self._file, scope, place),
                                topic,
                                action,
                                language,
                                word.value,
                                read[0],
                            )
                            for scope in scopes
                        )
                    )

    def _is_free(self, word: Word, topic: str, text: str) -> bool:
        protected = PROTECTED_KEYS.get(text)
        if protected is not None:
            self._findings.add(
                codes.TOPIC_MEANS_EVERYTHING,
                f"`{word.value}` always means {protected.value} of everything, never of topic `{topic}` alone",
                self._findings.place(word.span),
                help=f"say which messages: `{text.upper()} {topic.upper()}`",
            )
        return protected is None

    def _written_out(self, word: Word, topic: str) -> Iterator[Word]:
        """Yield a word once for each name of its topic, or as it stands where it has no slot for one."""
        slots = _SLOT.findall(word.value)
        names = self._names.get(topic, [])
        unknown = next((each for each in slots if each != NAME), None)
        if unknown is not None:
            start = word.value.index(unknown)
            self._findings.add(
                codes.NO_NAMES,
                f"`{unknown}` stands for nothing",
                self._findings.inside(word, start, start + len(unknown)),
                help=f"`{NAME}` stands for each of the topic's names",
            )
        elif slots and not names and topic in self._misnamed:
            return  # of names that were refused, it is said where they stand
        elif slots and not names:
            self._findings.add(
                codes.NO_NAMES,
                f"topic `{topic}` lists no names in this file for `{NAME}` to stand for",
                self._findings.place(word.span),
                help=f"list them, such as `names {topic.upper()}`, in `topic {topic} {{ }}`",
            )
        elif slots:
            for name in names:
                yield replace(word, value=word.value.replace(NAME, name.value))
        else:
            yield word


def _words(section: Section) -> Iterator[Word]:
    for item in section.items:
        if isinstance(item, WordList) and item.kind is not Form.BUTTONS:
            yield from item.words


def _blocks(items: tuple[object, ...]) -> Iterator[TopicBlock]:
    """Yield the topics of a file, in whatever blocks."""
    for item in items:
        if isinstance(item, TopicBlock):
            yield item
        elif isinstance(item, CountryBlock | LanguageBlock):
            yield from _blocks(item.items)
