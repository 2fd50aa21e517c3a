"""The table of one context: the base, or a country with everything that it inherits."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import TypeVar, cast

from optoutlang.language.model.button import Button
from optoutlang.language.model.layers import Layers, Resolution, by_strength, strongest
from optoutlang.language.model.ruleset import Ruleset
from optoutlang.language.model.statement import (
    AnswerKeyword,
    AnswerSentence,
    Claim,
    ExceptionPhrase,
    FillerPhrase,
    Frame,
    Phrase,
    Preference,
    ReplyText,
    Sentence,
    Statement,
    Suggestion,
    Toleration,
)
from optoutlang.language.model.topics import TopicKeyword, TopicSentence
from optoutlang.language.model.withdrawals import Withdrawals
from optoutlang.runtime.program import PROTECTED_KEYS
from optoutlang.runtime.terms.action import Action, MatchedBy, Tolerance

_S = TypeVar("_S", bound=Statement)
_A = TypeVar("_A", AnswerKeyword, AnswerSentence, TopicKeyword, TopicSentence)


@dataclass(frozen=True, slots=True)
class Keyword:
    """A keyword in one context; `claims`, at least one, stand strongest first."""

    key: str
    action: Action
    claims: tuple[Claim, ...]


@dataclass(frozen=True, slots=True)
class Table:
    """Everything that decides in one context (`scope` None: the base).

    `replies` holds, by action and language, the country's reply or else the
    base's, `keyword_replies` the same by action, language and key; `prefer` the
    country's preferred languages, then the base's, then the base language;
    `languages` every language with a keyword, sentence, phrase, frame or reply;
    `suggest` the ways to match that do not decide, `tolerances` what may pass for an
    opt-out keyword. `answer_keywords` and `answer_sentences` are the statements of
    the one answer to a key or a text, strongest first, `answer_replies` go by
    answer, language and key. `topic_keywords`, `topic_sentences` and `topic_replies`
    are the same for topics, of one topic and action to a key or a text. `buttons` are
    the statements of each payload, strongest first.
    """

    scope: str | None
    keywords: Mapping[str, Keyword]
    sentences: tuple[Sentence, ...]
    phrases: tuple[Phrase, ...]
    exceptions: tuple[Phrase, ...]
    frames: tuple[Frame, ...]
    fillers: tuple[FillerPhrase, ...]
    replies: Mapping[tuple[Action, str], ReplyText]
    keyword_replies: Mapping[tuple[Action, str, str], ReplyText]
    prefer: tuple[str, ...]
    languages: frozenset[str]
    suggest: frozenset[MatchedBy]
    tolerances: frozenset[Tolerance]
    answer_keywords: Mapping[str, tuple[AnswerKeyword, ...]]
    answer_sentences: Mapping[str, tuple[AnswerSentence, ...]]
    answer_replies: Mapping[tuple[str, str, str], ReplyText]
    topic_keywords: Mapping[str, tuple[TopicKeyword, ...]]
    topic_sentences: Mapping[str, tuple[TopicSentence, ...]]
    topic_replies: Mapping[tuple[str, Action, str, str], ReplyText]
    buttons: Mapping[str, tuple[Button, ...]]

    def answering(self, reply: ReplyText) -> ReplyText | None:
        """Return what this context answers where a reply would be the answer."""
        if reply.answer:
            return self.answer_replies.get((reply.answer, reply.language, reply.key))
        if reply.topic:
            where = reply.topic, reply.action, reply.language, reply.key
            return self.topic_replies.get(where)
        if reply.key:
            return self.keyword_replies.get((reply.action, reply.language, reply.key))
        return self.replies.get((reply.action, reply.language))


def effective_tables(ruleset: Ruleset, layers: Layers | None = None) -> dict[str | None, Table]:
    """Return the tables of the base (under None) and of every country; what is equal in both is shared.

    `layers` are those of the ruleset, where the caller has them already.
    """
    tables = _Tables(ruleset, layers or Layers(ruleset))
    scopes: tuple[str | None, ...] = (None, *ruleset.countries)
    return {scope: tables.of(scope) for scope in scopes}


class _Tables:
    """Makes the tables of one ruleset: a country's from the base's, which differ in little."""

    def __init__(self, ruleset: Ruleset, layers: Layers) -> None:
        self._ruleset = ruleset
        self._layers = layers
        self._resolved = layers.resolve(None)
        self._keywords = {
            key: _keyword(resolution)
            for key, resolution in self._resolved.items()
            if resolution.live
        }
        self._scoped: dict[tuple[type[Statement], str | None], tuple[Statement, ...]] = {}
        self._scopes: dict[type[Statement], frozenset[str | None]] = {}
        self._withdrawals = Withdrawals(ruleset)

    def of(self, scope: str | None) -> Table:
        """Return the table of a context."""
        ruleset, keywords = self._ruleset, self._keywords_in(scope)
        sentences, phrases = self._stated(Sentence, scope), self._stated(Phrase, scope)
        frames = self._stated(Frame, scope)
        texts = self._stated(ReplyText, scope)
        stated = _replies(ruleset, [each for each in texts if not each.answer and not each.topic])
        replies = {where[:2]: each for where, each in stated.items() if not each.key}
        languages = {claim.language for keyword in keywords.values() for claim in keyword.claims}
        languages |= {each.language for each in (*sentences, *phrases)}
        languages |= {each.language for each in frames}
        languages |= {language for _, language, _ in stated}
        return Table(
            scope,
            keywords,
            sentences,
            phrases,
            self._stated(ExceptionPhrase, scope),
            frames,
            self._stated(FillerPhrase, scope),
            replies,
            {where: each for where, each in stated.items() if each.key},
            (*preferred(ruleset, scope), ruleset.language),
            frozenset(languages),
            suggesting(ruleset, scope),
            frozenset(each.tolerance for each in self._stated(Toleration, scope)),
            self._answered((each.key, each) for each in self._stated(AnswerKeyword, scope)),
            self._answered(
                (text, each)
                for each in self._stated(AnswerSentence, scope)
                for text in each.texts()
            ),
            _answer_replies(ruleset, [each for each in texts if each.answer]),
            self._answered((each.key, each) for each in self._stated(TopicKeyword, scope)),
            self._answered(
                (text, each) for each in self._stated(TopicSentence, scope) for text in each.texts()
            ),
            _topic_replies(ruleset, [each for each in texts if each.topic]),
            self._pressed(self._stated(Button, scope)),
        )

    def _answered(self, stated: Iterable[tuple[str, _A]]) -> dict[str, tuple[_A, ...]]:
        """Return by text the statements that agree with the strongest one, strongest first."""
        by_text: dict[str, list[_A]] = defaultdict(list)
        for text, each in stated:
            by_text[text].append(each)
        ordered = {text: by_strength(self._ruleset, those) for text, those in by_text.items()}
        return {
            text: tuple(each for each in those if _asked(each) == _asked(those[0]))
            for text, those in ordered.items()
        }

    def _pressed(self, stated: Iterable[Button]) -> dict[str, tuple[Button, ...]]:
        """Return by payload what asks for the same as the strongest statement, strongest first."""
        by_payload: dict[str, list[Button]] = defaultdict(list)
        for each in stated:
            by_payload[each.payload].append(each)
        ordered = {
            payload: by_strength(self._ruleset, those) for payload, those in by_payload.items()
        }
        return {
            payload: tuple(each for each in those if each.asks == those[0].asks)
            for payload, those in ordered.items()
        }

    def _keywords_in(self, scope: str | None) -> Mapping[str, Keyword]:
        """Return the keywords of a context; those whose resolution is the base's are the base's own."""
        resolved = self._layers.resolve(scope)
        if resolved is self._resolved:
            return self._keywords
        keywords = dict(self._keywords)
        for key, resolution in resolved.items():
            if resolution is not self._resolved.get(key):
                keywords.pop(key, None)
                if resolution.live:
                    keywords[key] = _keyword(resolution)
        return keywords

    def _stated(self, kind: type[_S], scope: str | None) -> tuple[_S, ...]:
        """Return the statements of a kind that count in a context, one object where they are those of the base."""
        statements = self._ruleset.of(kind)
        if kind not in self._scopes:
            stated = frozenset(each.scope for each in statements)
            self._scopes[kind] = stated | self._withdrawals.scopes
        place = kind, scope if scope in self._scopes[kind] else None
        if place not in self._scoped:
            counting = (None, place[1])
            stated_here = (each for each in statements if each.scope in counting)
            self._scoped[place] = self._withdrawals.remaining(stated_here, place[1])
        return cast("tuple[_S, ...]", self._scoped[place])


def _keyword(resolution: Resolution) -> Keyword:
    action = PROTECTED_KEYS.get(resolution.key, resolution.live[0].action)
    claims = tuple(each for each in resolution.live if each.action is action)
    return Keyword(resolution.key, action, claims)


def _replies(
    ruleset: Ruleset, stated: Iterable[ReplyText]
) -> dict[tuple[Action, str, str], ReplyText]:
    """Return the strongest reply for each action, language and key; the empty key is that of the action itself."""
    texts: dict[tuple[Action, str, str], list[ReplyText]] = defaultdict(list)
    for each in stated:
        texts[each.action, each.language, each.key].append(each)
    return {
        where: those[0] if len(those) == 1 else by_strength(ruleset, those)[0]
        for where, those in texts.items()
    }


def _answer_replies(
    ruleset: Ruleset, stated: Iterable[ReplyText]
) -> dict[tuple[str, str, str], ReplyText]:
    texts: dict[tuple[str, str, str], list[ReplyText]] = defaultdict(list)
    for each in stated:
        texts[each.answer, each.language, each.key].append(each)
    return {where: by_strength(ruleset, those)[0] for where, those in texts.items()}


def _asked(stated: _A) -> tuple[object, ...]:
    """Return the answer, or the topic and the action, that a statement gives its text."""
    if isinstance(stated, AnswerKeyword | AnswerSentence):
        return (stated.name,)
    return stated.topic, stated.action


def _topic_replies(
    ruleset: Ruleset, stated: Iterable[ReplyText]
) -> dict[tuple[str, Action, str, str], ReplyText]:
    texts: dict[tuple[str, Action, str, str], list[ReplyText]] = defaultdict(list)
    for each in stated:
        texts[each.topic, each.action, each.language, each.key].append(each)
    return {where: by_strength(ruleset, those)[0] for where, those in texts.items()}


def preferred(ruleset: Ruleset, scope: str | None) -> tuple[str, ...]:
    """Return the languages that `prefer` names for a context: the country's, then the base's."""
    tags: list[str] = []
    for level in dict.fromkeys((scope, None)):
        stated: list[Preference] = [each for each in ruleset.of(Preference) if each.scope == level]
        for each in strongest(ruleset, stated)[:1]:
            tags += each.tags
    return tuple(tags)


def suggesting(ruleset: Ruleset, scope: str | None) -> frozenset[MatchedBy]:
    """Return the ways to match that only suggest in a context: what the country states, else the base.

    Where equally strong files disagree, only what all of them name: when in doubt, opt-out wins.
    """
    for level in dict.fromkeys((scope, None)):
        stated = [each for each in ruleset.of(Suggestion) if each.scope == level]
        if stated:
            ways = (each.suggesting for each in strongest(ruleset, stated))
            return frozenset.intersection(*ways)
    return frozenset()
