"""Everyday answers: the opt-in keywords that people also say to anything else (docs/language.md §5)."""

from __future__ import annotations

from optoutlang.language.model.effective import Table
from optoutlang.language.words.everyday import ANSWER, everyday_keys
from optoutlang.runtime.terms import Action


def everyday_answers(table: Table) -> frozenset[str]:
    """Return the keys of a context's opt-in keywords that are everyday words of a language that claims them."""
    return frozenset(
        key
        for key, keyword in table.keywords.items()
        if keyword.action is Action.OPT_IN
        and any(key in everyday_keys(claim.language, ANSWER) for claim in keyword.claims)
    )
