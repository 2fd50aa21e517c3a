"""Questions about whole rulesets, answered exactly: what is proved of one, and how two differ."""

from __future__ import annotations

from optoutlang.analysis.change import Change, Difference, Kind
from optoutlang.analysis.difference import diff

__all__ = ["Change", "Difference", "Kind", "diff"]
