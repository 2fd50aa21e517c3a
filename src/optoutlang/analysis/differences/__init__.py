"""How two rulesets differ in meaning: what `optout diff` tells (docs/reviewing-changes.md)."""

from __future__ import annotations

from optoutlang.analysis.differences.change import Change, Difference, Kind
from optoutlang.analysis.differences.difference import diff

__all__ = ["Change", "Difference", "Kind", "diff"]
