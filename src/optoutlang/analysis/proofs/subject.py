"""What is asked about: a program, the matcher that it makes, and the model where the source is at hand."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from functools import cached_property, lru_cache

from optoutlang.language.compiler.from_model import from_model
from optoutlang.language.model.ruleset import Ruleset
from optoutlang.runtime.matcher.matcher import Matcher
from optoutlang.runtime.program.program import Context, Meaning, Program
from optoutlang.runtime.terms.action import Action, Tolerance
from optoutlang.runtime.terms.country import COUNTRIES

NOTHING = Context()

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

    @property
    def is_large(self) -> bool:
        """Whether the base has so many rows of tokens that compiling them again and again takes minutes."""
        base = self.program.base
        return len(base.phrases) + len(base.sentences) > LARGE

    def light(self) -> Subject:
        """Return the subject itself if it is small, else the same rules without the base's phrases and sentences."""
        if not self.is_large:
            return self
        ruleset = self.source
        kept = {
            name: tuple(each for each in getattr(ruleset, name) if each.scope is not None)
            for name in ("phrases", "sentences", "exceptions")
        }
        return Subject.of(replace(ruleset, **kept), compiler=self.compiler)

    @property
    def scopes(self) -> tuple[str | None, ...]:
        """The base, under None, and the countries that the rules name."""
        return (None, *sorted(self.program.countries))

    @property
    def languages(self) -> tuple[str, ...]:
        """Every language tag that the rules know, sorted."""
        contexts = (self.program.base, *self.program.countries.values())
        return tuple(sorted({tag for each in contexts for tag in each.languages}))

    @property
    def source(self) -> Ruleset:
        """The model, for properties that need the source.

        Raises:
            ValueError: there is none.
        """
        if self.ruleset is None:
            raise ValueError("an artefact has no source")
        return self.ruleset

    def own(self, country: str | None) -> Context:
        """Return what a country changes; nothing for the base and a country that no file names."""
        return NOTHING if country is None else self.program.countries.get(country, NOTHING)

    def keywords(self, country: str | None) -> Mapping[str, Meaning]:
        """Return what each key means for messages from a country."""
        merged = {**self.program.base.keywords, **self.own(country).keywords}
        return {key: meaning for key, meaning in merged.items() if meaning is not None}

    def sentences(self, country: str | None) -> Mapping[str, tuple[Meaning, ...]]:
        """Return what each row of tokens means as a sentence for messages from a country."""
        merged = {**self.program.base.sentences, **self.own(country).sentences}
        return {text: meanings for text, meanings in merged.items() if meanings}

    def phrases(self, country: str | None) -> Mapping[str, tuple[Meaning, ...]]:
        """Return what each row of tokens means as a phrase for messages from a country."""
        merged = {**self.program.base.phrases, **self.own(country).phrases}
        return {text: meanings for text, meanings in merged.items() if meanings}

    def exceptions(self, country: str | None) -> Mapping[str, tuple[Meaning, ...]]:
        """Return the rows of tokens that are exceptions for messages from a country."""
        merged = {**self.program.base.exceptions, **self.own(country).exceptions}
        return {text: meanings for text, meanings in merged.items() if meanings}

    def fillers(self, country: str | None) -> tuple[str, ...]:
        """Return the filler of messages from a country, as canonical texts."""
        return (*self.program.base.fillers, *self.own(country).fillers)

    def tolerances(self, country: str | None) -> frozenset[Tolerance]:
        """Return what may pass for an opt-out keyword in messages from a country."""
        return self.program.base.tolerances | self.own(country).tolerances

    def slips(self, country: str | None) -> Mapping[str, frozenset[str]]:
        """Return, for each opt-out keyword of messages from a country, its typos, if they count there."""
        if Tolerance.TYPOS not in self.tolerances(country):
            return {}
        own = self.own(country)
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

    def groups(self) -> tuple[tuple[str | None, ...], ...]:
        """Return the scopes, those together in which every message means the same action for the same rule."""
        found: dict[object, list[str | None]] = {}
        for scope in self.scopes:
            own = self.own(scope)
            tables = (own.keywords, own.sentences, own.phrases, own.exceptions)
            decides = (*(tuple(sorted(each.items(), key=_first)) for each in tables), own.fillers)
            found.setdefault((decides, own.tolerances), []).append(scope)
        return tuple(map(tuple, found.values()))


@lru_cache(maxsize=1 << 14)
def _shared(slips: frozenset[str]) -> frozenset[str]:
    """Return equal sets as one, so that the typos of two programs are compared in a moment."""
    return slips


def _is_opt_out(meaning: Meaning | None) -> bool:
    return meaning is not None and meaning.action is Action.OPT_OUT


def _first(entry: tuple[str, object]) -> str:
    return entry[0]
