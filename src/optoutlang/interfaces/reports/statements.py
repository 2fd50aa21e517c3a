"""Statements of the model in words: what `optout cover` and `optout mutate` say they are about."""

from __future__ import annotations

from collections.abc import Iterator

from optoutlang.interfaces.reports.visible import visible
from optoutlang.language.model.button import Button
from optoutlang.language.model.file_reader import EVERYDAY_WORDS
from optoutlang.language.model.reply_settings import ReplyLimit, RuntimeVariable
from optoutlang.language.model.statement import (
    AnswerKeyword,
    AnswerSentence,
    Claim,
    FillerPhrase,
    Frame,
    Guard,
    Ignoring,
    Only,
    Phrase,
    Preference,
    Removal,
    ReplyText,
    Statement,
    Suggestion,
    Toleration,
    WordClass,
)
from optoutlang.language.model.topics import TopicKeyword, TopicSentence
from optoutlang.language.model.withdrawal import Withdrawal
from optoutlang.runtime.terms.action import SUGGESTIONS

InSection = Claim | Removal | Only | Phrase | Frame | ReplyText | Button
"""The statements of a section, which have an action."""


def where(scope: str | None) -> str:
    """Name a scope."""
    return "the base" if scope is None else scope


def describe(statement: Statement) -> str:
    """Return what a statement states, and in which scope."""
    content = ", ".join(_words(statement))
    section = _section(statement) if isinstance(statement, InSection) else ""
    if isinstance(statement, AnswerKeyword | AnswerSentence):
        section = f"(answer {statement.name}, {statement.language})"
    if isinstance(statement, TopicKeyword | TopicSentence):
        about = f"{statement.action.value} topic {statement.topic}"
        section = f"({about}, {statement.language})"
    parts = filter(None, (statement.label, content, section))
    return f"{' '.join(parts)} in {where(statement.scope)}"


def _words(statement: Statement) -> Iterator[str]:  # noqa: C901, PLR0912  # one case a kind
    match statement:
        case Claim() | Removal() | FillerPhrase() | AnswerKeyword() | TopicKeyword():
            yield f"`{visible(statement.word)}`"
        case Button():
            yield f"`{visible(statement.payload)}`"
        case WordClass() | Guard():
            yield f"`{statement.name}`"
        case Phrase() | Frame() | AnswerSentence() | TopicSentence():
            yield f"`{visible(statement.spelling)}`"
        case ReplyText():
            to = f"to `{visible(statement.word)}` " if statement.word else ""
            yield to + ("none" if statement.text is None else f"`{visible(statement.text)}`")
        case ReplyLimit():
            yield str(statement.most)
        case RuntimeVariable():
            yield f"`{statement.name}` up to {statement.longest}"
        case Withdrawal():
            action = f"{statement.action.value} " if statement.action else ""
            yield f"`{visible(statement.spelling)}` ({action}{statement.kind.label})"
        case Preference():
            yield from statement.tags
        case Ignoring():
            yield EVERYDAY_WORDS
        case Toleration():
            yield statement.tolerance.value
        case Suggestion(ways=ways):
            yield from (name for name, way in SUGGESTIONS.items() if way in ways)
            if not ways:
                yield "none"


def _section(statement: InSection) -> str:
    language = f", {statement.language}" if statement.language else ""
    of = ""
    if isinstance(statement, ReplyText | Button):
        of = statement.answer
    if isinstance(statement, ReplyText | Button) and statement.topic:
        of = f"topic {statement.topic}"
    return f"({statement.action.value}{of and f' {of}'}{language})"
