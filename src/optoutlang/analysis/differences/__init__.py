"""Differences in meaning between two rulesets, as `optout diff` shows them (docs/reviewing-changes.md)."""

from __future__ import annotations

from optoutlang.analysis.differences.change import Change, Difference, Kind
from optoutlang.analysis.differences.difference import diff

__all__ = ["Change", "Difference", "Kind", "diff"]
