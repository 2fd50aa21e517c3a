"""What becomes of mutants, and what survivors.toml says of those that live."""

from __future__ import annotations

import tomllib
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from tests.mutation.plan import HERE, SOURCE

COLUMNS = ("killed", "same", "left", "unexplained")


@dataclass(frozen=True, slots=True)
class Verdict:
    """What became of a mutant of a source file."""

    path: Path
    change: str
    is_alive: bool
    is_imported: bool

    @property
    def module(self) -> str:
        """Return the path below src/optoutlang."""
        return self.path.relative_to(SOURCE).as_posix()


@dataclass(frozen=True, slots=True)
class Reasons:
    """What survivors.toml says: changes that mean the same as the original, and those left for a reason."""

    same: frozenset[tuple[str, str]]
    left: frozenset[tuple[str, str]]

    @classmethod
    def read(cls) -> Reasons:
        table = tomllib.loads((HERE / "survivors.toml").read_text("utf-8"))
        kinds = (
            frozenset((each["module"], each["change"].strip()) for each in table.get(kind, ()))
            for kind in ("same", "left")
        )
        return cls(*kinds)

    def column(self, verdict: Verdict) -> str:
        """Return in which column of the table a mutant counts."""
        if not verdict.is_alive:
            return "killed"
        mutant = verdict.module, verdict.change
        return "same" if mutant in self.same else "left" if mutant in self.left else "unexplained"

    def counts(self, found: Sequence[Verdict]) -> list[int]:
        """Return how many mutants stand in each column."""
        columns = [self.column(verdict) for verdict in found]
        return [columns.count(each) for each in COLUMNS]

    def table(self, found: Sequence[Verdict]) -> Iterator[str]:
        """Yield a line for each module: how many mutants, and what became of them."""
        for module in dict.fromkeys(verdict.module for verdict in found):
            here = [verdict for verdict in found if verdict.module == module]
            imported = sum(verdict.is_imported for verdict in here)
            columns = zip(self.counts(here), COLUMNS, strict=True)
            counts = "".join(f", {count:>4} {column}" for count, column in columns)
            yield f"{module:28} {len(here):>4} mutants ({imported:>4} imported){counts}"
