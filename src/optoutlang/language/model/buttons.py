"""`buttons` statements: the payloads of buttons, exact and apart from all text (docs/language.md §5.37)."""

from __future__ import annotations

from optoutlang.language.diagnostics import codes
from optoutlang.language.diagnostics.diagnostic import Label
from optoutlang.language.model.button import Button
from optoutlang.language.model.collector import Collector
from optoutlang.language.model.findings import Findings
from optoutlang.language.model.statement import Origin
from optoutlang.language.syntax.tree import Word, WordList
from optoutlang.runtime.program import LONGEST_PAYLOAD
from optoutlang.runtime.terms.action import Action


class Buttons:
    """Reads the `buttons` statements of one file."""

    def __init__(self, file: int, findings: Findings, collector: Collector) -> None:
        self._file = file
        self._findings = findings
        self._collector = collector

    def read(
        self,
        item: WordList,
        action: Action,
        scopes: tuple[str | None, ...],
        language: str,
        *,
        answer: str = "",
        topic: str = "",
    ) -> None:
        """Take in a statement for some scopes; a payload that a language of its file has already is reported."""
        for index, word in enumerate(item.words):
            if not self._is_payload(word):
                continue
            place = self._findings.place(word.span)
            for scope in scopes:
                button = Button(
                    Origin(self._file, scope, place), action, language, word.value, answer, topic
                )
                first = self._collector.add_once(button)
                if first is not None and first.asks != button.asks:
                    self._collector.add(button)  # two actions of one payload: a check says so
                elif first is not None:
                    self._findings.add(
                        codes.REPEATED_BUTTON,
                        f"button `{word.value}` is listed already",
                        place,
                        related=(Label(first.place, "listed here first"),),
                        fix=self._findings.dropping(item.words, index, item.span),
                    )

    def _is_payload(self, word: Word) -> bool:
        length = len(word.value.encode())
        if 1 <= length <= LONGEST_PAYLOAD:
            return True
        self._findings.add(
            codes.INVALID_PAYLOAD,
            f"a payload has 1 to {LONGEST_PAYLOAD:,} bytes, and this one {length:,}",
            self._findings.place(word.span),
            help="write what the provider sends with the button, to the letter",
        )
        return False
