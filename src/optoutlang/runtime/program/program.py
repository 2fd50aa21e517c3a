"""Compiled rules: immutable plain data, where the authoring half and the run-time half meet.

Theory of operation. A `Program` holds the context of the base whole, and the
context of each country as an *overlay* on it: an entry of the overlay stands
before the base's, None (or no meaning at all) takes the base's away, and what
the overlay does not mention is the base's. So an override costs what it
overrides, and countries with equal overlays share one.

A program that does not prove the protected words in every context cannot be
made, neither by the compiler nor from an artefact (docs/language.md §4).
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from types import MappingProxyType

from optoutlang.runtime.canonical import TABLES_DIGEST, TABLES_VERSION, UNICODE_VERSION, key
from optoutlang.runtime.canonical.look_alike_tables import LOOK_ALIKES_DIGEST
from optoutlang.runtime.terms.action import PROTECTED, Action, MatchedBy, Tolerance

LANGUAGE_VERSION = 1
"""The version of the rule language that programs of this release mean (docs/language.md)."""

REPLY_LIMIT = 320
"""The most UTF-16 code units that a reply may have (docs/language.md §6)."""

PROTECTED_KEYS: Mapping[str, Action] = MappingProxyType(
    {key(word): action for word, action in PROTECTED.items()}
)
"""The keys of STOP, START and HELP, and the one action of each."""


def reply_length(text: str) -> int:
    """Return the length of a reply in UTF-16 code units, as carriers count them."""
    return len(text) + sum(each > "\uffff" for each in text)


class UnprotectedWordError(ValueError):
    """A program was about to be made in which STOP, START or HELP does not mean what it must."""


@dataclass(frozen=True, slots=True)
class Source:
    """One source file: its name, the same on every machine, and the SHA-256 of its text in hexadecimal."""

    name: str
    sha256: str


@dataclass(frozen=True, slots=True)
class Origin:
    """How one language spells a keyword or phrase, and where: an index of `Program.sources` and a line from 1."""

    language: str
    spelling: str
    source: int
    line: int


@dataclass(frozen=True, slots=True)
class Meaning:
    """What a key or a row of tokens asks for, and who says so.

    `origins`, at least one: the first is the strongest of all; the others
    speak for one language each, also for the first one's if they know better.
    """

    action: Action
    origins: tuple[Origin, ...]

    def __post_init__(self) -> None:
        if not self.origins:
            raise ValueError("a meaning without an origin")

    def origin(self, language: str) -> Origin:
        """Return the origin in a language, else the strongest (a protected word has all languages)."""
        speaking = (each for each in reversed(self.origins) if each.language == language)
        return next(speaking, self.origins[0])


@dataclass(frozen=True, slots=True)
class Context:
    """What holds in the base, or what a country changes in it.

    `keywords` goes by key, `sentences`, `phrases` and `exceptions` by
    canonical text without filler, one meaning for each action, strongest
    action first.
    `fillers` are canonical texts; a country's come on top of the base's.
    `replies` goes by action and language, None says that nothing is sent.
    `prefer` lists every language to ask in turn, and `languages` those with a
    keyword, sentence, phrase or reply; in an overlay an empty tuple means the
    base's. `suggest` are the ways to match that do not decide; in an overlay
    None means the base's. `tolerances` say what may pass for an opt-out
    keyword; a country's come on top of the base's. `ordinary`, in an overlay
    alone, are the typos that are ordinary words of a language spoken there.
    """

    keywords: Mapping[str, Meaning | None] = field(default_factory=dict)
    sentences: Mapping[str, tuple[Meaning, ...]] = field(default_factory=dict)
    phrases: Mapping[str, tuple[Meaning, ...]] = field(default_factory=dict)
    exceptions: Mapping[str, tuple[Meaning, ...]] = field(default_factory=dict)
    fillers: tuple[str, ...] = ()
    replies: Mapping[tuple[Action, str], str | None] = field(default_factory=dict)
    prefer: tuple[str, ...] = ()
    languages: tuple[str, ...] = ()
    suggest: frozenset[MatchedBy] | None = None
    tolerances: frozenset[Tolerance] = frozenset()
    ordinary: frozenset[str] = frozenset()

    def __post_init__(self) -> None:
        for name in ("keywords", "sentences", "phrases", "exceptions", "replies"):
            object.__setattr__(self, name, MappingProxyType(dict(getattr(self, name))))

    def meanings(self) -> Iterator[Meaning]:
        """Yield every meaning of the context's own entries."""
        yield from (each for each in self.keywords.values() if each is not None)
        for table in (self.sentences, self.phrases, self.exceptions):
            for meanings in table.values():
                yield from meanings


@dataclass(frozen=True, slots=True)
class CanonicalTables:
    """Which tables made the program's canonical text (docs/language.md §3), and which letters look alike (§5).

    By default this release's.
    """

    version: int = TABLES_VERSION
    digest: str = TABLES_DIGEST
    unicode: str = UNICODE_VERSION
    look_alikes: str = LOOK_ALIKES_DIGEST


@dataclass(frozen=True, slots=True)
class Program:
    """The compiled rules of one ruleset, for embedders: ask a `Matcher` about it, or write it with `artefact.write`.

    `name` and `language` are the root file's ruleset name and base language,
    `sources` all files that were compiled, `base` the base's context and
    `countries` the overlays of the countries that any file names. `typos` goes
    by key: the keys of the keywords, in code-point order, of which a text is a
    slip; it counts where typos are tolerated and one of them is an opt-out
    keyword.

    Raises:
        UnprotectedWordError: STOP, START or HELP lacks its action in some context.
        ValueError: an origin names a source that is not there, the base has no language, or a typo is a keyword
            or one of no opt-out keyword.
    """

    name: str
    language: str
    sources: tuple[Source, ...]
    base: Context
    countries: Mapping[str, Context]
    typos: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    tables: CanonicalTables = CanonicalTables()
    language_version: int = LANGUAGE_VERSION

    def __post_init__(self) -> None:
        object.__setattr__(self, "countries", MappingProxyType(dict(self.countries)))
        object.__setattr__(self, "typos", MappingProxyType(dict(self.typos)))
        if not (self.base.languages and self.base.prefer):
            raise ValueError("a base without languages")
        for context in (self.base, *self.countries.values()):
            self._prove_protected(context)
            for meaning in context.meanings():
                if not all(0 <= each.source < len(self.sources) for each in meaning.origins):
                    raise ValueError("an origin in a source that is not there")
        self._prove_typos()

    def rule(self, origin: Origin) -> str:
        """Return the place of an origin as decisions give it: `file:line`."""
        return f"{self.sources[origin.source].name}:{origin.line}"

    def _prove_protected(self, context: Context) -> None:
        for word, action in PROTECTED_KEYS.items():
            meaning = context.keywords.get(word, self.base.keywords.get(word))
            if meaning is None or meaning.action is not action:
                raise UnprotectedWordError(f"`{word}` must mean {action.value} in every context")

    def _prove_typos(self) -> None:
        """Hold that no typo is a keyword of the base, even where that is removed, and each is one of opt-outs."""
        opt_outs = opt_out_keys((self.base, *self.countries.values()))
        for context in self.countries.values():
            if not self.typos.keys() >= context.ordinary:
                raise ValueError("an ordinary word that is no typo")
        if self.base.ordinary:
            raise ValueError("an ordinary word of the base that is a typo")
        for slip, keys in self.typos.items():
            if slip in self.base.keywords:
                raise ValueError(f"`{slip}` is a keyword and cannot be a typo of one")
            if not keys or list(keys) != sorted(set(keys)) or not opt_outs.issuperset(keys):
                raise ValueError(f"`{slip}` is no typo of opt-out keywords alone")


def opt_out_keys(contexts: Iterable[Context]) -> frozenset[str]:
    """Return the keys that mean opting out in the own entries of some contexts."""
    return frozenset(
        key
        for context in contexts
        for key, meaning in context.keywords.items()
        if meaning is not None and meaning.action is Action.OPT_OUT
    )
