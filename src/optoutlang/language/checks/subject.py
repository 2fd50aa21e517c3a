"""What the checks look at: a ruleset, and what holds in each of its contexts, computed once for all of them."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from optoutlang.language.model.effective import Table, effective_tables
from optoutlang.language.model.layers import Layers, Resolution, Statement
from optoutlang.language.model.ruleset import FillerPhrase, Ruleset


@dataclass(frozen=True, slots=True)
class Subject:
    """A ruleset, its tables and its resolutions; both are by scope, the base's under None."""

    ruleset: Ruleset
    tables: Mapping[str | None, Table]
    resolutions: Mapping[str | None, Mapping[str, Resolution]]

    @property
    def scopes(self) -> tuple[str | None, ...]:
        """Every context: the base, then the countries."""
        return (None, *self.ruleset.countries)

    def contexts(self, scope: str | None) -> tuple[str | None, ...]:
        """Return the contexts in which a statement of a scope counts."""
        return self.scopes if scope is None else (scope,)

    def is_root(self, statement: Statement | FillerPhrase) -> bool:
        """Tell whether a statement stands in the root file: nobody is told about style inside packs."""
        return statement.file == len(self.ruleset.files) - 1

    def resolved(self) -> Iterator[tuple[str | None, Resolution]]:
        """Yield what became of every key: for the base, and for a country where it differs from the base."""
        base = self.resolutions[None]
        for scope, held in self.resolutions.items():
            for key, resolution in held.items():
                if scope is None or resolution is not base.get(key):
                    yield scope, resolution


def subject_of(ruleset: Ruleset) -> Subject:
    """Compute what the checks of a ruleset need."""
    layers = Layers(ruleset)
    scopes: tuple[str | None, ...] = (None, *ruleset.countries)
    resolutions = {scope: layers.resolve(scope) for scope in scopes}
    return Subject(ruleset, effective_tables(ruleset), resolutions)


def named(scope: str | None) -> str:
    """Return ` in MX` for the messages about a country, nothing for the base."""
    return f" in {scope}" if scope else ""
