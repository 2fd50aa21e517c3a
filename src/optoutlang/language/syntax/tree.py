"""The syntax tree: every statement as written, with spans; the token list keeps comments and blanks."""

from __future__ import annotations

from dataclasses import dataclass

from optoutlang.language.source.span import Span
from optoutlang.language.source.text import SourceText
from optoutlang.language.syntax.forms import Form
from optoutlang.runtime.terms.action import Action
from optoutlang.runtime.terms.side import Side


@dataclass(frozen=True, slots=True)
class Token:
    """A piece of the source; the texts of all tokens of a file, joined, are the file.

    `kind` is the terminal's name in grammar/optout.lark, or `COMMENT`, `BLANK`
    (spaces and line ends), or `ERROR` (text that belongs to no statement).
    """

    kind: str
    text: str
    span: Span


@dataclass(frozen=True, slots=True)
class Word:
    r"""A bare word or a quoted string. `value` is decoded: no quotes, `\n` and `\u{...}` resolved."""

    value: str
    span: Span
    quoted: bool = False


@dataclass(frozen=True, slots=True)
class Ruleset:
    """`ruleset NAME [language TAG]`."""

    name: Word
    language: Word | None
    span: Span


@dataclass(frozen=True, slots=True)
class Use:
    """`use "PACK"` or `use "./FILE.optout"`."""

    target: Word
    span: Span


@dataclass(frozen=True, slots=True)
class Let:
    """`let NAME = "VALUE"`."""

    name: Word
    value: Word
    span: Span


@dataclass(frozen=True, slots=True)
class Runtime:
    """`runtime NAME up to N`: a variable of replies whose value is known when they are sent."""

    name: Word
    longest: Word
    span: Span


@dataclass(frozen=True, slots=True)
class Limit:
    """`limit replies to N`."""

    most: Word
    span: Span


@dataclass(frozen=True, slots=True)
class ClassStatement:
    """`class NAME is WORDS`."""

    name: Word
    members: tuple[Word, ...]
    span: Span


@dataclass(frozen=True, slots=True)
class GuardStatement:
    """`guard NAME is CLASSES within N before`, `… after`, `… between` or `… anywhere`.

    `distance` is the N of the first two, None for the others.
    """

    name: Word
    classes: tuple[Word, ...]
    side: Side
    distance: Word | None
    span: Span


@dataclass(frozen=True, slots=True)
class WordList:
    """A statement that is a list of words, such as `keywords STOP, END` or `prefer es, en`."""

    kind: Form
    words: tuple[Word, ...]
    span: Span

    def __post_init__(self) -> None:
        if not self.kind.is_word_list:
            raise ValueError(f"`{self.kind.spelling}` is no list of words")


@dataclass(frozen=True, slots=True)
class Reply:
    """`reply "…"`, or `reply none` (text is None); `words` are the keywords of `reply to WORDS "…"`."""

    text: Word | None
    span: Span
    words: tuple[Word, ...] = ()


@dataclass(frozen=True, slots=True)
class Frames:
    """`frames "…", "…" unless GUARDS needs CLASSES`; what is left out is empty."""

    frames: tuple[Word, ...]
    guards: tuple[Word, ...]
    needs: tuple[Word, ...]
    span: Span


@dataclass(frozen=True, slots=True)
class Allow:
    """`allow CODES because "REASON"`: findings about the statement behind it that are meant so."""

    codes: tuple[Word, ...]
    reason: Word | None
    span: Span


SectionItem = WordList | Frames | Reply | Allow


@dataclass(frozen=True, slots=True)
class Section:
    """`opt-out { … }`, `opt-in { … }`, `help { … }`."""

    action: Action
    head: Span
    items: tuple[SectionItem, ...]
    span: Span


@dataclass(frozen=True, slots=True)
class AnswerBlock:
    """`answer NAME { … }`."""

    name: Word
    items: tuple[WordList | Reply | Allow, ...]
    span: Span


@dataclass(frozen=True, slots=True)
class TopicBlock:
    """`topic NAME { … }`: sections that are about the topic alone, and the names that people call it by."""

    name: Word
    items: tuple[Section | WordList | Allow, ...]
    span: Span


@dataclass(frozen=True, slots=True)
class LanguageBlock:
    """`language TAG { sections }`."""

    tag: Word
    items: tuple[Section | AnswerBlock | TopicBlock | Allow, ...]
    span: Span


@dataclass(frozen=True, slots=True)
class CountryBlock:
    """`country CC, CC { … }`."""

    codes: tuple[Word, ...]
    items: tuple[Section | AnswerBlock | TopicBlock | LanguageBlock | Limit | WordList | Allow, ...]
    span: Span


@dataclass(frozen=True, slots=True)
class TestCase:
    """`"MESSAGE" [from CC] [prefer TAG] -> ACTION [in TAG] [reply "TEXT" | reply none]`, or `-> none`.

    Or `-> suggest ACTION [in TAG]`, for an action that must only be suggested,
    or `-> answer NAME [in TAG] …`, with the name as `answer`. `ACTION topic NAME` is about a topic alone.
    `button` tells that the message is the payload of a button, of a message without text.
    `action` None means that the message must mean nothing. `reply` is given
    only where the case states one: a Reply whose text may be None.
    """

    __test__ = False

    message: Word
    country: Word | None
    prefer: Word | None
    action: Action | None
    language: Word | None
    reply: Reply | None
    span: Span
    suggested: bool = False
    answer: Word | None = None
    topic: Word | None = None
    button: bool = False


@dataclass(frozen=True, slots=True)
class Test:
    """`test "NAME" { cases }`."""

    __test__ = False

    name: Word
    cases: tuple[TestCase, ...]
    span: Span


Statement = (
    Ruleset
    | Use
    | Let
    | Runtime
    | Limit
    | ClassStatement
    | GuardStatement
    | WordList
    | Section
    | AnswerBlock
    | TopicBlock
    | LanguageBlock
    | CountryBlock
    | Test
    | Allow
)


@dataclass(frozen=True, slots=True)
class File:
    """One parsed file: its statements in source order, and all its tokens, trivia included."""

    source: SourceText
    statements: tuple[Statement, ...]
    tokens: tuple[Token, ...]
