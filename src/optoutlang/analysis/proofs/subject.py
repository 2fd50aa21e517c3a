"""The subject of proofs: a program, the matcher that it makes, and the model where the source is at hand."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from functools import cached_property, lru_cache

from optoutlang.analysis.differences.framed import frame_contents
from optoutlang.language.compiler.from_model import from_model
from optoutlang.language.model.ruleset import Ruleset
from optoutlang.language.model.statement import Frame, Guard, Phrase, WordClass
from optoutlang.runtime.matcher import Matcher
from optoutlang.runtime.program import TABLES, Meaning, Program, ResolvedContext
from optoutlang.runtime.terms import COUNTRIES, Action, Tolerance

LARGE = 20_000
"""How many rows of tokens the base has, at most, in rules that are compiled whole time and again."""

EVERYWHERE: tuple[str | None, ...] = (None, *sorted(COUNTRIES))
"""Where a message can come from: nowhere known, and every ISO 3166-1 country."""


@dataclass(frozen=True)  # without slots, for what is computed when it is asked for
class Subject:
    """A program and its matcher; `ruleset` is None for an artefact, whose source is not at hand.

    `compiler` is what made the program, for the properties that ask about it.
    """

    program: Program
    ruleset: Ruleset | None = None
    compiler: Callable[[Ruleset], Program] = from_model
    _compared: tuple[Program, bool] | None = field(
        default=None, init=False, repr=False, compare=False
    )

    @cached_property
    def matcher(self) -> Matcher:
        """The matcher of the program: many programs are compared by their tables alone, and need none."""
        return Matcher(self.program)

    @classmethod
    def of(
        cls, ruleset: Ruleset, *, compiler: Callable[[Ruleset], Program] = from_model
    ) -> Subject:
        """Return the subject of a checked ruleset."""
        return cls(compiler(ruleset), ruleset, compiler)

    @cached_property
    def frames(self) -> tuple[tuple[object, ...], ...]:
        """What each frame of the program means and the file that states it, by the frame's number."""
        sources = self.program.sources
        stated = (sources[each.origin.source].name for each in self.program.frames.frames)
        return tuple(zip(frame_contents(self.program), stated, strict=True))

    @property
    def is_large(self) -> bool:
        """Whether the base has so many rows of tokens that compiling them again and again takes minutes."""
        base = self.program.base
        return len(base.phrases) + len(base.sentences) > LARGE

    def light(self) -> Subject:
        """Return the subject itself if it is small, else its rules without the base's phrases, sentences and frames.

        Where no frame is left, classes and guards go too: nothing names them.
        """
        if not self.is_large:
            return self
        few = self.source.keeping(
            lambda each: not isinstance(each, Phrase | Frame) or each.scope is not None
        )
        if not few.of(Frame):
            few = few.keeping(lambda each: not isinstance(each, WordClass | Guard))
        return Subject.of(few, compiler=self.compiler)

    @property
    def scopes(self) -> tuple[str | None, ...]:
        """The base, under None, and the countries that the rules name."""
        return (None, *sorted(self.program.countries))

    @property
    def languages(self) -> tuple[str, ...]:
        """Every language tag that the rules know, sorted."""
        return tuple(
            sorted({tag for _, own in self.program.own_contexts() for tag in own.languages})
        )

    @property
    def source(self) -> Ruleset:
        """The model, for properties that need the source.

        Raises:
            ValueError: there is none.
        """
        if self.ruleset is None:
            raise ValueError("an artefact has no source")
        return self.ruleset

    def context(self, country: str | None) -> ResolvedContext:
        """Return what decides messages from a country; one that no file names has the base's."""
        contexts = self._contexts
        return contexts[country if country in contexts else None]

    @cached_property
    def _contexts(self) -> Mapping[str | None, ResolvedContext]:
        return self.program.contexts()

    def slips(self, country: str | None) -> Mapping[str, frozenset[str]]:
        """Return, for each opt-out keyword of messages from a country, its typos, if they count there."""
        if Tolerance.TYPOS not in self.context(country).tolerances:
            return {}
        own = self.program.overlay(country)
        found = {key: each for key, each in self._base_slips.items() if key not in own.keywords}
        for key, meaning in own.keywords.items():
            if _is_opt_out(meaning) and key in self._slips:
                found[key] = self._slips[key]
        for slip in own.ordinary:
            for key in self.program.typos[slip]:
                if key in found:
                    found[key] -= {slip}
        return found

    @cached_property
    def _slips(self) -> Mapping[str, frozenset[str]]:
        """The typos of each opt-out keyword of any context."""
        slips: dict[str, set[str]] = defaultdict(set)
        for slip, keys in self.program.typos.items():
            for key in keys:
                slips[key].add(slip)
        return {key: _shared(frozenset(each)) for key, each in slips.items()}

    @cached_property
    def _base_slips(self) -> Mapping[str, frozenset[str]]:
        keywords = self.program.base.keywords
        return {key: each for key, each in self._slips.items() if _is_opt_out(keywords.get(key))}

    def has_base_of(self, other: Subject) -> bool:
        """Tell whether another program has an equal base and equal frames; the last one asked about is remembered."""
        if self._compared is None or self._compared[0] is not other.program:
            one, two = self.program, other.program
            alike = (one.base, one.frames) == (two.base, two.frames)
            object.__setattr__(self, "_compared", (other.program, alike))
            return alike
        return self._compared[1]

    def groups(self) -> tuple[tuple[str | None, ...], ...]:
        """Return the scopes, those together that have the same rules; which are everyday words is left aside.

        What counts less somewhere only takes rules away that might fire.
        """
        alike: dict[object, list[str | None]] = {}
        for scope in self.scopes:
            own = self.program.overlay(scope)
            tables = (tuple(sorted(table.own(own).items(), key=_first)) for table in TABLES)
            alike.setdefault((*tables, own.fillers, own.tolerances, own.absent), []).append(scope)
        return tuple(map(tuple, alike.values()))


@lru_cache(maxsize=1 << 14)
def _shared(slips: frozenset[str]) -> frozenset[str]:
    """Return equal sets as one, so that the typos of two programs are compared in a moment."""
    return slips


def _is_opt_out(meaning: Meaning | None) -> bool:
    return meaning is not None and meaning.action is Action.OPT_OUT


def _first(entry: tuple[str, object]) -> str:
    return entry[0]
