"""O801 topic-means-everything, O808 topic-narrows: a topic's word that the rules outside of topics read as a whole.

STOP alone always means everything, and so does every ordinary rule: a message
that is a keyword, or nothing but keywords and filler, never asks for a topic
alone, and what an ordinary sentence or phrase says word for word is its own.
The keywords are asked as they match, with the filler around them and nearly so where that is tolerated.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import NamedTuple

from optoutlang.language.checks.edits import dropping
from optoutlang.language.checks.subject import Subject, named
from optoutlang.language.compiler.from_model import from_model
from optoutlang.language.diagnostics import codes
from optoutlang.language.diagnostics.diagnostic import Diagnostic, Label
from optoutlang.language.model.layers import stronger
from optoutlang.language.model.statement import (
    Claim,
    FillerPhrase,
    Only,
    Phrase,
    Preference,
    Removal,
    Statement,
    Toleration,
)
from optoutlang.language.model.topics import TopicKeyword, TopicSentence
from optoutlang.language.model.withdrawal import Withdrawal
from optoutlang.runtime.canonical import tokens
from optoutlang.runtime.matcher import Matcher
from optoutlang.runtime.terms.action import Action, Tolerance
from optoutlang.runtime.terms.rest import Rest

Stated = TopicKeyword | TopicSentence
Rows = Mapping[str, Phrase]


class Outside(NamedTuple):
    """What a text means without topics, where, and whether that gives way to the topic."""

    text: str
    action: Action
    rule: str
    gives_way: bool


_KEYWORDS = (Claim, Removal, Only, FillerPhrase, Preference, Withdrawal)


def check(subject: Subject) -> Iterator[Diagnostic]:
    """Yield a diagnostic for each word of a topic that means something without it, in a context where it counts."""
    stated: tuple[Stated, ...] = (
        *subject.ruleset.of(TopicKeyword),
        *subject.ruleset.of(TopicSentence),
    )
    if not stated:
        return
    matcher = Matcher(from_model(subject.ruleset.keeping(_is_of_keywords)))
    rows: dict[str | None, Rows] = {}
    for each in stated:
        for scope in subject.contexts(each.scope):
            if scope not in rows:
                rows[scope] = _rows(subject, scope)
            found = _meaning(subject, each, scope, matcher, rows[scope])
            if found is not None:
                yield _diagnostic(each, scope, found)
                break


def _is_of_keywords(statement: Statement) -> bool:
    """Tell whether a statement has a say in what a whole message is; a number behind STOP may name a topic."""
    if isinstance(statement, Toleration):
        return statement.tolerance is not Tolerance.NUMBERS
    return isinstance(statement, _KEYWORDS)


def _rows(subject: Subject, scope: str | None) -> Rows:
    """Return the sentences that are closed, and the phrases, of a context by each text that they stand for."""
    table = subject.tables[scope]
    rows: dict[str, Phrase] = {}
    closed = (each for each in table.sentences if each.rest is Rest.NONE)
    for phrase in (*closed, *table.phrases):
        for text in Phrase.texts(phrase):
            rows.setdefault(text, phrase)
    return rows


def _meaning(
    subject: Subject, stated: Stated, scope: str | None, matcher: Matcher, rows: Rows
) -> Outside | None:
    """Return what a word, or one of a sentence's texts, means without its topic."""
    narrowed = None
    for text in _texts(stated):
        decision = matcher.match(text, country=scope)
        if decision is not None:
            return Outside(text, decision.intent, decision.rule, gives_way=False)
        rule = rows.get(" ".join(tokens(text)))
        if rule is not None:
            gives_way = stronger(subject.ruleset, stated, rule)
            found = Outside(text, rule.action, rule.place.rule, gives_way=gives_way)
            if not gives_way:
                return found
            narrowed = narrowed or found
    return narrowed


def _texts(stated: Stated) -> tuple[str, ...]:
    if isinstance(stated, TopicKeyword):
        return (stated.word,)
    return tuple(stated.texts())


def _diagnostic(stated: Stated, scope: str | None, outside: Outside) -> Diagnostic:
    text, action, topic = outside.text, outside.action.value, stated.topic
    if outside.gives_way:
        return Diagnostic(
            codes.TOPIC_NARROWS,
            f"`{text}` means {stated.action.value} of topic `{topic}` alone{named(scope)}:"
            f" without the topic it is {action} of everything",
            Label(stated.place, f"otherwise {action} by {outside.rule}"),
            help="leave it if this is meant; more than the word itself means everything still",
        )
    return Diagnostic(
        codes.TOPIC_MEANS_EVERYTHING,
        f"`{text}` means {action} of everything{named(scope)}: topic `{topic}` can never have it",
        Label(stated.place, f"{action} by {outside.rule}"),
        help="choose words that say which messages, or take the rule back that means everything",
        fix=dropping(stated.place, stated.spelling),
    )
