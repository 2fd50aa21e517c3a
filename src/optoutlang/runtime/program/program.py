"""Compiled rules: immutable plain data, where the authoring half and the run-time half meet.

Theory of operation. A `Program` holds the context of the base whole, and the
context of each country as an *overlay* on it. What decides in a country is
`Program.context`, the two joined by the rules of `fields.FIELDS`. An override
costs what it overrides, and countries with equal overlays share one.

A program that does not prove the protected words in every context cannot be
made, neither by the compiler nor from an artefact (docs/language.md §4).
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from types import MappingProxyType

from optoutlang.runtime.canonical import TABLES_DIGEST, TABLES_VERSION, UNICODE_VERSION, key
from optoutlang.runtime.canonical.look_alike_tables import LOOK_ALIKES_DIGEST
from optoutlang.runtime.program.context import Context, ResolvedContext
from optoutlang.runtime.program.field import NOTHING
from optoutlang.runtime.program.fields import FIELDS, resolve
from optoutlang.runtime.program.frames import FrameTable
from optoutlang.runtime.program.meaning import Meaning, Origin
from optoutlang.runtime.terms import PROTECTED, Action, MatchedBy
from optoutlang.runtime.terms.reply_text import longest_text, reply_length
from optoutlang.runtime.terms.similar import SimilarModel

LANGUAGE_VERSION = 2
"""The version of the rule language that this release reads (docs/language.md); it reads all earlier ones."""

PROTECTED_KEYS: Mapping[str, Action] = MappingProxyType(
    {key(word): action for word, action in PROTECTED.items()}
)
"""The keys of STOP, START and HELP, and the one action of each."""


class UnprotectedWordError(ValueError):
    """A program was about to be made in which STOP, START or HELP does not mean what it must."""


@dataclass(frozen=True, slots=True)
class Source:
    """One source file: its name, the same on every machine, and the SHA-256 of its text in hexadecimal."""

    name: str
    sha256: str


@dataclass(frozen=True, slots=True)
class CanonicalTables:
    """Which tables made the program's canonical text (docs/language.md §3), and which letters look alike (§5).

    By default this release's.
    """

    version: int = TABLES_VERSION
    digest: str = TABLES_DIGEST
    unicode: str = UNICODE_VERSION
    look_alikes: str = LOOK_ALIKES_DIGEST


@dataclass(frozen=True, slots=True, weakref_slot=True)
class Program:
    """The compiled rules of one ruleset: what a `Matcher` answers from, and what `artefact.to_bytes` writes.

    `name` and `language` are the root file's ruleset name and base language,
    `sources` all files that were compiled, `base` the base's context and
    `countries` the overlays of the countries that any file names. `typos` goes
    by key: the keys of the keywords, in code-point order, of which a text is a
    slip; it counts where typos are tolerated and one of them is an opt-out
    keyword. `frames` are those of all contexts, which have their numbers.
    `similar` is the suggester, None where no context asks for it.

    Raises:
        UnprotectedWordError: STOP, START or HELP lacks its action in some context.
        ValueError: an origin names a source that is not there, the base has no language, or a typo is a keyword
            or one of no opt-out keyword, or a frame is not there or in no context,
            or a suggester is not there or in no context, or a reply is longer than the limit where it may be sent,
            or a country takes back what the base has not, or what it states itself.
    """

    name: str
    language: str
    sources: tuple[Source, ...]
    base: Context
    countries: Mapping[str, Context]
    typos: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    frames: FrameTable = field(default_factory=FrameTable)
    similar: SimilarModel | None = None
    tables: CanonicalTables = CanonicalTables()
    _contexts: Mapping[str | None, ResolvedContext] = field(init=False, repr=False, compare=False)

    def __post_init__(self) -> None:
        object.__setattr__(self, "countries", MappingProxyType(dict(self.countries)))
        object.__setattr__(self, "typos", MappingProxyType(dict(self.typos)))
        if not (self.base.languages and self.base.prefer):
            raise ValueError("a base without languages")
        object.__setattr__(self, "_contexts", MappingProxyType(self._resolved()))
        for resolved in self._contexts.values():
            self._prove_protected(resolved)
        for _, context in self.own_contexts():
            for meaning in _distinct(context.meanings()):
                if not all(0 <= each.source < len(self.sources) for each in meaning.origins):
                    raise ValueError("an origin in a source that is not there")
        self._prove_replies()
        self._prove_typos()
        self._prove_frames()
        self._prove_absent()
        asks = any(MatchedBy.SIMILAR in (own.suggest or ()) for _, own in self.own_contexts())
        if asks is (self.similar is None):
            raise ValueError("a suggester that is not there, or in no context")

    @property
    def language_version(self) -> int:
        """The first version of the language that has all that the program says: older releases read what they know."""
        contexts = [own for _, own in self.own_contexts()]
        says = (each.since for each in FIELDS if not all(map(each.is_absent, contexts)))
        return max(says, default=1)

    @property
    def topics(self) -> frozenset[str]:
        """The topics of all contexts (docs/language.md §5.33)."""
        owns = [own for _, own in self.own_contexts()]
        words = (each for own in owns for each in own.topic_keywords.values() if each is not None)
        sentences = (
            each for own in owns for those in own.topic_sentences.values() for each in those
        )
        buttons = (each for own in owns for each in own.buttons.values() if each is not None)
        topics = (each.topic for each in (*words, *sentences, *buttons))
        return frozenset(each for each in topics if each is not None)

    def overlay(self, country: str | None) -> Context:
        """Return what a country changes in the base; nothing for None and a country that no file names."""
        return NOTHING if country is None else self.countries.get(country, NOTHING)

    def context(self, country: str | None) -> ResolvedContext:
        """Return what decides messages from a country; one that no file names has the base's."""
        return self._contexts.get(country) or self._contexts[None]

    def contexts(self) -> Mapping[str | None, ResolvedContext]:
        """Return what decides in the base, under None, and in each country that a file names."""
        return self._contexts

    def _resolved(self) -> dict[str | None, ResolvedContext]:
        base = resolve(self.base)
        contexts: dict[str | None, ResolvedContext] = {None: base}
        for country, own in self.countries.items():
            contexts[country] = resolve(own, under=base, country=country)
        return contexts

    def own_contexts(self) -> Iterator[tuple[str | None, Context]]:
        """Yield the base under None, then each country's overlay, by country code."""
        yield None, self.base
        yield from sorted(self.countries.items())

    def without_suggester(self) -> Program:
        """Return the program of the rules alone, which suggests nothing that no rule reads."""
        if self.similar is None:
            return self
        countries = {code: without_suggester(own) for code, own in self.countries.items()}
        base = without_suggester(self.base)
        base = replace(base, suggest=base.suggest or None)
        return replace(self, base=base, countries=countries, similar=None)

    def rule(self, origin: Origin) -> str:
        """Return the place of an origin as decisions give it: `file:line`."""
        return f"{self.sources[origin.source].name}:{origin.line}"

    def _prove_protected(self, context: ResolvedContext) -> None:
        for word, action in PROTECTED_KEYS.items():
            meaning = context.keywords.get(word)
            if meaning is None or meaning.action is not action:
                raise UnprotectedWordError(f"`{word}` must mean {action.value} in every context")

    def _prove_replies(self) -> None:
        """Hold that every reply fits where it may be sent, whatever values stand in it."""
        if any(own.runtime for own in self.countries.values()):
            raise ValueError("a run-time variable of one country")
        for country, own in self.own_contexts():
            here = self._contexts[country]
            # Under the base's limit, what a country inherits fits as it does there.
            for text in (own if own.reply_limit is None else here).reply_texts():
                if reply_length(longest_text(text, here.runtime)) > here.reply_limit:
                    raise ValueError("a reply that is too long")

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

    def _prove_frames(self) -> None:
        frames = self.frames.frames
        used = {number for _, context in self.own_contexts() for number in context.frames}
        if used != set(range(len(frames))):
            raise ValueError("a frame that is not there, or in no context")
        if not all(0 <= each.origin.source < len(self.sources) for each in frames):
            raise ValueError("a frame in a source that is not there")

    def _prove_absent(self) -> None:
        """Hold that a country takes back what the base has and it does not state itself, and the base nothing."""
        base = _takeable(self.base)
        for country, own in self.own_contexts():
            absent = own.absent
            if not absent:
                continue
            taken = absent.fillers, absent.tolerances, absent.frames, absent.replies
            stated = () if country is None else zip(taken, base, _takeable(own), strict=True)
            if country is None or not all(
                gone <= inherited and gone.isdisjoint(mine) for gone, inherited, mine in stated
            ):
                raise ValueError("something is taken back that is not inherited")


def _takeable(own: Context) -> tuple[frozenset[object], ...]:
    """Return what of a context's own entries another one may have in `absent`, kind by kind."""
    replies = {*own.keyword_replies, *((*at, "") for at in own.replies)}
    return frozenset(own.fillers), own.tolerances, frozenset(own.frames), frozenset(replies)


def without_suggester(context: Context) -> Context:
    """Return what a context says without asking for the suggester."""
    if context.suggest is None:
        return context
    return replace(context, suggest=context.suggest - {MatchedBy.SIMILAR})


def _distinct(meanings: Iterable[Meaning]) -> Iterable[Meaning]:
    """Return each object once: few stand for many texts."""
    return {id(each): each for each in meanings}.values()


def opt_out_keys(contexts: Iterable[Context]) -> frozenset[str]:
    """Return the keys that mean opting out in the own entries of some contexts."""
    return frozenset(
        key
        for context in contexts
        for key, meaning in context.keywords.items()
        if meaning is not None and meaning.action is Action.OPT_OUT
    )
