"""The syntax tree: every statement as written, with spans; the token list keeps comments and blanks."""

from __future__ import annotations

from dataclasses import dataclass
from enum import Enum

from optoutlang.language.source.span import Span
from optoutlang.language.source.text import SourceText
from optoutlang.runtime.terms.action import Action


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
class Prefer:
    """`prefer TAG, TAG`: languages, the first choice first."""

    tags: tuple[Word, ...]
    span: Span


@dataclass(frozen=True, slots=True)
class Suggest:
    """`suggest phrases, sentences`: ways to match that only suggest; `suggest none` ends it."""

    ways: tuple[Word, ...]
    span: Span


@dataclass(frozen=True, slots=True)
class Filler:
    """`filler "please", "thank you"`."""

    words: tuple[Word, ...]
    span: Span


class KeywordMode(Enum):
    """What a keyword statement does to what is inherited."""

    ADD = "keywords"
    ONLY = "only keywords"
    REQUIRE = "require keywords"
    REMOVE = "remove"


@dataclass(frozen=True, slots=True)
class Keywords:
    """`keywords`, `only keywords`, `require keywords` or `remove`, and their words."""

    mode: KeywordMode
    words: tuple[Word, ...]
    span: Span


@dataclass(frozen=True, slots=True)
class Sentences:
    """`sentences STOP, "[please] remove me"`: what a whole sentence of a message may be."""

    words: tuple[Word, ...]
    span: Span


@dataclass(frozen=True, slots=True)
class Phrases:
    """`phrases "…", "…"`."""

    words: tuple[Word, ...]
    span: Span


@dataclass(frozen=True, slots=True)
class Except:
    """`except "…", "…"`: phrases that keep an overlapping phrase of the same action from deciding."""

    words: tuple[Word, ...]
    span: Span


@dataclass(frozen=True, slots=True)
class Tolerate:
    """`tolerate typos, stretches`: in how far a message may differ from an opt-out keyword."""

    kinds: tuple[Word, ...]
    span: Span


@dataclass(frozen=True, slots=True)
class Reply:
    """`reply "…"`, or `reply none` (text is None)."""

    text: Word | None
    span: Span


SectionItem = Keywords | Sentences | Phrases | Except | Tolerate | Reply


@dataclass(frozen=True, slots=True)
class Section:
    """`opt-out { … }`, `opt-in { … }`, `help { … }`."""

    action: Action
    head: Span
    items: tuple[SectionItem, ...]
    span: Span


@dataclass(frozen=True, slots=True)
class LanguageBlock:
    """`language TAG { sections }`."""

    tag: Word
    items: tuple[Section, ...]
    span: Span


@dataclass(frozen=True, slots=True)
class CountryBlock:
    """`country CC, CC { … }`."""

    codes: tuple[Word, ...]
    items: tuple[Section | LanguageBlock | Prefer | Suggest | Filler, ...]
    span: Span


@dataclass(frozen=True, slots=True)
class TestCase:
    """`"MESSAGE" [from CC] [prefer TAG] -> ACTION [in TAG] [reply "TEXT" | reply none]`, or `-> none`.

    Or `-> suggest ACTION [in TAG]`, for an action that must only be suggested.
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


@dataclass(frozen=True, slots=True)
class Test:
    """`test "NAME" { cases }`."""

    __test__ = False

    name: Word
    cases: tuple[TestCase, ...]
    span: Span


Statement = (
    Ruleset | Use | Let | Prefer | Suggest | Filler | Section | LanguageBlock | CountryBlock | Test
)


@dataclass(frozen=True, slots=True)
class File:
    """One parsed file: its statements in source order, and all its tokens, trivia included."""

    source: SourceText
    statements: tuple[Statement, ...]
    tokens: tuple[Token, ...]
