"""One context made ready for questions: a country's overlay before the base (docs/language.md §5)."""

from __future__ import annotations

from collections.abc import Collection, Iterator

from optoutlang.runtime.program.filler import Filler
from optoutlang.runtime.program.program import PROTECTED_KEYS, Context, Meaning, Program
from optoutlang.runtime.terms.action import Action, MatchedBy, Tolerance
from optoutlang.runtime.terms.decision import Decision
from optoutlang.runtime.terms.language import lookup, lookup_chain

_NOTHING = Context()


class Scope:
    """What a program says about messages from `country`, one that it names; None is the base.

    `tolerates` says for each tolerance, in order, whether it holds here;
    `ordinary` are slips that are none here.
    """

    __slots__ = (
        "_base",
        "_digest",
        "_own",
        "_prefer",
        "_program",
        "_suggest",
        "country",
        "filler",
        "languages",
        "ordinary",
        "tolerates",
    )

    def __init__(self, program: Program, digest: str, country: str | None, filler: Filler) -> None:
        self._program = program
        self._digest = digest
        self._base = program.base
        self._own = _NOTHING if country is None else program.countries[country]
        self._prefer = self._own.prefer or self._base.prefer
        suggest = self._base.suggest if self._own.suggest is None else self._own.suggest
        self._suggest: frozenset[MatchedBy] = suggest or frozenset()
        self.country = country
        self.filler = filler
        self.languages = self._own.languages or self._base.languages
        tolerances = self._base.tolerances | self._own.tolerances
        self.ordinary = self._own.ordinary
        self.tolerates = tuple(each in tolerances for each in Tolerance)

    def keyword(self, key: str) -> Meaning | None:
        """Return what a key means, or None if it is no keyword's."""
        own = self._own.keywords
        return own[key] if key in own else self._base.keywords.get(key)

    @property
    def has_sentences(self) -> bool:
        """Whether any sentence may mean something here."""
        return bool(self._own.sentences or self._base.sentences)

    def sentences(self, text: str) -> tuple[Meaning, ...]:
        """Return what a sentence of a canonical text without filler means, one meaning for each action."""
        own = self._own.sentences
        return own[text] if text in own else self._base.sentences.get(text, ())

    def phrases(self, text: str) -> tuple[Meaning, ...]:
        """Return what the tokens of a canonical text mean as a phrase, one meaning for each action."""
        own = self._own.phrases
        return own[text] if text in own else self._base.phrases.get(text, ())

    def exceptions(self, text: str) -> tuple[Meaning, ...]:
        """Return the actions that the tokens of a canonical text make an exception to."""
        own = self._own.exceptions
        return own[text] if text in own else self._base.exceptions.get(text, ())

    @property
    def has_exceptions(self) -> bool:
        """Whether any row of tokens may be an exception here."""
        return bool(self._own.exceptions or self._base.exceptions)

    def keyword_decision(
        self, key: str, meaning: Meaning, matched_by: MatchedBy, preferred: str | None
    ) -> Decision:
        """Return the answer to a message that is a keyword; a protected word belongs to every language."""
        if key in PROTECTED_KEYS:
            return self._decision(meaning, self.languages, matched_by, preferred)
        return self.decision(meaning, matched_by, preferred)

    def decision(self, meaning: Meaning, matched_by: MatchedBy, preferred: str | None) -> Decision:
        """Return the answer in one of the languages in which the rules say so."""
        available = [each.language for each in meaning.origins]
        return self._decision(meaning, available, matched_by, preferred)

    def rule(self, meaning: Meaning) -> str:
        """Return the place, `file:line`, of a meaning's strongest origin."""
        return self._program.rule(meaning.origins[0])

    def _decision(
        self,
        meaning: Meaning,
        available: Collection[str],
        matched_by: MatchedBy,
        preferred: str | None,
    ) -> Decision:
        language = self._language(available, preferred)
        origin = meaning.origin(language)
        suggests = matched_by in self._suggest
        return Decision(
            action=None if suggests else meaning.action,
            keyword=origin.spelling,
            matched_by=matched_by,
            language=language,
            country_scope=self.country,
            reply=None if suggests else self._reply(meaning.action, language),
            rule=self._program.rule(origin),
            digest=self._digest,
            suggested=meaning.action if suggests else None,
        )

    def _language(self, available: Collection[str], preferred: str | None) -> str:
        """Ask the caller, the country, the base and the root file, in turn, which language answers."""
        wishes = self._prefer if preferred is None else (preferred, *self._prefer)
        for wish in wishes:
            found = wish if wish in available else lookup(wish, available)
            if found is not None:
                return found
        return min(available)

    def _reply(self, action: Action, language: str) -> str | None:
        """Return what to send in a language, else in the base language; the country's before the base's."""
        for tag in self._reply_languages(language):
            for replies in (self._own.replies, self._base.replies):
                if (action, tag) in replies:
                    return replies[action, tag]
        return None

    def _reply_languages(self, language: str) -> Iterator[str]:
        yield from lookup_chain(language)
        yield from lookup_chain(self._program.language)
