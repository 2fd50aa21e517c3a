"""The places of a reply for values that are known when it is sent (docs/language.md §6)."""

from __future__ import annotations

from optoutlang.language.model.reply_settings import RuntimeVariable
from optoutlang.language.reference.layers import Table, stronger
from optoutlang.runtime.terms.reply_text import ReplyVariable


def variables(table: Table, reply: str | None) -> tuple[ReplyVariable, ...]:
    """Return the run-time variables whose names stand in a reply in braces, by name."""
    declared = table.ruleset.of(RuntimeVariable)
    named = sorted({each.name for each in declared if f"{{{each.name}}}" in (reply or "")})
    return tuple(ReplyVariable(name, longest(table, name)) for name in named)


def longest(table: Table, name: str) -> int:
    """Return the greatest length of a value: as the strongest file says; of equals that disagree, the greatest."""
    declared = [each for each in table.ruleset.of(RuntimeVariable) if each.name == name]
    return max(
        each.longest
        for each in declared
        if not any(stronger(table.ruleset, other, each) for other in declared)
    )
