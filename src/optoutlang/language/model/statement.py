"""The kinds of statement in the model. A new kind is a class here and a row in `statements.KINDS`."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from typing import ClassVar, Self

from optoutlang.language.model.pattern import ClassName, Pattern, rows
from optoutlang.language.source.place import Place
from optoutlang.runtime.program import PROTECTED_KEYS
from optoutlang.runtime.program.rest import marked
from optoutlang.runtime.terms.action import Action, MatchedBy, Tolerance
from optoutlang.runtime.terms.rest import Rest
from optoutlang.runtime.terms.side import Side


@dataclass(frozen=True, slots=True)
class Origin:
    """Where a statement stands: the index of its file, its scope (a country, None for the base), its place."""

    file: int
    scope: str | None
    place: Place


@dataclass(frozen=True, slots=True)
class Statement:
    """What every statement of the model has; the kinds of statement are its subclasses in KINDS."""

    label: ClassVar[str]
    """What reports call the kind."""

    origin: Origin

    @property
    def file(self) -> int:
        """The index of the file that states it."""
        return self.origin.file

    @property
    def scope(self) -> str | None:
        """The country that it is stated for; None: the base."""
        return self.origin.scope

    @property
    def place(self) -> Place:
        """Where it stands in its file."""
        return self.origin.place

    @property
    def slot(self) -> tuple[object, ...] | None:
        """What it settles for its file and scope: of one slot, one statement is enough. None: it settles nothing."""
        return None

    def in_scope(self, scope: str | None) -> Self:
        """Return the same statement for another scope."""
        return replace(self, origin=replace(self.origin, scope=scope))


@dataclass(frozen=True, slots=True)
class Claim(Statement):
    """A keyword statement's word: `word` means `action` in `language`.

    A protected word cannot be claimed for another action: the model has no way
    to say it (docs/language.md §4).
    """

    label: ClassVar[str] = "keyword"

    action: Action
    language: str
    word: str
    key: str
    required: bool = False

    def __post_init__(self) -> None:
        if not self.key:
            raise ValueError(f"a keyword without a key: {self.word!r}")
        if PROTECTED_KEYS.get(self.key, self.action) is not self.action:
            raise ValueError(f"{self.word!r} is protected and cannot mean {self.action.value}")

    @property
    def slot(self) -> tuple[object, ...]:
        """The key's meaning in a language."""
        return self.action, self.language, self.key


@dataclass(frozen=True, slots=True)
class Removal(Statement):
    """`remove WORD`: takes away weaker claims of the action; `language` None takes those of every language."""

    label: ClassVar[str] = "remove"

    action: Action
    language: str | None
    word: str
    key: str

    def __post_init__(self) -> None:
        if self.key in PROTECTED_KEYS:
            raise ValueError(f"{self.word!r} is protected and cannot be removed")

    @property
    def slot(self) -> tuple[object, ...]:
        """The key that no longer has the action."""
        return self.action, self.key


@dataclass(frozen=True, slots=True)
class Only(Statement):
    """`only keywords …`: takes away weaker claims of the action (and language) whose keys it does not list.

    Protected keys are never taken away; the words listed are claims of their own.
    """

    label: ClassVar[str] = "only keywords"

    action: Action
    language: str | None
    keys: frozenset[str]


@dataclass(frozen=True, slots=True)
class Phrase(Statement):
    """A phrase; sentences and exceptions are phrases that match otherwise.

    `spelling` is as written, `pattern` has no variables.
    """

    label: ClassVar[str] = "phrase"

    action: Action
    language: str
    spelling: str
    pattern: Pattern

    def texts(self) -> Iterator[str]:
        """Yield each canonical text that it stands for once; one without a token stands for nothing."""
        return (" ".join(each) for each in rows(self.pattern) if each)


@dataclass(frozen=True, slots=True)
class Sentence(Phrase):
    """A phrase that must be a whole sentence of a message, or its end or beginning where the `rest` is open."""

    label: ClassVar[str] = "sentence"

    rest: Rest = Rest.NONE

    def texts(self) -> Iterator[str]:
        """Yield each canonical text that it stands for once, with the mark of what is open."""
        # Not `super()`: a dataclass with slots is another class than the one it is written in.
        return (marked(each, self.rest) for each in Phrase.texts(self))


@dataclass(frozen=True, slots=True)
class ExceptionSentence(Sentence):
    """`except sentences TEXT`: its texts are taken out of the sentences of its action."""

    label: ClassVar[str] = "except sentences"


@dataclass(frozen=True, slots=True)
class ExceptionPhrase(Phrase):
    """A phrase that keeps an overlapping phrase of the same action from deciding."""

    label: ClassVar[str] = "except"


@dataclass(frozen=True, slots=True)
class FillerPhrase(Statement):
    """Words that carry no meaning: `tokens` is their canonical text's tokens, at least one."""

    label: ClassVar[str] = "filler"

    word: str
    tokens: tuple[str, ...]

    def __post_init__(self) -> None:
        if not self.tokens:
            raise ValueError(f"a filler without a token: {self.word!r}")


@dataclass(frozen=True, slots=True)
class ReplyText(Statement):
    """What to answer for an action and language: `text` without variables, None to send nothing.

    `word` and `key` are those of the one keyword that is answered so, empty for
    all of the action; `word_place` is where the word stands. `answer` is the name
    of the answer, `topic` of the topic, both empty for the reply of a section.
    `names_brand` tells that the text was written with `{brand}`.
    """

    label: ClassVar[str] = "reply"

    action: Action
    language: str
    text: str | None
    answer: str = ""
    word: str = ""
    key: str = ""
    word_place: Place | None = field(default=None, compare=False)
    topic: str = ""
    names_brand: bool = field(default=False, compare=False)

    @property
    def slot(self) -> tuple[object, ...]:
        """The action, answer or topic, language and keyword that are answered."""
        return self.action, self.answer, self.topic, self.language, self.key

    @property
    def of(self) -> str:
        """How messages name the answer or topic that it belongs to: empty for the reply of a section."""
        name = self.answer or (f"topic {self.topic}" if self.topic else "")
        return f" `{name}`" if name else ""


@dataclass(frozen=True, slots=True)
class AnswerKeyword(Statement):
    """A keyword of `answer NAME`: `word` is answered by it, where it means nothing else."""

    label: ClassVar[str] = "answer keyword"

    name: str
    language: str
    word: str
    key: str

    def __post_init__(self) -> None:
        if not self.key or self.key in PROTECTED_KEYS:
            raise ValueError(f"no keyword of an answer: {self.word!r}")

    @property
    def slot(self) -> tuple[object, ...]:
        """The key's answer in a language."""
        return self.language, self.key

    @property
    def spelling(self) -> str:
        """The word as its author wrote it."""
        return self.word


@dataclass(frozen=True, slots=True)
class AnswerSentence(Statement):
    """A sentence of `answer NAME`: a whole sentence of a message that it answers, where nothing else is meant."""

    label: ClassVar[str] = "answer sentence"

    name: str
    language: str
    spelling: str
    pattern: Pattern

    def texts(self) -> Iterator[str]:
        """Yield each canonical text that it stands for once; one without a token stands for nothing."""
        return (" ".join(each) for each in rows(self.pattern) if each)


@dataclass(frozen=True, slots=True)
class Preference(Statement):
    """`prefer TAG, TAG`: languages, the first choice first."""

    label: ClassVar[str] = "prefer"

    tags: tuple[str, ...]

    @property
    def slot(self) -> tuple[object, ...]:
        """A scope prefers once."""
        return ()


@dataclass(frozen=True, slots=True)
class Suggestion(Statement):
    """`suggest phrases, sentences`: the ways to match that only suggest; `suggest none` has none."""

    label: ClassVar[str] = "suggest"

    ways: frozenset[MatchedBy]

    @property
    def suggesting(self) -> frozenset[MatchedBy]:
        """The ways with what they include: a keyword among other sentences is a sentence."""
        sentences = {MatchedBy.KEYWORD_SENTENCE} if MatchedBy.SENTENCE in self.ways else set()
        return self.ways | sentences

    @property
    def slot(self) -> tuple[object, ...]:
        """A scope suggests once."""
        return ()


@dataclass(frozen=True, slots=True)
class Ignoring(Statement):
    """`ignore everyday-words`: a keyword does not count where it is an everyday word (docs/language.md §5)."""

    label: ClassVar[str] = "ignore"

    @property
    def slot(self) -> tuple[object, ...]:
        """A ruleset ignores everyday words or does not."""
        return ()


@dataclass(frozen=True, slots=True)
class Toleration(Statement):
    """One word of `tolerate typos, numbers` in an opt-out section."""

    label: ClassVar[str] = "tolerate"

    tolerance: Tolerance

    @property
    def slot(self) -> tuple[object, ...]:
        """What is tolerated."""
        return (self.tolerance,)


@dataclass(frozen=True, slots=True)
class WordClass(Statement):
    """`class NAME is MEMBERS`: words of which any may stand where a frame names the class.

    `spellings` are the members as written, one for each pattern.
    """

    label: ClassVar[str] = "class"

    name: str
    members: tuple[Pattern, ...]
    spellings: tuple[str, ...]

    @property
    def key(self) -> ClassName:
        """Its file and its name, as patterns and guards name it."""
        return self.file, self.name

    @property
    def slot(self) -> tuple[object, ...]:
        """The name."""
        return (self.name,)


@dataclass(frozen=True, slots=True)
class Guard(Statement):
    """`guard NAME is CLASSES within N before`: words that take a frame's match back.

    `distance` is N, 0 for a side that has none.
    """

    label: ClassVar[str] = "guard"

    name: str
    classes: tuple[ClassName, ...]
    side: Side
    distance: int

    def __post_init__(self) -> None:
        if (self.distance > 0) is not self.side.has_distance:
            raise ValueError(f"a guard {self.side.value} within {self.distance} words")

    @property
    def key(self) -> ClassName:
        """Its file and its name, as frames name it."""
        return self.file, self.name

    @property
    def slot(self) -> tuple[object, ...]:
        """The name."""
        return (self.name,)


@dataclass(frozen=True, slots=True)
class Frame(Statement):
    """A frame: classes and words in order, with gaps, in one sentence of a message.

    `begins` and `ends` tell that it stands at the sentence's beginning or end.
    `guards` take a match back, and each class of `needs` has a member somewhere
    in the message. `pattern` has no variables.
    """

    label: ClassVar[str] = "frame"

    action: Action
    language: str
    spelling: str
    pattern: Pattern
    begins: bool = False
    ends: bool = False
    guards: tuple[ClassName, ...] = ()
    needs: tuple[ClassName, ...] = ()
