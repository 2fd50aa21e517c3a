"""Contexts: what holds for messages from one country, as stored and as resolved.

A `Context` holds own entries: all entries of the base, or what one country
changes in it (its *overlay*). A `ResolvedContext` is the overlay joined with
the base: what actually decides. `fields.resolve` joins the two, the only place
that does, by the table of fields that stands there.

Joining copies nothing. The table of a country with own entries is a
`LayeredTable`, which looks into the overlay and then into the base, so that an
override costs what it overrides; a country without own entries in a table has
the base's very table.
"""

from __future__ import annotations

from collections.abc import Callable, ItemsView, Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from functools import cached_property, lru_cache
from types import MappingProxyType
from typing import TypeVar, overload

from optoutlang.runtime.program.absent import Absent
from optoutlang.runtime.program.filler import Filler
from optoutlang.runtime.program.meaning import Meaning
from optoutlang.runtime.terms import Action, MatchedBy, Tolerance

Replies = Mapping[tuple[Action, str], str | None]
"""Reply texts by action and language; None says that nothing is sent."""

KeywordReplies = Mapping[tuple[Action, str, str], str | None]
"""Reply texts by action, language and the key of the one keyword that is answered so."""

AnswerReplies = Mapping[tuple[str, str, str], str | None]
"""Reply texts by the name of an answer, language, and the key of a keyword, empty for the whole answer."""

TopicReplies = Mapping[tuple[str, Action, str, str], str | None]
"""Reply texts by topic, action, language, and the key of a keyword, empty for all words of the topic."""

REPLY_LIMIT = 320
"""The most UTF-16 code units that a reply may have where the rules say nothing else (docs/language.md §6)."""

GREATEST_REPLY_LIMIT = 4096
"""The greatest limit that rules may state."""

LONGEST_PAYLOAD = 2048
"""The most bytes of a button's payload, in UTF-8; RCS allows the most, so many."""

_Value = TypeVar("_Value")
_Default = TypeVar("_Default")


@dataclass(frozen=True, slots=True)
class Context:
    """Own entries of the base, or what a country changes in it.

    `keywords` goes by key, `sentences`, `phrases` and `exceptions` by
    canonical text, that of a sentence with the mark of what is open (`rest`), one
    meaning for each action, strongest action first. In an overlay None, or no meaning, takes the base's entry away.
    `fillers` are canonical texts. `replies` goes by action and language,
    `keyword_replies` by the key of a keyword too. `answer_keywords`, `answer_sentences`
    and `answer_replies` are those of the named answers, which are asked last,
    `topic_keywords`, `topic_sentences` and `topic_replies` those of topics.
    `prefer` lists every language to ask in turn, and `languages` those with a
    keyword, sentence, phrase or reply. `suggest` are the ways to match that do
    not decide. `tolerances` say what may pass for an opt-out keyword.
    `answers` are the keys of opt-in keywords that are everyday answers,
    `compounds` the canonical texts of several tokens as which keywords are
    written. `everyday` has the spellings that are no keyword although they have
    the key of one, and the language of which each is an everyday word; `local`
    are the keys that count as words of the country's own, None where all do.
    `ordinary` are the typos that are ordinary words of a language spoken in
    the country. `frames` are numbers of the program's frames, in order; where an overlay is
    joined, its own stand before the base's. `reply_limit` is the most UTF-16 code units of a reply, None where
    the rules state none here; `runtime` has the greatest length of each value that is known when replies are
    sent, in the base alone. `buttons` goes by payload. `absent` is what a country does without of all that the base
    has; resolved contexts have it no longer. How an overlay's field joins the base's is in `fields.FIELDS`.
    """

    keywords: Mapping[str, Meaning | None] = field(default_factory=dict)
    sentences: Mapping[str, tuple[Meaning, ...]] = field(default_factory=dict)
    phrases: Mapping[str, tuple[Meaning, ...]] = field(default_factory=dict)
    exceptions: Mapping[str, tuple[Meaning, ...]] = field(default_factory=dict)
    fillers: tuple[str, ...] = ()
    replies: Replies = field(default_factory=dict)
    prefer: tuple[str, ...] = ()
    languages: tuple[str, ...] = ()
    suggest: frozenset[MatchedBy] | None = None
    tolerances: frozenset[Tolerance] = frozenset()
    answers: frozenset[str] = frozenset()
    compounds: frozenset[str] = frozenset()
    everyday: Mapping[str, str | None] = field(default_factory=dict)
    local: frozenset[str] | None = None
    ordinary: frozenset[str] = frozenset()
    frames: tuple[int, ...] = ()
    keyword_replies: KeywordReplies = field(default_factory=dict)
    answer_keywords: Mapping[str, Meaning | None] = field(default_factory=dict)
    answer_sentences: Mapping[str, tuple[Meaning, ...]] = field(default_factory=dict)
    answer_replies: AnswerReplies = field(default_factory=dict)
    topic_keywords: Mapping[str, Meaning | None] = field(default_factory=dict)
    topic_sentences: Mapping[str, tuple[Meaning, ...]] = field(default_factory=dict)
    topic_replies: TopicReplies = field(default_factory=dict)
    reply_limit: int | None = None
    runtime: Mapping[str, int] = field(default_factory=dict)
    buttons: Mapping[str, Meaning | None] = field(default_factory=dict)
    absent: Absent = field(default_factory=Absent)

    def __post_init__(self) -> None:
        object.__setattr__(self, "keywords", MappingProxyType(dict(self.keywords)))
        object.__setattr__(self, "sentences", MappingProxyType(dict(self.sentences)))
        object.__setattr__(self, "phrases", MappingProxyType(dict(self.phrases)))
        object.__setattr__(self, "exceptions", MappingProxyType(dict(self.exceptions)))
        object.__setattr__(self, "replies", MappingProxyType(dict(self.replies)))
        object.__setattr__(self, "everyday", MappingProxyType(dict(self.everyday)))
        object.__setattr__(self, "keyword_replies", MappingProxyType(dict(self.keyword_replies)))
        object.__setattr__(self, "answer_keywords", MappingProxyType(dict(self.answer_keywords)))
        object.__setattr__(self, "answer_sentences", MappingProxyType(dict(self.answer_sentences)))
        object.__setattr__(self, "answer_replies", MappingProxyType(dict(self.answer_replies)))
        object.__setattr__(self, "topic_keywords", MappingProxyType(dict(self.topic_keywords)))
        object.__setattr__(self, "topic_sentences", MappingProxyType(dict(self.topic_sentences)))
        object.__setattr__(self, "topic_replies", MappingProxyType(dict(self.topic_replies)))
        object.__setattr__(self, "runtime", MappingProxyType(dict(self.runtime)))
        object.__setattr__(self, "buttons", MappingProxyType(dict(self.buttons)))

    def meanings(self) -> Iterator[Meaning]:
        """Yield every meaning of the context's own entries."""
        for keywords in (self.keywords, self.answer_keywords, self.topic_keywords, self.buttons):
            yield from (each for each in keywords.values() if each is not None)
        sentences = (self.sentences, self.answer_sentences, self.topic_sentences)
        for table in (*sentences, self.phrases, self.exceptions):
            for meanings in table.values():
                yield from meanings

    def reply_texts(self) -> Iterator[str]:
        """Yield the texts of the context's own replies."""
        tables = (self.replies, self.keyword_replies)
        named = (self.answer_replies, self.topic_replies)
        return _texts(each.values() for each in (*tables, *named))


def _texts(replies: Iterable[Iterable[str | None]]) -> Iterator[str]:
    return (text for each in replies for text in each if text is not None)


@dataclass(frozen=True)  # without slots, for the filler that is prepared when it is first asked for
class ResolvedContext:
    """What decides messages from `country`, one that the rules name; None is the base.

    The fields are those of `Context` but `absent`, without any entry that means nothing.
    """

    country: str | None
    keywords: Mapping[str, Meaning]
    sentences: Mapping[str, tuple[Meaning, ...]]
    phrases: Mapping[str, tuple[Meaning, ...]]
    exceptions: Mapping[str, tuple[Meaning, ...]]
    fillers: tuple[str, ...]
    replies: Replies
    prefer: tuple[str, ...]
    languages: tuple[str, ...]
    suggest: frozenset[MatchedBy]
    tolerances: frozenset[Tolerance]
    answers: frozenset[str]
    compounds: frozenset[str]
    everyday: Mapping[str, str]
    local: frozenset[str] | None
    ordinary: frozenset[str]
    frames: tuple[int, ...]
    keyword_replies: KeywordReplies
    answer_keywords: Mapping[str, Meaning]
    answer_sentences: Mapping[str, tuple[Meaning, ...]]
    answer_replies: AnswerReplies
    topic_keywords: Mapping[str, Meaning]
    topic_sentences: Mapping[str, tuple[Meaning, ...]]
    topic_replies: TopicReplies
    reply_limit: int
    runtime: Mapping[str, int]
    buttons: Mapping[str, Meaning]
    base: ResolvedContext | None = field(default=None, repr=False, compare=False)

    @cached_property
    def filler(self) -> Filler:
        """The fillers, prepared to be taken out of messages; the base's own object where they are the same."""
        if self.base is not None and self.fillers is self.base.fillers:
            return self.base.filler
        return _filler(self.fillers)

    def reply_texts(self) -> Iterator[str]:
        """Yield the texts of all replies that may be sent."""
        tables = (self.replies, self.keyword_replies, self.answer_replies)
        return _texts(each.values() for each in tables)


@lru_cache(maxsize=8)
def _filler(fillers: tuple[str, ...]) -> Filler:
    """Return filler prepared; countries that add to the base's often add the same."""
    return Filler(fillers)


NOTHING_RESOLVED = ResolvedContext(
    country=None,
    keywords={},
    sentences={},
    phrases={},
    exceptions={},
    fillers=(),
    replies={},
    prefer=(),
    languages=(),
    suggest=frozenset(),
    tolerances=frozenset(),
    answers=frozenset(),
    compounds=frozenset(),
    everyday={},
    local=None,
    ordinary=frozenset(),
    frames=(),
    keyword_replies={},
    answer_keywords={},
    answer_sentences={},
    answer_replies={},
    topic_keywords={},
    topic_sentences={},
    topic_replies={},
    reply_limit=REPLY_LIMIT,
    runtime={},
    buttons={},
)
"""What holds where no rule says anything: what a base is resolved over."""


class LayeredTable(Mapping[str, _Value]):
    """An overlay's entries before those of the base; an entry of the overlay that means nothing removes the base's.

    It goes through the base's entries first, then through those that the overlay adds.
    """

    __slots__ = ("_base", "_own")

    def __init__(self, base: Mapping[str, _Value], own: Mapping[str, _Value | None]) -> None:
        self._base = base
        self._own = own

    def __getitem__(self, key: str) -> _Value:
        entry = self.get(key)
        if entry is None:
            raise KeyError(key)
        return entry

    @overload
    def get(self, key: str, /) -> _Value | None: ...

    @overload
    def get(self, key: str, /, default: _Value | _Default) -> _Value | _Default: ...

    def get(self, key: str, /, default: object = None) -> object:
        """Return the entry of a key, else `default`; matching asks this of every message, so it raises nothing."""
        if key in self._own:
            return self._own[key] or default
        return self._base.get(key, default)

    def __contains__(self, key: object) -> bool:
        return isinstance(key, str) and self.get(key) is not None

    def __iter__(self) -> Iterator[str]:
        return (key for key, _ in self._pairs())

    def __len__(self) -> int:
        return sum(1 for _ in self._pairs())

    def __bool__(self) -> bool:
        return next(self._pairs(), None) is not None

    def items(self) -> ItemsView[str, _Value]:
        """Return the entries as pairs, without looking each key up again."""
        return _Pairs(self, self._pairs)

    def _pairs(self) -> Iterator[tuple[str, _Value]]:
        own, base = self._own, self._base
        for key, inherited in base.items():
            entry = own.get(key) if key in own else inherited
            if entry:
                yield key, entry
        for key, added in own.items():
            if added and key not in base:
                yield key, added


class _Pairs(ItemsView[str, _Value]):
    def __init__(
        self, table: LayeredTable[_Value], pairs: Callable[[], Iterator[tuple[str, _Value]]]
    ) -> None:
        super().__init__(table)
        self._pairs = pairs

    def __iter__(self) -> Iterator[tuple[str, _Value]]:
        return self._pairs()
