"""The grammar's reductions as constructors of the tree: one method for each rule of grammar/optout.lark."""

from __future__ import annotations

from dataclasses import dataclass
from itertools import takewhile
from typing import TypeVar

from optoutlang.language.source.span import Span
from optoutlang.language.syntax.forms import BY_SPELLING
from optoutlang.language.syntax.lexeme import Lexeme
from optoutlang.language.syntax.tree import (
    Allow,
    AnswerBlock,
    ClassStatement,
    CountryBlock,
    Frames,
    GuardStatement,
    LanguageBlock,
    Let,
    Limit,
    Reply,
    Ruleset,
    Runtime,
    Section,
    SectionItem,
    Statement,
    Test,
    TestCase,
    TopicBlock,
    Use,
    Word,
    WordList,
)
from optoutlang.runtime.terms.action import Action
from optoutlang.runtime.terms.side import Side

Clause = tuple[Lexeme, Word]
"""A part of a test case: its name and its word."""


@dataclass(frozen=True, slots=True)
class Reach:
    """Where a guard looks: `within 2 before`, `between`."""

    side: Side
    distance: Word | None
    span: Span


@dataclass(frozen=True, slots=True)
class Condition:
    """`unless GUARDS` or `needs CLASSES`."""

    type: str
    names: tuple[Word, ...]
    span: Span


@dataclass(frozen=True, slots=True)
class Reason:
    """`because "REASON"`."""

    text: Word
    span: Span


Part = Lexeme | Word | Statement | SectionItem | TestCase | Clause | Reach | Condition | Reason
"""What a rule is made of: lexemes, and what other rules have become."""

_Kind = TypeVar("_Kind")


def _all(parts: list[Part], kind: type[_Kind]) -> tuple[_Kind, ...]:
    return tuple(part for part in parts if isinstance(part, kind))


def _one(parts: list[Part], kind: type[_Kind]) -> _Kind:
    return next(part for part in parts if isinstance(part, kind))


def _span_of(part: Part) -> Span:
    return part[0].span.cover(part[1].span) if isinstance(part, tuple) else part.span


def _span(parts: list[Part]) -> Span:
    return _span_of(parts[0]).cover(_span_of(parts[-1]))


class Builder:
    """Makes the tree while Lark parses; every method takes the parts of its rule in order."""

    def start(self, parts: list[Part]) -> tuple[Statement, ...]:
        """The header, if there is one, and the statements."""
        header = parts[: _header_length(parts)]
        statements = tuple(part for part in parts[len(header) :] if isinstance(part, Statement))
        if not header:
            return statements
        name, *language = _all(header, Word)
        return (Ruleset(name, language[0] if language else None, _span(header)), *statements)

    def use(self, parts: list[Part]) -> Use:
        """`use "us"`."""
        return Use(_one(parts, Word), _span(parts))

    def let(self, parts: list[Part]) -> Let:
        """`let brand = "Acme"`."""
        name, value = _all(parts, Word)
        return Let(name, value, _span(parts))

    def runtime(self, parts: list[Part]) -> Runtime:
        """`runtime name up to 20`."""
        name, longest = _all(parts, Word)
        return Runtime(name, longest, _span(parts))

    def limit(self, parts: list[Part]) -> Limit:
        """`limit replies to 160`."""
        return Limit(_one(parts, Word), _span(parts))

    def class_(self, parts: list[Part]) -> ClassStatement:
        """`class stop is stop, quit`."""
        name, *members = _all(parts, Word)
        return ClassStatement(name, tuple(members), _list_span(parts))

    def guard(self, parts: list[Part]) -> GuardStatement:
        """`guard negated is negation within 2 before`."""
        name, *classes = _all(parts, Word)
        reach = _one(parts, Reach)
        return GuardStatement(name, tuple(classes), reach.side, reach.distance, _span(parts))

    def allow(self, parts: list[Part]) -> Allow:
        """`allow O411 because "the provider asks for it"`."""
        reason = next(iter(_all(parts, Reason)), None)
        return Allow(_all(parts, Word), None if reason is None else reason.text, _list_span(parts))

    def reason(self, parts: list[Part]) -> Reason:
        """`because "…"`."""
        return Reason(_one(parts, Word), _span(parts))

    def reach(self, parts: list[Part]) -> Reach:
        """`within 2 before`, `within 2 after`, `between` or `anywhere`."""
        side = Side(_all(parts, Lexeme)[-1].value)
        return Reach(side, next(iter(_all(parts, Word)), None), _span(parts))

    def frames(self, parts: list[Part]) -> Frames:
        """`frames "{stop} .. {writing}" unless negated needs messages`."""
        named = {each.type: each.names for each in _all(parts, Condition)}
        guards, needs = named.get("UNLESS", ()), named.get("NEEDS", ())
        return Frames(_all(parts, Word), guards, needs, _list_span(parts))

    def condition(self, parts: list[Part]) -> Condition:
        """`unless negated, timed` or `needs messages`."""
        return Condition(_one(parts, Lexeme).type, _all(parts, Word), _list_span(parts))

    def section(self, parts: list[Part]) -> Section:
        """`opt-out { … }`."""
        head = _one(parts, Lexeme)
        items = tuple(part for part in parts if isinstance(part, SectionItem))
        return Section(Action(head.value), head.span, items, _span(parts))

    def named_answer(self, parts: list[Part]) -> AnswerBlock:
        """`answer hours { … }`."""
        items = tuple(part for part in parts if isinstance(part, WordList | Reply | Allow))
        return AnswerBlock(_one(parts, Word), items, _span(parts))

    def topic(self, parts: list[Part]) -> TopicBlock:
        """`topic offers { … }`."""
        items = tuple(part for part in parts if isinstance(part, Section | WordList | Allow))
        return TopicBlock(_one(parts, Word), items, _span(parts))

    def language(self, parts: list[Part]) -> LanguageBlock:
        """`language es { … }`."""
        items = tuple(
            part for part in parts if isinstance(part, Section | AnswerBlock | TopicBlock | Allow)
        )
        return LanguageBlock(_one(parts, Word), items, _span(parts))

    def country(self, parts: list[Part]) -> CountryBlock:
        """`country MX, CO { … }`."""
        items = tuple(
            part
            for part in parts
            if isinstance(
                part, Section | AnswerBlock | TopicBlock | LanguageBlock | Limit | WordList | Allow
            )
        )
        return CountryBlock(_all(parts, Word), items, _span(parts))

    def test(self, parts: list[Part]) -> Test:
        """`test "name" { … }`."""
        return Test(_one(parts, Word), _all(parts, TestCase), _span(parts))

    def word_list(self, parts: list[Part]) -> WordList:
        """`keywords STOP`, `only keywords STOP`, `prefer es` and every other list of words."""
        name = takewhile(lambda part: isinstance(part, Lexeme), parts)
        spelling = " ".join(each.value for each in name if isinstance(each, Lexeme))
        return WordList(BY_SPELLING[spelling], _all(parts, Word), _list_span(parts))

    def reply(self, parts: list[Part]) -> Reply:
        """`reply "text"`, `reply none` or `reply to INFO "text"`."""
        words = _all(parts, Word)
        has_text = isinstance(parts[-1], Word)
        return Reply(
            words[-1] if has_text else None, _span(parts), words[:-1] if has_text else words
        )

    def case(self, parts: list[Part]) -> TestCase:
        """`"message" from MX prefer es -> opt-out in es reply "text"`."""
        clauses = {part[0].type: part[1] for part in parts if isinstance(part, tuple)}
        # Its lexemes are perhaps `button`, the arrow, perhaps `suggest`, and what is expected.
        lexemes = _all(parts, Lexeme)
        outcome = lexemes[-1].value
        message, *answer = _all(parts, Word)
        return TestCase(
            message,
            clauses.get("FROM"),
            clauses.get("PREFER"),
            None if outcome == "none" else Action(outcome),
            clauses.get("IN"),
            next(iter(_all(parts, Reply)), None),
            _span(parts),
            suggested=any(each.type == "SUGGEST" for each in lexemes),
            answer=answer[0] if answer else None,
            button=lexemes[0].type == "BUTTON",
            topic=clauses.get("TOPIC"),
        )

    def clause(self, parts: list[Part]) -> Clause:
        """`from MX`, `prefer es`, `in es` or `topic offers`."""
        return _one(parts, Lexeme), _one(parts, Word)

    def name(self, parts: list[Part]) -> Word:
        """A bare word."""
        lexeme = _one(parts, Lexeme)
        return Word(lexeme.value, lexeme.span)

    def string(self, parts: list[Part]) -> Word:
        """A quoted string."""
        lexeme = _one(parts, Lexeme)
        return Word(lexeme.value, lexeme.span, quoted=True)


def _list_span(parts: list[Part]) -> Span:
    # A comma that ends a list is layout, and no part of the statement.
    last = parts[-1]
    return _span(parts[:-1] if isinstance(last, Lexeme) else parts)


def _header_length(parts: list[Part]) -> int:
    if not parts or not isinstance(parts[0], Lexeme):
        return 0
    return 4 if len(parts) > 2 and isinstance(parts[2], Lexeme) else 2
