"""Differences in meaning between two rulesets, as `optout diff` shows them (docs/reviewing-changes.md)."""

from __future__ import annotations

from optoutlang.analysis.differences.change import Change, Difference, Kind
from optoutlang.analysis.differences.difference import diff
from optoutlang.analysis.differences.statements import StatementChange, Turn, statement_changes

__all__ = [
    "Change",
    "Difference",
    "Kind",
    "StatementChange",
    "Turn",
    "diff",
    "statement_changes",
]
