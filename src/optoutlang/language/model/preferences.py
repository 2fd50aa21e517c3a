"""`prefer` statements, and the language that a section outside `language { }` speaks (docs/language.md §4)."""

from __future__ import annotations

from collections.abc import Iterator

from optoutlang.language.diagnostics import codes
from optoutlang.language.diagnostics.diagnostic import Label
from optoutlang.language.model.collector import Collector
from optoutlang.language.model.findings import Findings
from optoutlang.language.model.names import read_list
from optoutlang.language.model.ruleset import SourceFile
from optoutlang.language.model.statement import Origin, Preference
from optoutlang.language.syntax.forms import Form
from optoutlang.language.syntax.tree import CountryBlock, File, Word, WordList

BASE_LANGUAGE = "en"
"""The base language of a file that states none."""


class Preferences:
    """The preferences of all files read so far; files are read weakest first."""

    def __init__(self, files: tuple[SourceFile, ...], collector: Collector) -> None:
        self._files = files
        self._collector = collector

    def read(self, file: int, tree: File, findings: Findings) -> None:
        """Take in the preferences of a file; a second one of one scope is an error."""
        for codes_written, statement in _statements(tree):
            tags = read_list(statement.words, findings, countries=False)
            place = findings.place(statement.span)
            for scope in _scopes(codes_written):
                first = self._collector.stated(Preference, file, scope)
                if first is not None:
                    findings.add(
                        codes.REPEATED_PREFERENCE,
                        f"`prefer` stands twice for {scope or 'the base'} in this file",
                        place,
                        related=(Label(first.place, "stated here first"),),
                        help="write one list, the first choice first",
                    )
                elif tags:
                    self._collector.add_once(Preference(Origin(file, scope, place), tags))

    def section_language(self, file: int, scope: str | None) -> str:
        """Return the language that a section of a scope speaks outside `language { }`."""
        own = self._files[file]
        if scope is None:
            return own.language
        stated = self._collector.stated(Preference, file, scope)
        if stated is not None:
            return stated.tags[0]
        weaker = (self._collector.stated(Preference, each, scope) for each in own.weaker)
        inherited = [each for each in weaker if each is not None]
        strongest = [
            each
            for each in inherited
            if not any(each.file in self._files[other.file].weaker for other in inherited)
        ]
        first = min(strongest, key=lambda each: each.place.sort_key, default=None)
        return own.language if first is None else first.tags[0]


def _statements(tree: File) -> Iterator[tuple[tuple[Word, ...] | None, WordList]]:
    for statement in tree.statements:
        match statement:
            case WordList(kind=Form.PREFER):
                yield None, statement
            case CountryBlock(items=items):
                for item in items:
                    if isinstance(item, WordList) and item.kind is Form.PREFER:
                        yield statement.codes, item


def _scopes(words: tuple[Word, ...] | None) -> tuple[str | None, ...]:
    """Return the scopes that a country list names; wrong codes are reported where the block is read."""
    if words is None:
        return (None,)
    return tuple(dict.fromkeys(word.value.upper() for word in words))
