"""Decisions of one context, once a candidate decides: language, reply, place (docs/language.md §5)."""

from __future__ import annotations

from collections.abc import Collection, Iterator

from optoutlang.runtime.program import PROTECTED_KEYS, Meaning, Origin, Program, ResolvedContext
from optoutlang.runtime.terms import Action, Decision, MatchedBy, lookup, lookup_chain
from optoutlang.runtime.terms.reply_text import variables_in
from optoutlang.runtime.terms.similar import SimilarModel


class Answers:
    """Makes decisions in one context of a program with a digest.

    That to a keyword is made once for each language that can answer, and kept: there are as many as keywords, ways to
    match them and languages of the rules, however many messages come.
    """

    __slots__ = ("_digest", "_keywords", "_preferred", "_program", "context")

    def __init__(self, program: Program, digest: str, context: ResolvedContext) -> None:
        self._program = program
        self._digest = digest
        self.context = context
        self._keywords: dict[tuple[str, MatchedBy], Decision] = {}
        self._preferred: dict[tuple[str, MatchedBy, str], Decision] = {}

    def decision(
        self, key: str, meaning: Meaning, matched_by: MatchedBy, preferred: str | None
    ) -> Decision:
        """Return the answer to a message by what decides it, for somebody who prefers a language.

        `key` is the keyword's, empty for a sentence or phrase. The answer is in
        one of the languages in which the rules say so; a protected word belongs
        to every language of the context.
        """
        if not key:
            language = self._answering(key, meaning, preferred)
            return self._made(key, meaning, matched_by, language)
        if preferred is None:
            known = self._keywords.get((key, matched_by))
            if known is None:
                language = self._answering(key, meaning, None)
                known = self._made(key, meaning, matched_by, language)
                self._keywords[key, matched_by] = known
            return known
        language = self._answering(key, meaning, preferred)
        known = self._preferred.get((key, matched_by, language))
        if known is None:
            known = self._made(key, meaning, matched_by, language)
            self._preferred[key, matched_by, language] = known
        return known

    def _answering(self, key: str, meaning: Meaning, preferred: str | None) -> str:
        """Return the language of the answer to a keyword (its key), or to a sentence or phrase."""
        if key in PROTECTED_KEYS:
            return self._language(self.context.languages, preferred)
        if len(meaning.origins) == 1:
            return meaning.origins[0].language
        return self._language([each.language for each in meaning.origins], preferred)

    def _made(self, key: str, meaning: Meaning, matched_by: MatchedBy, language: str) -> Decision:
        origin = meaning.origin(language)
        suggest = self.context.suggest
        suggests = bool(suggest) and matched_by in suggest and meaning.answer is None
        reply = None if suggests else self._reply(key, meaning, language)
        return Decision(
            action=None if suggests else meaning.action,
            keyword=origin.spelling,
            matched_by=matched_by,
            language=language,
            country_scope=self.context.country,
            reply=reply,
            rule=self._program.rule(origin),
            digest=self._digest,
            suggested=meaning.action if suggests else None,
            answer=meaning.answer,
            topic=meaning.topic,
            variables=() if reply is None else variables_in(reply, self.context.runtime),
        )

    def pressed(self, payload: str, preferred: str | None) -> Decision | None:
        """Return the answer to a message with the payload of a button, None for one of no rule."""
        meaning = self.context.buttons.get(payload)
        if meaning is None:
            return None
        language = self._answering("", meaning, preferred)
        return self._made("", meaning, MatchedBy.BUTTON, language)

    def suggestion(self, model: SimilarModel, preferred: str | None) -> Decision:
        """Return the answer to a message that is only similar to opt-outs: a suggestion, and nothing else."""
        return Decision(
            action=None,
            keyword=MatchedBy.SIMILAR.value,
            matched_by=MatchedBy.SIMILAR,
            language=self._language(self.context.languages, preferred),
            country_scope=self.context.country,
            reply=None,
            rule=f"{model.name}:1",
            digest=self._digest,
            suggested=Action.OPT_OUT,
        )

    def rule(self, meaning: Meaning) -> str:
        """Return the place, `file:line`, of a meaning's strongest origin."""
        return self._program.rule(meaning.origins[0])

    def place(self, origin: Origin) -> str:
        """Return the place, `file:line`, of an origin."""
        return self._program.rule(origin)

    def _language(self, available: Collection[str], preferred: str | None) -> str:
        """Ask the caller, the country, the base and the root file, in turn, which language answers."""
        prefer = self.context.prefer
        for wish in prefer if preferred is None else (preferred, *prefer):
            language = wish if wish in available else lookup(wish, available)
            if language is not None:
                return language
        return min(available)

    def _reply(self, key: str, meaning: Meaning, language: str) -> str | None:
        """Return what to send in a language, else in the base language; the country's before the base's.

        In one language the reply to the keyword itself goes before that of its action.
        """
        if meaning.answer is not None:
            return self._answer_reply(key, meaning.answer, language)
        if meaning.topic is not None:
            return self._topic_reply(key, meaning.topic, meaning.action, language)
        action, replies, own = meaning.action, self.context.replies, self.context.keyword_replies
        for tag in self._reply_languages(language):
            if own and (action, tag, key) in own:
                return own[action, tag, key]
            if (action, tag) in replies:
                return replies[action, tag]
        return None

    def _answer_reply(self, key: str, answer: str, language: str) -> str | None:
        """Return what an answer says in a language, else in the base language."""
        replies = self.context.answer_replies
        for tag in self._reply_languages(language):
            for addressee in (key, ""):
                if (answer, tag, addressee) in replies:
                    return replies[answer, tag, addressee]
        return None

    def _topic_reply(self, key: str, topic: str, action: Action, language: str) -> str | None:
        """Return what a topic replies to an action in a language, else in the base language."""
        replies = self.context.topic_replies
        for tag in self._reply_languages(language):
            for addressee in (key, ""):
                if (topic, action, tag, addressee) in replies:
                    return replies[topic, action, tag, addressee]
        return None

    def _reply_languages(self, language: str) -> Iterator[str]:
        yield from lookup_chain(language)
        yield from lookup_chain(self._program.language)
