"""The one layout of a statement: its words, its lines, where they break."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from optoutlang.language.diagnostics.visible import columns
from optoutlang.language.syntax import strings
from optoutlang.language.syntax.forms import Form
from optoutlang.language.syntax.tree import (
    Allow,
    AnswerBlock,
    ClassStatement,
    CountryBlock,
    File,
    Frames,
    GuardStatement,
    LanguageBlock,
    Let,
    Limit,
    Reply,
    Ruleset,
    Runtime,
    Section,
    Test,
    TestCase,
    TopicBlock,
    Use,
    Word,
    WordList,
)

WIDTH = 100
"""How many characters a line may have before a list is broken."""

INDENT = "  "

Block = Section | AnswerBlock | TopicBlock | LanguageBlock | CountryBlock | Test
Simple = Ruleset | Use | Let | Runtime | Limit | Reply | Allow
Listing = WordList | ClassStatement | GuardStatement | Frames
Item = Listing | Block | Simple | TestCase

_WIDEST_MESSAGE = 40


@dataclass(frozen=True, slots=True)
class Remark:
    """A comment inside a list: behind a word on its line, or on a line of its own."""

    text: str
    is_trailing: bool


class Spelling:
    """How words are written: as their author wrote them, or anew where there is no source."""

    def __init__(self, file: File) -> None:
        self._text = file.source.text

    def word(self, word: Word) -> str:
        """Return a word in source form."""
        if not word.quoted:
            return word.value
        written = self._text[word.span.start : word.span.end]
        is_written = written.startswith('"') and strings.decode(written[1:-1])[0] == word.value
        return written if is_written else strings.encode(word.value)

    def simple(self, item: Simple) -> str:
        """Return a statement that is never broken."""
        match item:
            case Ruleset(name, language):
                tag = f" language {language.value}" if language else ""
                return f"ruleset {name.value}{tag}"
            case Use(target):
                return f"use {self.word(target)}"
            case Let(name, value):
                return f"let {name.value} = {self.word(value)}"
            case Runtime() | Limit():
                return _setting(item)
            case Allow(names, reason):
                because = f" because {self.word(reason)}" if reason else ""
                return f"{Form.ALLOW.spelling} {', '.join(map(self.word, names))}{because}"
            case _:
                words = ", ".join(map(self.word, item.words))
                to = f" to {words}" if words else ""
                return f"reply{to} {self.word(item.text) if item.text else 'none'}"

    def head(self, item: Listing | Block) -> str:
        """Return what stands before a list's words or a block's brace, but for a country's codes."""
        match item:
            case WordList() | ClassStatement() | GuardStatement() | Frames():
                return _list_head(item)
            case Section(action):
                return action.value
            case AnswerBlock(name) | TopicBlock(name):
                form = Form.ANSWER if isinstance(item, AnswerBlock) else Form.TOPIC
                return f"{form.spelling} {name.value}"
            case LanguageBlock(tag):
                return f"language {tag.value}"
            case Test(name):
                return f"test {self.word(name)}"
            case CountryBlock():
                return Form.COUNTRY.spelling

    def reach(self, guard: GuardStatement) -> str:
        """Return where a guard looks, as it stands behind its classes."""
        within = f"within {guard.distance.value} " if guard.distance else ""
        return f"{within}{guard.side.value}"

    def outcome(self, case: TestCase) -> str:
        """Return what a test case expects."""
        if case.action is None:
            return "none"
        suggest = "suggest " if case.suggested else ""
        language = f" in {case.language.value}" if case.language else ""
        reply = f" {self.simple(case.reply)}" if case.reply else ""
        answer = f" {case.answer.value}" if case.answer else ""
        topic = f" topic {case.topic.value}" if case.topic else ""
        return f"{suggest}{case.action.value}{answer}{topic}{language}{reply}"


def _setting(item: Runtime | Limit) -> str:
    if isinstance(item, Limit):
        return f"limit replies to {item.most.value}"
    return f"runtime {item.name.value} up to {item.longest.value}"


def _list_head(item: Listing) -> str:
    match item:
        case WordList(kind):
            return kind.spelling
        case ClassStatement(name):
            return f"{Form.CLASS.spelling} {name.value} is"
        case GuardStatement(name):
            return f"{Form.GUARD.spelling} {name.value} is"
        case Frames():
            return Form.FRAMES.spelling


def listed_words(item: Listing) -> tuple[Word, ...]:
    """Return the words of a list."""
    match item:
        case WordList():
            return item.words
        case ClassStatement():
            return item.members
        case GuardStatement():
            return item.classes
        case Frames():
            return item.frames


def conditions(item: Frames) -> tuple[tuple[str, tuple[Word, ...]], ...]:
    """Return the lists behind a list of frames, each with its name, without those that are empty."""
    both = (("unless", item.guards), ("needs", item.needs))
    return tuple((name, words) for name, words in both if words)


def message(case: TestCase, spelling: Spelling) -> str:
    """Return what a test case is about."""
    button = "button " if case.button else ""
    return f"{button}{spelling.word(case.message)}"


def sender(case: TestCase) -> str:
    """Return what a test case says about its sender."""
    country = f"from {case.country.value}" if case.country else ""
    prefer = f"prefer {case.prefer.value}" if case.prefer else ""
    return f"{country} {prefer}".strip()


def aligned(cases: tuple[TestCase, ...], spelling: Spelling) -> Iterator[str]:
    """Return the test cases of a block with their senders and arrows in columns.

    A message of more than 40 columns stands out of line, alone.
    """
    rows = [(message(case, spelling), sender(case), spelling.outcome(case)) for case in cases]
    fitting = [row for row in rows if columns(row[0]) <= _WIDEST_MESSAGE]
    widths = [max((columns(row[place]) for row in fitting), default=0) for place in (0, 1)]
    return (_row(row, widths) for row in rows)


def _row(row: tuple[str, str, str], widths: list[int]) -> str:
    message, who, outcome = row
    if columns(message) <= _WIDEST_MESSAGE:
        message, who = _padded(message, widths[0]), _padded(who, widths[1])
    return " ".join([*filter(None, (message, who)), "->", outcome])


def _padded(text: str, width: int) -> str:
    return text + " " * (width - columns(text))


def listed(
    head: str, words: tuple[str, ...], remarks: dict[int, list[Remark]], indent: str
) -> list[str]:
    """Return the lines of a list: `remarks[i]` stand behind word i; continuations align with the first word."""
    under = indent + " " * (len(head) + 1)
    lines = [f"{indent}{head}"]
    is_open = True
    for index, word in enumerate(words):
        text = word if index == len(words) - 1 else f"{word},"
        if is_open and (index == 0 or columns(lines[-1]) + 1 + columns(text) <= WIDTH):
            lines[-1] += f" {text}"
        else:
            lines.append(under + text)
        behind = remarks.get(index, [])
        for remark in behind:
            if remark.is_trailing:
                lines[-1] += f"  {remark.text}"
            else:
                lines.append(under + remark.text)
        is_open = not behind
    return lines
