"""Settles each property of the registry for a ruleset, one after the other."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from optoutlang.analysis.proofs.properties.registry import ALL
from optoutlang.analysis.proofs.properties.verdict import Property, Verdict
from optoutlang.analysis.proofs.subject import Subject


@dataclass(frozen=True, slots=True)
class Finding:
    """A property and what was found; `verdict` is None where it was not asked, for want of the source."""

    stated: Property
    verdict: Verdict | None

    @property
    def holds(self) -> bool:
        """Whether nothing is known against the property."""
        return self.verdict is None or self.verdict.witness is None


def prove(subject: Subject, properties: tuple[Property, ...] = ALL) -> Iterator[Finding]:
    """Yield a finding for each property, as soon as it is settled."""
    for each in properties:
        asked = subject.ruleset is not None or not each.needs_source
        yield Finding(each, each.settle(subject) if asked else None)
