"""The sections of one file to statements of the model: keywords, phrases, exceptions, replies."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from optoutlang.language.diagnostics import codes
from optoutlang.language.diagnostics.diagnostic import Label
from optoutlang.language.model.buttons import Buttons
from optoutlang.language.model.collector import Collector
from optoutlang.language.model.findings import Findings
from optoutlang.language.model.frame_reader import FrameReader
from optoutlang.language.model.open_sentence import MisplacedEllipsisError, read_rest
from optoutlang.language.model.pattern import Pattern
from optoutlang.language.model.phrase_text import MAX_TEXTS, MalformedPhraseError, parse_phrase
from optoutlang.language.model.runtime_variables import RuntimeVariables
from optoutlang.language.model.statement import (
    AnswerKeyword,
    AnswerSentence,
    Claim,
    ExceptionPhrase,
    ExceptionSentence,
    Frame,
    Only,
    Origin,
    Phrase,
    Removal,
    ReplyText,
    Sentence,
    Statement,
)
from optoutlang.language.model.tolerations import Tolerations
from optoutlang.language.model.variables import Variables
from optoutlang.language.model.withdrawal import Withdrawal, folded
from optoutlang.language.source.place import Place
from optoutlang.language.syntax.forms import Form
from optoutlang.language.syntax.tree import (
    AnswerBlock,
    Frames,
    Reply,
    Section,
    Word,
    WordList,
)
from optoutlang.runtime.canonical import key
from optoutlang.runtime.program import PROTECTED_KEYS
from optoutlang.runtime.terms.action import PROTECTED, Action
from optoutlang.runtime.terms.rest import Rest

Scopes = tuple[str | None, ...]

_PHRASES: dict[Form, type[Phrase]] = {
    Form.SENTENCES: Sentence,
    Form.PHRASES: Phrase,
    Form.EXCEPT: ExceptionPhrase,
    Form.EXCEPT_SENTENCES: ExceptionSentence,
}
_WITHDRAWN: dict[Form, type[Statement]] = {
    Form.REMOVE_SENTENCES: Sentence,
    Form.REMOVE_PHRASES: Phrase,
    Form.REMOVE_EXCEPT: ExceptionPhrase,
    Form.REMOVE_FRAMES: Frame,
    Form.REMOVE_REPLY: ReplyText,
}


class SectionReader:
    """Reads the sections of one file, one after the other, then looks for keywords that are added and removed."""

    def __init__(
        self,
        file: int,
        variables: Variables,
        runtime: RuntimeVariables,
        frames: FrameReader,
        findings: Findings,
        collector: Collector,
    ) -> None:
        self._file = file
        self._frames = frames
        self._variables = variables
        self._runtime = runtime
        self._findings = findings
        self._collector = collector
        self._buttons = Buttons(file, findings, collector)
        self._tolerations = Tolerations(file, findings, collector)
        self._claims: list[Claim] = []
        self._removals: list[tuple[Removal, Word]] = []

    def read(self, section: Section, scopes: Scopes, language: str, *, stated: bool) -> None:
        """Read a section for some scopes. `stated` tells that it stands in `language TAG { }`."""
        # `allow` says nothing of messages, and is left alone.
        for item in section.items:
            match item:
                case WordList():
                    self._list(item, section.action, scopes, language, stated=stated)
                case Frames():
                    self._frames.read(item, section.action, scopes, language)
                case Reply():
                    self.reply(item, section.action, scopes, language)

    def _list(
        self, item: WordList, action: Action, scopes: Scopes, language: str, *, stated: bool
    ) -> None:
        own = language if stated else None
        match item.kind:
            case Form.REMOVE:
                self._remove(item, action, scopes, own)
            case Form.KEYWORDS | Form.REQUIRE_KEYWORDS:
                self._claim(item, action, scopes, language)
            case Form.ONLY_KEYWORDS:
                self._claim(item, action, scopes, language)
                self._only(item, action, scopes, own)
            case Form.BUTTONS:
                self._buttons.read(item, action, scopes, language)
            case Form.TOLERATE | Form.REMOVE_TOLERATE:
                self._tolerations.read(item, action, scopes, stated=stated)
            case kind if kind in _PHRASES:
                self._phrases(item, action, scopes, language)
            case kind if kind in _WITHDRAWN:
                self._withdraw(item, action, scopes, own)
            case _:
                raise ValueError(f"`{item.kind.spelling}` in a section")

    def read_answer(self, block: AnswerBlock, scopes: Scopes, language: str) -> None:
        """Read a named answer for some scopes."""
        name = block.name.value
        for item in block.items:
            match item:
                case WordList(kind=Form.KEYWORDS):
                    self._answer_keywords(item, name, scopes, language)
                case WordList(kind=Form.BUTTONS):
                    self._buttons.read(item, Action.ANSWER, scopes, language, answer=name)
                case WordList():
                    self._answer_sentences(item, name, scopes, language)
                case Reply():
                    self.reply(item, Action.ANSWER, scopes, language, answer=name)

    def _answer_keywords(self, item: WordList, name: str, scopes: Scopes, language: str) -> None:
        for index, word in enumerate(item.words):
            text = key(word.value)
            if not self.has_key(word, text) or not self._may_mean(item, index, text, Action.ANSWER):
                continue
            place = self._findings.place(word.span)
            for scope in scopes:
                keyword = AnswerKeyword(
                    self._origin(scope, place), name, language, word.value, text
                )
                first = self._collector.add_once(keyword)
                if first is not None and first.name != name:
                    self._collector.add(keyword)  # two answers of one word: a check says so
                elif first is not None:
                    self._findings.add(
                        codes.REPEATED_KEYWORD,
                        f"`{word.value}` has answer `{first.name}` already",
                        place,
                        related=(Label(first.place, "listed here first"),),
                        help="case, accents and punctuation make no difference",
                        fix=self._findings.dropping(item.words, index, item.span),
                    )

    def _answer_sentences(self, item: WordList, name: str, scopes: Scopes, language: str) -> None:
        for word in item.words:
            read = self.pattern(word, Form.PHRASES)
            if read is not None:
                place = self._findings.place(word.span)
                self._collector.add(
                    *(
                        AnswerSentence(
                            self._origin(scope, place), name, language, word.value, read[0]
                        )
                        for scope in scopes
                    )
                )

    def finish(self) -> None:
        """Hand over the keyword statements, after looking for those that contradict each other."""
        claims = {(each.scope, each.action, each.key): each for each in self._claims}
        for removal, word in self._removals:
            claim = claims.get((removal.scope, removal.action, removal.key))
            if claim is not None and removal.language in (None, claim.language):
                self._findings.add(
                    codes.CONTRADICTORY_STATEMENTS,
                    f"`{word.value}` is added and removed in one place",
                    removal.place,
                    label="removed here",
                    related=(Label(claim.place, "added here"),),
                    help="keep one of the two",
                )
            else:
                self._collector.add(removal)
        self._collector.add(*self._claims)

    def _claim(self, item: WordList, action: Action, scopes: Scopes, language: str) -> None:
        seen: set[str] = set()
        for index, word in enumerate(item.words):
            text = key(word.value)
            if not self.has_key(word, text) or not self._may_mean(item, index, text, action):
                continue
            place = self._findings.place(word.span)
            if text in seen:
                self._findings.add(
                    codes.REPEATED_KEYWORD,
                    f"`{word.value}` stands twice in this list",
                    place,
                    help="case, accents and punctuation make no difference",
                    fix=self._findings.dropping(item.words, index, item.span),
                )
                continue
            seen.add(text)
            required = item.kind is Form.REQUIRE_KEYWORDS
            self._claims += [
                Claim(self._origin(scope, place), action, language, word.value, text, required)
                for scope in scopes
            ]

    def _origin(self, scope: str | None, place: Place) -> Origin:
        return Origin(self._file, scope, place)

    def has_key(self, word: Word, text: str) -> bool:
        """Tell whether a word has a key; say so where it has none."""
        if not text:
            self._findings.add(
                codes.EMPTY_KEYWORD,
                f"`{word.value}` has no letter, digit or symbol",
                self._findings.place(word.span),
                help="such a keyword could match no message",
            )
        return bool(text)

    def _may_mean(self, item: WordList, index: int, text: str, action: Action) -> bool:
        protected = PROTECTED_KEYS.get(text, action)
        if protected is action:
            return True
        word = item.words[index]
        self._findings.add(
            codes.PROTECTED_REBOUND,
            f"`{word.value}` always means {protected.value} and cannot mean {action.value}",
            self._findings.place(word.span),
            label=_hidden(word, text),
            help="STOP, START and HELP keep their meaning in every ruleset",
            fix=self._findings.dropping(item.words, index, item.span),
        )
        return False

    def _only(self, item: WordList, action: Action, scopes: Scopes, language: str | None) -> None:
        keys = frozenset(key(word.value) for word in item.words)
        place = self._findings.place(item.span)
        self._collector.add(
            *(Only(self._origin(scope, place), action, language, keys) for scope in scopes)
        )

    def _remove(self, item: WordList, action: Action, scopes: Scopes, language: str | None) -> None:
        for index, word in enumerate(item.words):
            text = key(word.value)
            place = self._findings.place(word.span)
            if text in PROTECTED_KEYS:
                self._findings.add(
                    codes.PROTECTED_REMOVED,
                    f"`{word.value}` can never be removed",
                    place,
                    label=_hidden(word, text),
                    help="STOP, START and HELP keep their meaning in every ruleset",
                    fix=self._findings.dropping(item.words, index, item.span),
                )
            elif self.has_key(word, text):
                self._removals += [
                    (Removal(self._origin(scope, place), action, language, word.value, text), word)
                    for scope in scopes
                ]

    def _withdraw(
        self, item: WordList, action: Action, scopes: Scopes, language: str | None
    ) -> None:
        kind = _WITHDRAWN[item.kind]
        for word in item.words:
            text: str | None = word.value
            if kind is ReplyText:
                text = self._variables.substitute(word, self._file, self._findings)
            if text is None:
                continue
            place = self._findings.place(word.span)
            for scope in scopes:
                origin = self._origin(scope, place)
                self._collector.add(
                    Withdrawal(origin, kind, action, language, word.value, folded(text))
                )

    def _phrases(self, item: WordList, action: Action, scopes: Scopes, language: str) -> None:
        kind = _PHRASES[item.kind]
        for word in item.words:
            read = self.pattern(word, item.kind)
            if read is not None:
                pattern, rest = read
                place = self._findings.place(word.span)
                for scope in scopes:
                    phrase = kind(self._origin(scope, place), action, language, word.value, pattern)
                    if isinstance(phrase, Sentence):
                        phrase = replace(phrase, rest=rest)
                    self._collector.add(phrase)

    def pattern(self, word: Word, kind: Form) -> tuple[Pattern, Rest] | None:
        """Return a text's pattern and where it is open; say so where it is malformed, and return None."""
        text = self._variables.substitute(word, self._file, self._findings)
        if text is None:
            return None
        whole = self._findings.place(word.span)
        try:
            open_text = read_rest(text, kind)
            pattern = parse_phrase(open_text.text)
        except MalformedPhraseError as error:
            inside = self._findings.inside(word, error.start, error.end)
            place = inside if text == word.value else whole
            misplaced = isinstance(error, MisplacedEllipsisError)
            code = codes.MISPLACED_ELLIPSIS if misplaced else codes.MALFORMED_PHRASE
            self._findings.add(code, str(error), place, help=error.help)
            return None
        if pattern.count > MAX_TEXTS:
            self._findings.add(
                codes.PHRASE_TOO_WIDE,
                f"this phrase stands for {pattern.count:,} texts; {MAX_TEXTS:,} is the most",
                whole,
                help="say it in several phrases with fewer alternatives each",
            )
            return None
        return pattern, open_text.rest

    def reply(
        self,
        item: Reply,
        action: Action,
        scopes: Scopes,
        language: str,
        *,
        answer: str = "",
        topic: str = "",
    ) -> None:
        """Read a reply of a section, of an answer or of a topic's section."""
        place = self._findings.place(item.span)
        text = None
        if item.text is not None:
            text = self._variables.substitute(item.text, self._file, self._findings)
            self._runtime.look_up(item.text, self._findings)
            if text is None or not self._says_something(item.text, text):
                return
        for scope in scopes:
            stated = ReplyText(
                self._origin(scope, place),
                action,
                language,
                text,
                answer,
                topic=topic,
                names_brand=item.text is not None and "{brand}" in item.text.value,
            )
            for each in self._replies(item, stated):
                self._add_reply(each)

    def _replies(self, item: Reply, reply: ReplyText) -> Iterator[ReplyText]:
        """Yield the reply, or one for each keyword that it is a reply to."""
        if not item.words:
            yield reply
        for word in item.words:
            text = key(word.value)
            if self.has_key(word, text):
                place = self._findings.place(word.span)
                yield replace(reply, word=word.value, key=text, word_place=place)

    def _add_reply(self, reply: ReplyText) -> None:
        place = reply.word_place or reply.place
        first = self._collector.add_once(reply)
        if first is not None:
            to = f" to `{reply.word}`" if reply.key else ""
            where = reply.scope or "the base"
            self._findings.add(
                codes.REPEATED_REPLY,
                f"a second {reply.action.value}{reply.of} reply{to} in `{reply.language}` for {where}",
                place,
                related=(Label(first.place, "the first one"),),
                help="one file states one reply for a country, action, language and keyword",
            )

    def _says_something(self, word: Word, text: str) -> bool:
        if not text.strip():
            self._findings.add(
                codes.EMPTY_REPLY,
                "this reply says nothing",
                self._findings.place(word.span),
                help="write `reply none` to send nothing on purpose",
            )
        return bool(text.strip())


def _hidden(word: Word, text: str) -> str:
    """Say which protected word a spelling stands for, if it does not show."""
    if word.value.casefold() == text:
        return ""
    plain = next(each for each in PROTECTED if key(each) == text)
    return f"read as {plain}"
