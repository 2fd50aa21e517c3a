"""The model: every statement of a ruleset and all that it uses, with file, scope, language and place.

The model keeps what each file says; which statement wins where is computed
from it (`layers`, `effective`) and, by other code, in `reference`.
"""

from __future__ import annotations

from dataclasses import dataclass

from optoutlang.language.model.pattern import Pattern
from optoutlang.language.source.place import Place
from optoutlang.language.source.text import SourceText
from optoutlang.runtime.canonical import key
from optoutlang.runtime.terms.action import PROTECTED, Action, MatchedBy, Tolerance

PROTECTED_KEYS: dict[str, Action] = {key(word): action for word, action in PROTECTED.items()}
"""The keys of STOP, START and HELP, and the one action that each may have."""


@dataclass(frozen=True, slots=True)
class SourceFile:
    """One file of a ruleset: its ruleset's name, its base language, and the indices of all files weaker than it."""

    text: SourceText
    name: str
    language: str
    weaker: frozenset[int]


@dataclass(frozen=True, slots=True)
class Claim:
    """A keyword statement's word: `word` means `action` in `language`, in `scope` (None: the base).

    A protected word cannot be claimed for another action: the model has no way
    to say it (docs/language.md §4).
    """

    file: int
    scope: str | None
    action: Action
    language: str
    word: str
    key: str
    place: Place
    required: bool = False

    def __post_init__(self) -> None:
        if not self.key:
            raise ValueError(f"a keyword without a key: {self.word!r}")
        if PROTECTED_KEYS.get(self.key, self.action) is not self.action:
            raise ValueError(f"{self.word!r} is protected and cannot mean {self.action.value}")


@dataclass(frozen=True, slots=True)
class Removal:
    """`remove WORD`: takes away weaker claims of the action; `language` None takes those of every language."""

    file: int
    scope: str | None
    action: Action
    language: str | None
    word: str
    key: str
    place: Place

    def __post_init__(self) -> None:
        if self.key in PROTECTED_KEYS:
            raise ValueError(f"{self.word!r} is protected and cannot be removed")


@dataclass(frozen=True, slots=True)
class Only:
    """`only keywords …`: takes away weaker claims of the action (and language) whose keys it does not list.

    Protected keys are never taken away; the words listed are claims of their own.
    """

    file: int
    scope: str | None
    action: Action
    language: str | None
    keys: frozenset[str]
    place: Place


@dataclass(frozen=True, slots=True)
class Phrase:
    """A sentence, a phrase, or an exception to phrases: `spelling` as written, `pattern` without variables."""

    file: int
    scope: str | None
    action: Action
    language: str
    spelling: str
    pattern: Pattern
    place: Place


@dataclass(frozen=True, slots=True)
class FillerPhrase:
    """Words that carry no meaning: `tokens` is their canonical text's tokens, at least one."""

    file: int
    scope: str | None
    word: str
    tokens: tuple[str, ...]
    place: Place

    def __post_init__(self) -> None:
        if not self.tokens:
            raise ValueError(f"a filler without a token: {self.word!r}")


@dataclass(frozen=True, slots=True)
class ReplyText:
    """What to answer in one scope, action and language: `text` without variables, None to send nothing."""

    file: int
    scope: str | None
    action: Action
    language: str
    text: str | None
    place: Place


@dataclass(frozen=True, slots=True)
class Preference:
    """`prefer TAG, TAG` of a scope."""

    file: int
    scope: str | None
    tags: tuple[str, ...]
    place: Place


@dataclass(frozen=True, slots=True)
class Suggestion:
    """`suggest phrases, sentences` of a scope: the ways to match that only suggest; `suggest none` has none."""

    file: int
    scope: str | None
    ways: frozenset[MatchedBy]
    place: Place


@dataclass(frozen=True, slots=True)
class Toleration:
    """One word of `tolerate typos, numbers` in a scope's opt-out section."""

    file: int
    scope: str | None
    tolerance: Tolerance
    place: Place


@dataclass(frozen=True, slots=True)
class Example:
    """One case of a `test` block of the root file.

    `action` None expects no decision; `suggested` expects the action to be
    suggested only. `states_reply` tells a case that states
    a reply (`reply`, None for `reply none`) from one that leaves it open.
    """

    test: str
    message: str
    country: str | None
    prefer: str | None
    action: Action | None
    language: str | None
    states_reply: bool
    reply: str | None
    place: Place
    suggested: bool = False


@dataclass(frozen=True, slots=True)
class Ruleset:
    """A root file and everything it uses. `files` stand weakest first; the root is the last.

    Statements stand in order of file, then place. `countries` are the scopes
    that any file names, sorted.
    """

    files: tuple[SourceFile, ...]
    countries: tuple[str, ...]
    claims: tuple[Claim, ...]
    removals: tuple[Removal, ...]
    onlys: tuple[Only, ...]
    sentences: tuple[Phrase, ...]
    phrases: tuple[Phrase, ...]
    exceptions: tuple[Phrase, ...]
    fillers: tuple[FillerPhrase, ...]
    replies: tuple[ReplyText, ...]
    preferences: tuple[Preference, ...]
    suggestions: tuple[Suggestion, ...]
    tolerations: tuple[Toleration, ...]
    examples: tuple[Example, ...]

    @property
    def root(self) -> SourceFile:
        """The file that was asked for."""
        return self.files[-1]

    @property
    def name(self) -> str:
        """The root file's ruleset name."""
        return self.root.name

    @property
    def language(self) -> str:
        """The root file's base language."""
        return self.root.language
