"""`limit replies to N`: how long the replies of a scope may be (docs/language.md §6)."""

from __future__ import annotations

from optoutlang.language.diagnostics import codes
from optoutlang.language.diagnostics.diagnostic import Label
from optoutlang.language.model.collector import Collector
from optoutlang.language.model.findings import Findings
from optoutlang.language.model.layers import strongest
from optoutlang.language.model.numbers import read_number
from optoutlang.language.model.reply_settings import ReplyLimit
from optoutlang.language.model.ruleset import Ruleset
from optoutlang.language.model.statement import Origin
from optoutlang.language.syntax.tree import Limit
from optoutlang.runtime.program import GREATEST_REPLY_LIMIT


class ReplyLimits:
    """Reads the `limit` statements of one file."""

    def __init__(self, file: int, findings: Findings, collector: Collector) -> None:
        self._file = file
        self._findings = findings
        self._collector = collector

    def read(self, statement: Limit, scopes: tuple[str | None, ...]) -> None:
        """Take in a statement for some scopes; a second one of one scope is an error."""
        most = read_number(statement.most, GREATEST_REPLY_LIMIT, self._findings)
        place = self._findings.place(statement.span)
        for scope in scopes:
            first = self._collector.stated(ReplyLimit, self._file, scope)
            if first is not None:
                self._findings.add(
                    codes.REPEATED_LIMIT,
                    f"`limit replies` stands twice for {scope or 'the base'} in this file",
                    place,
                    related=(Label(first.place, "stated here first"),),
                    help="keep one of the two",
                )
            elif most is not None:
                self._collector.add_once(ReplyLimit(Origin(self._file, scope, place), most))


def limit_in(ruleset: Ruleset, scope: str | None) -> ReplyLimit | None:
    """Return the limit that holds in a context, None where no file states one.

    The country's goes before the base's, and of those of one scope the strongest file's; of equally strong
    ones the lowest, which keeps to both.
    """
    for level in dict.fromkeys((scope, None)):
        stated = [each for each in ruleset.of(ReplyLimit) if each.scope == level]
        if stated:
            return min(strongest(ruleset, stated), key=lambda each: each.most)
    return None
