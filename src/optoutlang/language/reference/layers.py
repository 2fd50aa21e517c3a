"""The statements of a ruleset that hold for messages from one country (docs/language.md §4).

`table` walks the statements from the weakest to the strongest, as a person
would who reads the packs first and the root file last: the base of every file,
then the country's scope of every file. Each statement changes what was gathered
before it.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from functools import cache
from typing import TypeVar

from optoutlang.language.model.button import Button
from optoutlang.language.model.pattern import Choice, Pattern, Text
from optoutlang.language.model.ruleset import Ruleset
from optoutlang.language.model.statement import (
    AnswerKeyword,
    AnswerSentence,
    Claim,
    ExceptionPhrase,
    ExceptionSentence,
    FillerPhrase,
    Frame,
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
)
from optoutlang.language.model.topics import TopicKeyword, TopicSentence
from optoutlang.language.model.withdrawal import Withdrawal
from optoutlang.language.reference.text import key, tokens
from optoutlang.runtime.terms.action import PROTECTED, Action, MatchedBy, Tolerance
from optoutlang.runtime.terms.rest import Rest

KeywordStatement = Claim | Removal | Only
S = TypeVar("S", bound=Statement)


@cache
def protected_keys() -> dict[str, Action]:
    """Return the protected core: what STOP, START and HELP mean, whatever any file says (§4)."""
    return {key(word): action for word, action in PROTECTED.items()}


@dataclass(frozen=True, slots=True)
class Table:
    """Everything that holds in one context. `country` is None in the base scope.

    `claims` are the keywords' claims that nothing took away. `replies` and
    `preferences` stand weakest first, so that the last one that fits holds.
    `suggest` are the ways to match that do not decide, `tolerances` what may
    pass for an opt-out keyword.
    """

    ruleset: Ruleset
    country: str | None
    claims: tuple[Claim, ...]
    sentences: tuple[Sentence, ...]
    phrases: tuple[Phrase, ...]
    exceptions: tuple[Phrase, ...]
    frames: tuple[Frame, ...]
    fillers: tuple[FillerPhrase, ...]
    replies: tuple[ReplyText, ...]
    preferences: tuple[Preference, ...]
    suggest: frozenset[MatchedBy]
    tolerances: frozenset[Tolerance]
    answer_keywords: tuple[AnswerKeyword, ...]
    answer_sentences: tuple[AnswerSentence, ...]
    topic_keywords: tuple[TopicKeyword, ...]
    topic_sentences: tuple[TopicSentence, ...]
    buttons: tuple[Button, ...]


def table(ruleset: Ruleset, country: str | None) -> Table:
    """Return what holds for messages from a country; one that no file names is read in the base (§5).

    Where everyday words are ignored, each country has a scope of its own.
    """
    ignoring = bool(ruleset.of(Ignoring))
    scope = country if country in ruleset.countries or ignoring else None
    return Table(
        ruleset=ruleset,
        country=scope,
        claims=tuple(_remaining_claims(ruleset, scope)),
        sentences=tuple(_sentences(ruleset, scope)),
        phrases=tuple(_weakest_first(ruleset, ruleset.of(Phrase), scope)),
        exceptions=tuple(_weakest_first(ruleset, ruleset.of(ExceptionPhrase), scope)),
        frames=tuple(_weakest_first(ruleset, ruleset.of(Frame), scope)),
        fillers=tuple(_weakest_first(ruleset, ruleset.of(FillerPhrase), scope)),
        replies=tuple(_weakest_first(ruleset, ruleset.of(ReplyText), scope)),
        preferences=tuple(_weakest_first(ruleset, ruleset.of(Preference), scope)),
        suggest=_suggest(ruleset, scope),
        tolerances=frozenset(
            each.tolerance for each in _weakest_first(ruleset, ruleset.of(Toleration), scope)
        ),
        answer_keywords=tuple(_weakest_first(ruleset, ruleset.of(AnswerKeyword), scope)),
        answer_sentences=tuple(_weakest_first(ruleset, ruleset.of(AnswerSentence), scope)),
        topic_keywords=tuple(_weakest_first(ruleset, ruleset.of(TopicKeyword), scope)),
        topic_sentences=tuple(_weakest_first(ruleset, ruleset.of(TopicSentence), scope)),
        buttons=tuple(_weakest_first(ruleset, ruleset.of(Button), scope)),
    )


def _sentences(ruleset: Ruleset, country: str | None) -> Iterator[Sentence]:
    """Yield the sentences that hold, without the texts that `except sentences` takes out of those of its action."""
    excepted = [*_weakest_first(ruleset, ruleset.of(ExceptionSentence), country)]
    for sentence in _weakest_first(ruleset, ruleset.of(Sentence), country):
        stated = [*sentence.pattern.texts()]
        texts = [
            text
            for text in stated
            if key(text) in protected_keys_of(sentence)
            or not any(_excepts(each, sentence, text) for each in excepted)
        ]
        if texts == stated:
            yield sentence
        elif texts:
            yield replace(
                sentence, pattern=Pattern((Choice(tuple(Pattern((Text(t),)) for t in texts)),))
            )


def _excepts(exception: ExceptionSentence, sentence: Sentence, text: str) -> bool:
    return (
        exception.action is sentence.action
        and exception.rest is sentence.rest
        and any(tokens(each) == tokens(text) for each in exception.pattern.texts())
    )


def protected_keys_of(phrase: Phrase) -> set[str]:
    """Return the protected words that a sentence or phrase may be one of; an open sentence is more than a word."""
    if isinstance(phrase, Sentence) and phrase.rest is not Rest.NONE:
        return set()
    return {each for each, action in protected_keys().items() if action is phrase.action}


def _suggest(ruleset: Ruleset, country: str | None) -> frozenset[MatchedBy]:
    """Return what the strongest `suggest` says; of equally strong ones, what all of them say."""
    stated = tuple(_weakest_first(ruleset, ruleset.of(Suggestion), country))
    strongest = [
        each for each in stated if not any(stronger(ruleset, other, each) for other in stated)
    ]
    ways = [set(each.ways) for each in strongest]
    for each in ways:
        if MatchedBy.SENTENCE in each:
            each.add(MatchedBy.KEYWORD_SENTENCE)
    return frozenset(way for way in MatchedBy if ways and all(way in each for each in ways))


def stronger(ruleset: Ruleset, one: Statement, other: Statement) -> bool:
    """Scope beats layer; inside one scope, a file beats every file that it uses (§4)."""
    if one.scope != other.scope:
        return one.scope is not None
    return other.file in ruleset.files[one.file].weaker


def _weakest_first(ruleset: Ruleset, statements: tuple[S, ...], country: str | None) -> Iterator[S]:
    """Yield a context's statements: the base of each file, then the country's scope of each file.

    What a stronger `remove` takes back is not among them.
    """
    scopes = [None] if country is None else [None, country]
    removals = [each for each in ruleset.of(Withdrawal) if each.scope in scopes]
    for scope in scopes:
        for file in range(len(ruleset.files)):
            for each in statements:
                if (each.scope, each.file) == (scope, file) and not any(
                    takes_back(removal, each) and stronger(ruleset, removal, each)
                    for removal in removals
                ):
                    yield each


def takes_back(removal: Withdrawal, statement: Statement) -> bool:
    """Tell whether a `remove` of texts takes back a statement that is weaker than itself (§4, Texts)."""
    written: object = None
    where = (removal.action, removal.language or getattr(statement, "language", None))
    match statement:
        case ExceptionPhrase() | ExceptionSentence():
            written = (ExceptionPhrase, as_written(statement.spelling))
        case Phrase():
            if any(key(each) in protected_keys_of(statement) for each in statement.pattern.texts()):
                return False
            written = (type(statement), as_written(statement.spelling))
        case Frame():
            written = (Frame, as_written(statement.spelling))
        case ReplyText(text=str(text), topic=""):
            written = (ReplyText, as_written(text))
        case FillerPhrase():
            return removal.kind is FillerPhrase and tokens(removal.spelling) == tokens(
                statement.word
            )
        case Toleration():
            return (removal.kind, removal.spelling) == (Toleration, statement.tolerance.value)
        case _:
            return False
    return written == (removal.kind, removal.written) and where == (
        statement.action,
        statement.language,
    )


def as_written(text: str) -> str:
    """Return a text without what does not count when it is taken back: case, and the amount of white space."""
    return " ".join(text.casefold().split())


def _remaining_claims(ruleset: Ruleset, country: str | None) -> list[Claim]:
    """Let each statement take away weaker claims, and return the claims that remain."""
    statements: tuple[KeywordStatement, ...] = (
        *ruleset.of(Removal),
        *ruleset.of(Only),
        *ruleset.of(Claim),
    )
    claims: list[Claim] = []
    for statement in _weakest_first(ruleset, statements, country):
        claims = [
            claim
            for claim in claims
            if not (takes_away(statement, claim) and stronger(ruleset, statement, claim))
        ]
        if isinstance(statement, Claim):
            claims.append(statement)
    return claims


def takes_away(statement: KeywordStatement, claim: Claim) -> bool:
    """Tell whether a statement takes away a claim that is weaker than itself (§4, Keywords).

    STOP, START and HELP stay whatever anybody says.
    """
    if key(claim.word) in protected_keys():
        return False
    if isinstance(statement, Claim):
        return key(statement.word) == key(claim.word) and statement.action is not claim.action
    if statement.action is not claim.action or statement.language not in (None, claim.language):
        return False
    if isinstance(statement, Only):
        return key(claim.word) not in statement.keys
    return key(statement.word) == key(claim.word)
