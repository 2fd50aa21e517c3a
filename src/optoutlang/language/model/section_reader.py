"""The sections of one file to statements of the model: keywords, phrases, exceptions, replies."""

from __future__ import annotations

from optoutlang.language.diagnostics import codes
from optoutlang.language.diagnostics.diagnostic import Label
from optoutlang.language.model.findings import Findings
from optoutlang.language.model.pattern import Pattern
from optoutlang.language.model.phrase_text import MAX_TEXTS, MalformedPhraseError, parse_phrase
from optoutlang.language.model.ruleset import (
    PROTECTED_KEYS,
    Claim,
    Only,
    Phrase,
    Removal,
    ReplyText,
)
from optoutlang.language.model.statements import Statements
from optoutlang.language.model.tolerations import Tolerations
from optoutlang.language.model.variables import Variables
from optoutlang.language.syntax.tree import (
    Except,
    KeywordMode,
    Keywords,
    Phrases,
    Reply,
    Section,
    Sentences,
    Tolerate,
    Word,
)
from optoutlang.runtime.canonical import key
from optoutlang.runtime.program.program import REPLY_LIMIT, reply_length
from optoutlang.runtime.terms.action import PROTECTED, Action

Scopes = tuple[str | None, ...]


class SectionReader:
    """Reads the sections of one file, one after the other, then compares what they said."""

    def __init__(
        self, file: int, variables: Variables, findings: Findings, statements: Statements
    ) -> None:
        self._file = file
        self._variables = variables
        self._findings = findings
        self._statements = statements
        self._tolerations = Tolerations(file, findings, statements)
        self._claims: list[Claim] = []
        self._removals: list[tuple[Removal, Word]] = []
        self._replies: dict[tuple[str | None, Action, str], ReplyText] = {}

    def read(self, section: Section, scopes: Scopes, language: str, *, stated: bool) -> None:
        """Read a section for some scopes. `stated` tells that it stands in `language TAG { }`."""
        for item in section.items:
            match item:
                case Keywords(mode=KeywordMode.REMOVE):
                    self._remove(item, section.action, scopes, language if stated else None)
                case Keywords():
                    self._claim(item, section.action, scopes, language)
                    if item.mode is KeywordMode.ONLY:
                        self._only(item, section.action, scopes, language if stated else None)
                case Sentences():
                    self._statements.sentences += self._phrases(
                        item.words, section.action, scopes, language
                    )
                case Phrases():
                    self._statements.phrases += self._phrases(
                        item.words, section.action, scopes, language
                    )
                case Except():
                    self._statements.exceptions += self._phrases(
                        item.words, section.action, scopes, language
                    )
                case Tolerate():
                    self._tolerations.read(item, section.action, scopes, stated=stated)
                case _:
                    self._reply(item, section.action, scopes, language)

    def finish(self) -> None:
        """Hand over the keyword statements, after looking for those that contradict each other."""
        said = {(each.scope, each.action, each.key): each for each in self._claims}
        for removal, word in self._removals:
            claim = said.get((removal.scope, removal.action, removal.key))
            if claim is not None and removal.language in (None, claim.language):
                self._findings.add(
                    codes.CONTRADICTORY_STATEMENTS,
                    f"`{word.value}` is added and removed in one place",
                    removal.place,
                    label="removed here",
                    related=(Label(claim.place, "added here"),),
                    cure="keep one of the two",
                )
            else:
                self._statements.removals.append(removal)
        self._statements.claims += self._claims

    def _claim(self, item: Keywords, action: Action, scopes: Scopes, language: str) -> None:
        seen: set[str] = set()
        for index, word in enumerate(item.words):
            held = key(word.value)
            if not self._sound(word, held) or not self._may_mean(item, index, held, action):
                continue
            place = self._findings.place(word.span)
            if held in seen:
                self._findings.add(
                    codes.REPEATED_KEYWORD,
                    f"`{word.value}` stands twice in this list",
                    place,
                    cure="case, accents and punctuation make no difference",
                    fix=self._findings.dropping(item.words, index, item.span),
                )
                continue
            seen.add(held)
            required = item.mode is KeywordMode.REQUIRE
            self._claims += [
                Claim(self._file, scope, action, language, word.value, held, place, required)
                for scope in scopes
            ]

    def _sound(self, word: Word, held: str) -> bool:
        if not held:
            self._findings.add(
                codes.EMPTY_KEYWORD,
                f"`{word.value}` has no letter, digit or symbol",
                self._findings.place(word.span),
                cure="such a keyword could match no message",
            )
        return bool(held)

    def _may_mean(self, item: Keywords, index: int, held: str, action: Action) -> bool:
        protected = PROTECTED_KEYS.get(held, action)
        if protected is action:
            return True
        word = item.words[index]
        self._findings.add(
            codes.PROTECTED_REBOUND,
            f"`{word.value}` always means {protected.value} and cannot mean {action.value}",
            self._findings.place(word.span),
            label=_hidden(word, held),
            cure="STOP, START and HELP keep their meaning in every ruleset",
            fix=self._findings.dropping(item.words, index, item.span),
        )
        return False

    def _only(self, item: Keywords, action: Action, scopes: Scopes, language: str | None) -> None:
        keys = frozenset(key(word.value) for word in item.words)
        place = self._findings.place(item.span)
        self._statements.onlys += [
            Only(self._file, scope, action, language, keys, place) for scope in scopes
        ]

    def _remove(self, item: Keywords, action: Action, scopes: Scopes, language: str | None) -> None:
        for index, word in enumerate(item.words):
            held = key(word.value)
            place = self._findings.place(word.span)
            if held in PROTECTED_KEYS:
                self._findings.add(
                    codes.PROTECTED_REMOVED,
                    f"`{word.value}` can never be removed",
                    place,
                    label=_hidden(word, held),
                    cure="STOP, START and HELP keep their meaning in every ruleset",
                    fix=self._findings.dropping(item.words, index, item.span),
                )
            elif self._sound(word, held):
                self._removals += [
                    (
                        Removal(self._file, scope, action, language, word.value, held, place),
                        word,
                    )
                    for scope in scopes
                ]

    def _phrases(
        self, words: tuple[Word, ...], action: Action, scopes: Scopes, language: str
    ) -> list[Phrase]:
        found: list[Phrase] = []
        for word in words:
            pattern = self._pattern(word)
            if pattern is not None:
                place = self._findings.place(word.span)
                found += [
                    Phrase(self._file, scope, action, language, word.value, pattern, place)
                    for scope in scopes
                ]
        return found

    def _pattern(self, word: Word) -> Pattern | None:
        text = self._variables.substitute(word, self._file, self._findings)
        if text is None:
            return None
        whole = self._findings.place(word.span)
        try:
            pattern = parse_phrase(text)
        except MalformedPhraseError as error:
            inside = self._findings.inside(word, error.start, error.end)
            place = inside if text == word.value else whole
            self._findings.add(codes.MALFORMED_PHRASE, str(error), place, cure=error.cure)
            return None
        if pattern.count > MAX_TEXTS:
            self._findings.add(
                codes.PHRASE_TOO_WIDE,
                f"this phrase stands for {pattern.count:,} texts; {MAX_TEXTS:,} is the most",
                whole,
                cure="say it in several phrases with fewer alternatives each",
            )
            return None
        return pattern

    def _reply(self, item: Reply, action: Action, scopes: Scopes, language: str) -> None:
        place = self._findings.place(item.span)
        text = None
        if item.text is not None:
            text = self._variables.substitute(item.text, self._file, self._findings)
            if text is None or not self._fits(item.text, text):
                return
        for scope in scopes:
            held = self._replies.get((scope, action, language))
            if held is not None:
                self._findings.add(
                    codes.REPEATED_REPLY,
                    f"a second {action.value} reply in `{language}` for {scope or 'the base'}",
                    place,
                    related=(Label(held.place, "the first one"),),
                    cure="one file states one reply for a country, action and language",
                )
                continue
            reply = ReplyText(self._file, scope, action, language, text, place)
            self._replies[scope, action, language] = reply
            self._statements.replies.append(reply)

    def _fits(self, word: Word, text: str) -> bool:
        place = self._findings.place(word.span)
        length = reply_length(text)
        if not text.strip():
            self._findings.add(
                codes.EMPTY_REPLY,
                "this reply says nothing",
                place,
                cure="write `reply none` to send nothing on purpose",
            )
            return False
        if length > REPLY_LIMIT:
            self._findings.add(
                codes.REPLY_TOO_LONG,
                f"this reply has {length} characters; {REPLY_LIMIT} is the most",
                place,
                cure=f"take out {length - REPLY_LIMIT}; variables count with their values",
            )
            return False
        return True


def _hidden(word: Word, held: str) -> str:
    """Say which protected word a spelling stands for, if it does not show."""
    if word.value.casefold() == held:
        return ""
    plain = next(each for each in PROTECTED if key(each) == held)
    return f"read as {plain}"
