"""The table of one context: the base, or a country with everything that it inherits."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass

from optoutlang.language.model.layers import Layers, Resolution, by_strength, strongest
from optoutlang.language.model.ruleset import Ruleset
from optoutlang.language.model.statement import (
    Claim,
    ExceptionPhrase,
    FillerPhrase,
    Frame,
    Phrase,
    Preference,
    ReplyText,
    Sentence,
    Suggestion,
    Toleration,
)
from optoutlang.runtime.program import PROTECTED_KEYS
from optoutlang.runtime.terms.action import Action, MatchedBy, Tolerance


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
    base's; `prefer` the country's preferred languages, then the base's, then
    the base language; `languages` every language with a keyword, sentence, phrase,
    frame or reply; `suggest` the ways to match that do not decide, `tolerances` what
    may pass for an opt-out keyword.
    """

    scope: str | None
    keywords: Mapping[str, Keyword]
    sentences: tuple[Sentence, ...]
    phrases: tuple[Phrase, ...]
    exceptions: tuple[Phrase, ...]
    frames: tuple[Frame, ...]
    fillers: tuple[FillerPhrase, ...]
    replies: Mapping[tuple[Action, str], ReplyText]
    prefer: tuple[str, ...]
    languages: frozenset[str]
    suggest: frozenset[MatchedBy]
    tolerances: frozenset[Tolerance]


_Shared = dict[int, tuple[Resolution, Keyword]]


def effective_tables(ruleset: Ruleset, layers: Layers | None = None) -> dict[str | None, Table]:
    """Return the tables of the base (under None) and of every country; keywords that are equal are shared.

    `layers` are those of the ruleset, where the caller has them already.
    """
    layers = layers or Layers(ruleset)
    shared: _Shared = {}
    scopes: tuple[str | None, ...] = (None, *ruleset.countries)
    return {scope: _table(ruleset, layers, scope, shared) for scope in scopes}


def _table(ruleset: Ruleset, layers: Layers, scope: str | None, shared: _Shared) -> Table:
    keywords = {}
    for key, resolution in layers.resolve(scope).items():
        if resolution.live:
            # What is held with its resolution keeps the resolution's identity from being used again.
            entry = shared.get(id(resolution)) or (resolution, _keyword(resolution))
            shared[id(resolution)] = entry
            keywords[key] = entry[1]
    sentences = tuple(each for each in ruleset.of(Sentence) if each.scope in (None, scope))
    phrases = tuple(each for each in ruleset.of(Phrase) if each.scope in (None, scope))
    frames = tuple(each for each in ruleset.of(Frame) if each.scope in (None, scope))
    replies = _replies(ruleset, scope)
    languages = {claim.language for keyword in keywords.values() for claim in keyword.claims}
    languages |= {each.language for each in (*sentences, *phrases)}
    languages |= {each.language for each in frames}
    languages |= {language for _, language in replies}
    return Table(
        scope,
        keywords,
        sentences,
        phrases,
        tuple(each for each in ruleset.of(ExceptionPhrase) if each.scope in (None, scope)),
        frames,
        tuple(each for each in ruleset.of(FillerPhrase) if each.scope in (None, scope)),
        replies,
        (*preferred(ruleset, scope), ruleset.language),
        frozenset(languages),
        suggesting(ruleset, scope),
        frozenset(each.tolerance for each in ruleset.of(Toleration) if each.scope in (None, scope)),
    )


def _keyword(resolution: Resolution) -> Keyword:
    action = PROTECTED_KEYS.get(resolution.key, resolution.live[0].action)
    claims = tuple(each for each in resolution.live if each.action is action)
    return Keyword(resolution.key, action, claims)


def _replies(ruleset: Ruleset, scope: str | None) -> dict[tuple[Action, str], ReplyText]:
    found: dict[tuple[Action, str], list[ReplyText]] = defaultdict(list)
    for each in ruleset.of(ReplyText):
        if each.scope in (None, scope):
            found[each.action, each.language].append(each)
    return {where: by_strength(ruleset, texts)[0] for where, texts in found.items()}


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
