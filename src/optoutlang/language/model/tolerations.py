"""`tolerate` statements: how far a message may differ from an opt-out keyword (docs/language.md §5)."""

from __future__ import annotations

from optoutlang.language.diagnostics import codes
from optoutlang.language.diagnostics.diagnostic import Label
from optoutlang.language.diagnostics.suggest import closest
from optoutlang.language.model.collector import Collector
from optoutlang.language.model.findings import Findings
from optoutlang.language.model.statement import Origin, Toleration
from optoutlang.language.model.withdrawal import Withdrawal
from optoutlang.language.syntax.forms import Form
from optoutlang.language.syntax.tree import Word, WordList
from optoutlang.runtime.terms.action import Action, Tolerance

TOLERANCES = {each.value: each for each in Tolerance}
"""The tolerances by the names that authors write."""


class Tolerations:
    """Reads the `tolerate` statements of one file."""

    def __init__(self, file: int, findings: Findings, collector: Collector) -> None:
        self._file = file
        self._findings = findings
        self._collector = collector

    def read(
        self, item: WordList, action: Action, scopes: tuple[str | None, ...], *, stated: bool
    ) -> None:
        """Take in `tolerate` or `remove tolerate` of a section. `stated` tells that it stands in `language TAG { }`."""
        if action is not Action.OPT_OUT or stated:
            self._misplaced(item, action)
            return
        for index, word in enumerate(item.words):
            tolerance = TOLERANCES.get(word.value)
            if tolerance is None:
                self._unknown(word)
                continue
            for scope in scopes:
                if item.kind is Form.REMOVE_TOLERATE:
                    origin = Origin(self._file, scope, self._findings.place(word.span))
                    name = tolerance.value
                    self._collector.add(Withdrawal(origin, Toleration, action, None, name, name))
                else:
                    self._add(item, index, scope, tolerance)

    def _add(self, item: WordList, index: int, scope: str | None, tolerance: Tolerance) -> None:
        word = item.words[index]
        place = self._findings.place(word.span)
        origin = Origin(self._file, scope, place)
        first = self._collector.add_once(Toleration(origin, tolerance))
        if first is None:
            return
        self._findings.add(
            codes.REPEATED_TOLERANCE,
            f"`{word.value}` are tolerated twice for {scope or 'the base'} in this file",
            place,
            related=(Label(first.place, "stated here first"),),
            help="once is enough",
            fix=self._findings.dropping(item.words, index, item.span),
        )

    def _unknown(self, word: Word) -> None:
        near = closest(word.value, [*TOLERANCES])
        listed = ", ".join(f"`{name}`" for name in TOLERANCES)
        self._findings.add(
            codes.UNKNOWN_TOLERANCE,
            f"`{word.value}` is nothing that can be tolerated",
            self._findings.place(word.span),
            help=f"did you mean `{near}`?" if near else f"it is one of {listed}",
            fix=self._findings.replacing(word, near),
        )

    def _misplaced(self, item: WordList, action: Action) -> None:
        is_out = action is Action.OPT_OUT
        self._findings.add(
            codes.MISPLACED_TOLERANCE,
            "`tolerate` speaks for all languages at once"
            if is_out
            else f"a message that asks for {action.value} must say so exactly",
            self._findings.place(item.span),
            help="write it in an `opt-out` section outside `language`"
            if is_out
            else "`tolerate` stands in an `opt-out` section alone",
        )
