"""Scans of parts of a stream, put together: what a part counted, as a value that goes from process to process."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, fields
from datetime import date
from typing import TypeVar

from optoutlang.analysis.corpus.frequent import Frequent
from optoutlang.analysis.corpus.scan import LISTED_PROBLEMS, Counts, Hit, Scan
from optoutlang.analysis.corpus.suggested import Suggestions
from optoutlang.analysis.corpus.table import Problem

K = TypeVar("K")


@dataclass(frozen=True, slots=True)
class Part:
    """All that a scan counted, under the names that it has there."""

    messages: int
    weeks: Counter[date]
    asked: Counts[str]
    languages: Counts[str]
    steps: Counts[str]
    weekly: Counts[tuple[date, str]]
    surplus: Counter[str]
    frequent: Frequent[Hit]
    suggestions: Suggestions
    skipped: int
    ignored: Counter[str]
    renamed: Counter[tuple[str, str]]
    problems: list[Problem]

    @classmethod
    def of(cls, scan: Scan) -> Part:
        """Return what a scan counted."""
        return cls(**{each.name: getattr(scan, each.name) for each in fields(cls)})


def add(scan: Scan, part: Part) -> None:
    """Count in what a part counted; parts are added in the order of their rows."""
    scan.messages += part.messages
    scan.skipped += part.skipped
    scan.weeks += part.weeks
    scan.surplus += part.surplus
    scan.ignored += part.ignored
    scan.renamed.update(part.renamed)
    _count_in(scan.asked, part.asked)
    _count_in(scan.languages, part.languages)
    _count_in(scan.steps, part.steps)
    _count_in(scan.weekly, part.weekly)
    scan.frequent.merge(part.frequent)
    scan.suggestions.merge(part.suggestions)
    scan.problems = [*scan.problems, *part.problems][:LISTED_PROBLEMS]


def _count_in(counts: Counts[K], part: Counts[K]) -> None:
    counts.hits += part.hits
    counts.missed += part.missed
