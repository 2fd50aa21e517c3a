"""The rest of a message's sentence, which a sentence of the rules may leave open (docs/language.md §5.10)."""

from __future__ import annotations

from enum import Enum


class Rest(Enum):
    """Where a sentence of the rules is open: nowhere, before its words (it ends so), or behind them (it begins so)."""

    NONE = "none"
    BEFORE = "before"
    BEHIND = "behind"

    __hash__ = object.__hash__  # as for Action
