"""A definition: what is measured, the counts that are right, and the goals (`definitions.toml`)."""

from __future__ import annotations

import tomllib
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from types import MappingProxyType

FILE = Path(__file__).parent / "definitions.toml"


@dataclass(frozen=True, slots=True)
class Goal:
    """The ratio that must be kept, and the one that is wished for; `higher` if more is better."""

    bar: float
    stretch: float | None = None
    higher: bool = False

    def verdict(self, value: float) -> str:
        """Return how a value stands to the goal: `stretch`, `kept` or `missed`."""
        if self.stretch is not None and self._reaches(value, self.stretch):
            return "stretch"
        return "kept" if self._reaches(value, self.bar) else "missed"

    def _reaches(self, value: float, wanted: float) -> bool:
        return value >= wanted if self.higher else value <= wanted


@dataclass(frozen=True, slots=True)
class Definition:
    """One thing that is measured.

    `kind` is the module of `kinds/` that measures it. `counts` and `goals` are
    by contestant; a contestant without a count has none that could be wrong.
    `quick_size` is the size in `make bench-quick`, where 0 leaves it out. One
    that is `apart` is run only when it is named.
    """

    name: str
    kind: str
    section: str
    title: str
    rules: str = ""
    haystack: str = ""
    country: str | None = None
    size: int = 0
    quick_size: int = 0
    repeats: int = 9
    apart: bool = False
    counts: Mapping[str, int] = field(default_factory=lambda: MappingProxyType({}))
    goals: Mapping[str, Goal] = field(default_factory=lambda: MappingProxyType({}))


@dataclass(frozen=True, slots=True)
class Section:
    """A section of the page: its heading, and what is said of its measurements."""

    name: str
    heading: str
    prose: str
    note: str = ""


@dataclass(frozen=True, slots=True)
class Definitions:
    """All sections and definitions, in their order."""

    sections: Sequence[Section]
    all: Sequence[Definition]

    def of(self, section: Section) -> Iterator[Definition]:
        """Yield the definitions of a section."""
        return (each for each in self.all if each.section == section.name)


def definitions() -> Definitions:
    """Return what `definitions.toml` says.

    Raises:
        ValueError: two definitions have one name, or a section is not there.
    """
    content = tomllib.loads(FILE.read_text("utf-8"))
    sections = tuple(Section(**each) for each in content["section"])
    defined = tuple(_definition(each) for each in content["measure"])
    names = [each.name for each in defined]
    if len(set(names)) < len(names):
        raise ValueError("two definitions have one name")
    unknown = {each.section for each in defined} - {each.name for each in sections}
    if unknown:
        raise ValueError(f"no such section: {', '.join(sorted(unknown))}")
    return Definitions(sections, defined)


def _definition(row: dict[str, object]) -> Definition:
    goals = row.pop("goals", {})
    assert isinstance(goals, dict)  # noqa: S101
    made = {name: Goal(**goal) for name, goal in goals.items()}
    return Definition(**row, goals=made)  # type: ignore[arg-type]  # a wrong type shows at once


def title(definition: Definition) -> str:
    """Return a definition's title, with its size filled in."""
    return definition.title.replace("{size}", f"{definition.size:,}")
