"""Messages that are likely to show what a statement does: its own words, where it holds."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import islice

from optoutlang.analysis.adequacy.framings import framings
from optoutlang.language.model.button import Button
from optoutlang.language.model.reply_settings import ReplyLimit, RuntimeVariable
from optoutlang.language.model.ruleset import Example, Ruleset
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
    Sentence,
    Statement,
    Suggestion,
    Toleration,
    WordClass,
)
from optoutlang.language.model.topics import TopicKeyword, TopicSentence
from optoutlang.language.model.withdrawal import Withdrawal, written_as
from optoutlang.language.model.withdrawals import reaches
from optoutlang.language.source.place import Place
from optoutlang.language.source.span import Span
from optoutlang.language.source.text import SourceText
from optoutlang.language.words.everyday import everyday
from optoutlang.language.words.lists import home, lists
from optoutlang.language.words.territories import languages_of
from optoutlang.runtime.canonical.spelling import spelt
from optoutlang.runtime.terms import COUNTRIES
from optoutlang.runtime.terms.action import PROTECTED, Action, Tolerance

FEW = 4
"""How many words or texts stand for many."""

_NEARLY_STOP = {
    Tolerance.TYPOS: "SOTP",
    Tolerance.LOOKALIKES: "ST0P",
    Tolerance.STRETCHES: "STOOOP",
    Tolerance.NUMBERS: "STOP 12345",
}
"""A message that each tolerance makes STOP."""


def probe(
    message: str, country: str | None, prefer: str | None, *, button: bool = False
) -> Example:
    """Return a case that asks what a message, or the payload of a button, means, and states nothing yet."""
    return Example(
        test="",
        message=message,
        country=country,
        prefer=prefer,
        action=None,
        language=None,
        states_reply=False,
        reply=None,
        place=Place(SourceText("", ""), Span(0, 0)),
        button=button,
    )


def probes(ruleset: Ruleset, statement: Statement) -> tuple[Example, ...]:
    """Return cases about the messages that a statement is most likely to change, the plainest first."""
    language = getattr(statement, "language", None)
    wishes = (None,) if language is None else (None, language)
    if isinstance(statement, Button):
        return tuple(
            probe(statement.payload, statement.scope, prefer, button=True) for prefer in wishes
        )
    messages = dict.fromkeys(_messages(ruleset, statement))
    cases = [probe(message, statement.scope, prefer) for prefer in wishes for message in messages]
    if isinstance(statement, Ignoring):
        cases += (probe(*each, None) for each in islice(_elsewhere(ruleset), FEW))
    return tuple(cases)


def _beside_others(phrase: Phrase) -> Iterator[str]:
    """Yield texts of a sentence or phrase, alone and beside others."""
    for text in map(str.strip, phrase.pattern.texts()[:FEW]):
        yield from (text, f"x {text} x")
        if isinstance(phrase, Sentence):
            yield f"x. {text}"


def _suggested(ruleset: Ruleset, suggestion: Suggestion) -> Iterator[str]:
    """Yield messages that a `suggest` may be about."""
    patterns = (*ruleset.of(Sentence), *ruleset.of(Phrase))
    counting = [each for each in patterns if each.scope in (None, suggestion.scope)]
    for text in (each.pattern.texts()[0].strip() for each in counting[:FEW]):
        yield from (text, f"x. {text}")


def _messages(ruleset: Ruleset, statement: Statement) -> Iterator[str]:  # noqa: C901, PLR0912 - one case a kind
    match statement:
        case Claim() | Removal() | AnswerKeyword() | TopicKeyword():
            yield statement.word
        case AnswerSentence():
            yield from islice(statement.texts(), FEW)
        case TopicSentence():
            for text in islice(statement.texts(), FEW):
                yield from (text, f"x. {text}")
        case Phrase():
            yield from _beside_others(statement)
        case FillerPhrase():
            yield f"STOP {statement.word}"
            yield from (f"{word} {statement.word}" for word in _words(ruleset, None, None)[:FEW])
        case ReplyText(word=word) if word:
            yield word
        case ReplyText(answer=answer) if answer:
            yield from _asking(ruleset, answer)
        case ReplyText(topic=topic) if topic:
            yield from _asking_about(ruleset, topic, statement.action)
        case ReplyText():
            yield _protected(statement.action)
            yield from _words(ruleset, statement.action, statement.language)[:FEW]
        case Only():
            yield from _taken(ruleset, statement)
        case ReplyLimit():
            return  # it decides whether the rules compile, and no message
        case Withdrawal():
            yield from _taken_back(ruleset, statement)
        case RuntimeVariable() | Preference():
            yield from PROTECTED
        case Suggestion():
            yield from _suggested(ruleset, statement)
        case Ignoring():
            yield from _words(ruleset, None, None)[:FEW]
        case WordClass() | Guard() | Frame():
            yield from framings(ruleset, statement)
        case Toleration():
            yield _NEARLY_STOP[statement.tolerance]


def _elsewhere(ruleset: Ruleset) -> Iterator[tuple[str, str]]:
    """Yield keywords that are everyday words of a language, each with a country of that and not of its own."""
    for claim in ruleset.of(Claim):
        word = " ".join(spelt(claim.word))
        for language in lists() if claim.scope is None else ():
            if language != home(claim.language) and word in everyday(language):
                spoken = ((each, languages_of(each)) for each in sorted(COUNTRIES))
                there = (
                    country
                    for country, languages in spoken
                    if language in languages and home(claim.language) not in languages
                )
                yield from ((claim.word, country) for country in islice(there, 1))


def _asking(ruleset: Ruleset, answer: str) -> Iterator[str]:
    """Yield messages that a named answer is for."""
    yield from (each.word for each in ruleset.of(AnswerKeyword) if each.name == answer)
    for each in ruleset.of(AnswerSentence):
        if each.name == answer:
            yield from islice(each.texts(), FEW)


def _asking_about(ruleset: Ruleset, topic: str, action: Action) -> Iterator[str]:
    """Yield messages that ask something of a topic."""
    for keyword in ruleset.of(TopicKeyword):
        if (keyword.topic, keyword.action) == (topic, action):
            yield keyword.word
    for each in ruleset.of(TopicSentence):
        if (each.topic, each.action) == (topic, action):
            yield from islice(each.texts(), FEW)


def _protected(action: Action) -> str:
    return next(word for word, means in PROTECTED.items() if means is action)


def _words(ruleset: Ruleset, action: Action | None, language: str | None) -> list[str]:
    """Return the keywords of an action and a language, or of any, the strongest file's first."""
    return [
        each.word
        for each in reversed(ruleset.of(Claim))
        if action in (None, each.action) and language in (None, each.language)
    ]


def _taken_back(ruleset: Ruleset, withdrawal: Withdrawal) -> Iterator[str]:
    """Yield messages that show the statements that `remove` names by their text."""
    for each in ruleset.of(withdrawal.kind):
        if reaches(withdrawal, each) and written_as(each) == withdrawal.written:
            yield from _messages(ruleset, each)


def _taken(ruleset: Ruleset, only: Only) -> Iterator[str]:
    """Yield the words that `only keywords` may take away."""
    for each in ruleset.of(Claim):
        if each.action is only.action and each.key not in only.keys:
            yield each.word
