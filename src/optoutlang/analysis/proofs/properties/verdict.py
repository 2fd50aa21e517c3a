"""The verdict on a property: whether it holds, how that was settled, and a message that shows it if not.

Three words are kept apart. *By construction*: the code has no way to break it,
for the reason given. *Enumerated*: every case was tried. *Sampled*: some were,
and sampling is no proof.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from enum import Enum

from optoutlang.analysis.proofs.subject import Subject


class Settled(Enum):
    """How something was settled."""

    BY_CONSTRUCTION = "by construction"
    ENUMERATED = "enumerated"
    SAMPLED = "sampled"


@dataclass(frozen=True, slots=True)
class Ground:
    """One reason to believe a property: how it was settled, what was tried or why nothing need be, and how many cases.

    `cases` is None where something holds by construction and has no number.
    """

    settled: Settled
    text: str
    cases: int | None = None

    def __post_init__(self) -> None:
        if self.cases is None and self.settled is not Settled.BY_CONSTRUCTION:
            raise ValueError(f"{self.settled.value}, but not how many: {self.text}")


@dataclass(frozen=True, slots=True)
class Witness:
    """What shows that a property does not hold: a shortest message and its context, and what is wrong about it.

    `message` is None where no message is concerned, as when a table differs.
    """

    wrong: str
    message: str | None = None
    country: str | None = None
    language: str | None = None


@dataclass(frozen=True, slots=True)
class Verdict:
    """What was found: the grounds, a witness if the property does not hold, and rows for who wants all of it."""

    grounds: tuple[Ground, ...]
    witness: Witness | None = None
    details: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Property:
    """A property by name, what it states in plain words, and the function that settles it.

    `needs_source` tells that an artefact alone cannot answer.
    """

    name: str
    statement: str
    settle: Callable[[Subject], Verdict]
    needs_source: bool = False


def by_construction(text: str, cases: int | None = None) -> Ground:
    """Return a ground that the code itself gives."""
    return Ground(Settled.BY_CONSTRUCTION, text, cases)


def enumerated(cases: int, text: str) -> Ground:
    """Return a ground of which every case was tried."""
    return Ground(Settled.ENUMERATED, text, cases)


def sampled(cases: int, text: str) -> Ground:
    """Return a ground of which some cases were tried."""
    return Ground(Settled.SAMPLED, text, cases)
