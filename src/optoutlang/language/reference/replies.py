"""The language of an answer, and its reply (docs/language.md §5.18, §5.19, §5.31)."""

from __future__ import annotations

from collections.abc import Iterator

from optoutlang.language.model.button import Button
from optoutlang.language.model.statement import (
    AnswerKeyword,
    AnswerSentence,
    Claim,
    Frame,
    Phrase,
    ReplyText,
)
from optoutlang.language.model.topics import TopicKeyword, TopicSentence
from optoutlang.language.reference.layers import Table
from optoutlang.language.reference.text import key
from optoutlang.runtime.terms.action import Action

Speaking = (
    Claim | Phrase | Frame | AnswerKeyword | AnswerSentence | TopicKeyword | TopicSentence | Button
)
"""What may decide a message."""


def spoken_languages(table: Table) -> set[str]:
    """Return every language with a keyword, sentence, phrase, frame or reply: the languages of STOP, START and HELP."""
    keywords = {claim.language for claim in table.claims}
    phrases = {phrase.language for phrase in (*table.sentences, *table.phrases)}
    phrases |= {frame.language for frame in table.frames}
    replies = {each.language for each in table.replies if not each.answer and not each.topic}
    return keywords | phrases | replies


def choose_language(table: Table, languages: set[str], preferred: str | None) -> str:
    """Ask the caller, the country, the base scope and the root file, in turn, which language answers."""
    for wish in wishes(table, preferred):
        for tag in lookup(wish):
            if tag in languages:
                return tag
    return min(languages)


def wishes(table: Table, preferred: str | None) -> Iterator[str]:
    """Yield the languages to look for, the first choice first."""
    if preferred is not None:
        yield preferred
    if table.country is not None:
        yield from preference(table, table.country)
    yield from preference(table, None)
    yield table.ruleset.language


def preference(table: Table, scope: str | None) -> tuple[str, ...]:
    """Return what the strongest `prefer` of a scope says."""
    stated = [each.tags for each in table.preferences if each.scope == scope]
    return stated[-1] if stated else ()


def lookup(tag: str) -> Iterator[str]:
    """Yield a tag, then what it falls back to: `zh-Hant-TW`, `zh-Hant`, `zh` (RFC 4647 §3.4).

    One that ends in a single letter (`zh-x`), which the standard leaves out, is no tag that any rule has.
    """
    while tag:
        yield tag
        tag = tag.rpartition("-")[0]


def reply(
    table: Table,
    statement: Speaking,
    language: str,
    *,
    asked: tuple[Action, str, str] | None = None,
) -> str | None:
    """Return what to send: in the language, else in the root file's; the country's before the base's.

    In one language the reply to the keyword itself goes before that of its action or answer.
    What asks something of a topic is answered by the topic's replies alone. `asked` says what is
    answered, where that is not what the statement asks by itself.
    """
    keyword = None
    if isinstance(statement, Claim | AnswerKeyword | TopicKeyword):
        keyword = key(statement.word)
    for tag in (*lookup(language), *lookup(table.ruleset.language)):
        fitting = [
            each
            for each in table.replies
            if each.language == tag and replied_to(each) == (asked or asked_by(statement))
        ]
        own = [each.text for each in fitting if each.word and key(each.word) == keyword]
        usual = [each.text for each in fitting if not each.word]
        for texts in (own, usual):
            if texts:
                return texts[-1]
    return None


def replied_to(reply: ReplyText) -> tuple[Action, str, str]:
    """Return the action of a reply, and the names of the answer and of the topic that it belongs to."""
    return reply.action, reply.answer, reply.topic


def asked_by(statement: Speaking) -> tuple[Action, str, str]:
    """Return the action that a statement asks for, and the names of the answer and of the topic that it belongs to."""
    if isinstance(statement, AnswerKeyword | AnswerSentence):
        return Action.ANSWER, statement.name, ""
    if isinstance(statement, TopicKeyword | TopicSentence):
        return statement.action, "", statement.topic
    if isinstance(statement, Button):
        return statement.action, statement.answer, statement.topic
    return statement.action, "", ""
