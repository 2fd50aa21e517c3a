"""Decisions of one context, once a candidate decides: language, reply, place (docs/language.md §5)."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterator, Mapping
from typing import TypeVar

from optoutlang.runtime.program import PROTECTED_KEYS, Meaning, Origin, Program, ResolvedContext
from optoutlang.runtime.terms import Action, Decision, MatchedBy, lookup, lookup_chain
from optoutlang.runtime.terms.reply_text import variables_in
from optoutlang.runtime.terms.similar import SimilarModel

K = TypeVar("K")


class Answers:
    """Makes decisions in one context of a program with a digest.

    That to a keyword is made once for each language that can answer, and kept: there are as many as keywords, ways to
    match them and languages of the rules, however many messages come.
    """

    __slots__ = ("_digest", "_kept", "_program", "context")

    def __init__(self, program: Program, digest: str, context: ResolvedContext) -> None:
        self._program = program
        self._digest = digest
        self.context = context
        self._kept: dict[tuple[str, MatchedBy, str | None], Decision] = {}

    def decision(
        self, key: str, meaning: Meaning, matched_by: MatchedBy, preferred: str | None
    ) -> Decision:
        """Return the answer to a message by what decides it, for somebody who prefers a language.

        `key` is the keyword's, empty for a sentence or phrase. The answer is in
        one of the languages in which the rules say so; a protected word belongs
        to every language of the context.
        """
        # A key may be that of an answer or a topic too, which `explain` asks about beside the keyword.
        if not key or meaning.answer is not None or meaning.topic is not None:
            language = self._answering(key, meaning, preferred)
            return self._made(key, meaning, matched_by, language)
        # Where nobody prefers any, the language is always the same, and is not worked out again.
        asked = None if preferred is None else self._answering(key, meaning, preferred)
        known = self._kept.get((key, matched_by, asked))
        if known is None:
            language = self._answering(key, meaning, preferred) if asked is None else asked
            known = self._made(key, meaning, matched_by, language)
            self._kept[key, matched_by, asked] = known
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
        context, answer, topic, asked = self.context, meaning.answer, meaning.topic, meaning.action
        if answer is not None:
            return self._first(context.answer_replies, lambda *to: (answer, *to), key, language)
        if topic is not None:
            return self._first(
                context.topic_replies, lambda *to: (topic, asked, *to), key, language
            )
        action, replies, own = meaning.action, self.context.replies, self.context.keyword_replies
        for tag in self._reply_languages(language):
            if own and (action, tag, key) in own:
                return own[action, tag, key]
            if (action, tag) in replies:
                return replies[action, tag]
        return None

    def _first(
        self,
        replies: Mapping[K, str | None],
        where: Callable[[str, str], K],
        key: str,
        language: str,
    ) -> str | None:
        """Return the reply to a keyword, else that to all, in a language, else in the base language.

        `where` says where a reply stands, by its language and its keyword, empty for that to all.
        """
        for tag in self._reply_languages(language):
            for addressee in (key, ""):
                if where(tag, addressee) in replies:
                    return replies[where(tag, addressee)]
        return None

    def _reply_languages(self, language: str) -> Iterator[str]:
        yield from lookup_chain(language)
        yield from lookup_chain(self._program.language)
