"""`prefer` statements, and the language that a section outside `language { }` speaks (docs/language.md §4)."""

from __future__ import annotations

from collections.abc import Iterator

from optoutlang.language.diagnostics import codes
from optoutlang.language.diagnostics.diagnostic import Label
from optoutlang.language.model.findings import Findings
from optoutlang.language.model.names import read_list
from optoutlang.language.model.ruleset import Preference, SourceFile
from optoutlang.language.syntax.tree import CountryBlock, File, Prefer, Word

BASE_LANGUAGE = "en"
"""The base language of a file that states none."""


class Preferences:
    """The preferences of all files read so far; files are read weakest first."""

    def __init__(self, files: tuple[SourceFile, ...]) -> None:
        self._files = files
        self._held: dict[tuple[int, str | None], Preference] = {}

    @property
    def stated(self) -> tuple[Preference, ...]:
        """All preferences, in order of file, then place."""
        return tuple(sorted(self._held.values(), key=lambda each: (each.file, each.place.sort_key)))

    def read(self, file: int, tree: File, findings: Findings) -> None:
        """Take in the preferences of a file; a second one of one scope is an error."""
        for codes_written, statement in _statements(tree):
            tags = read_list(statement.tags, findings, countries=False)
            place = findings.place(statement.span)
            for scope in _scopes(codes_written):
                held = self._held.get((file, scope))
                if held is not None:
                    findings.add(
                        codes.REPEATED_PREFERENCE,
                        f"`prefer` stands twice for {scope or 'the base'} in this file",
                        place,
                        related=(Label(held.place, "stated here first"),),
                        cure="write one list, the first choice first",
                    )
                elif tags:
                    self._held[file, scope] = Preference(file, scope, tags, place)

    def section_language(self, file: int, scope: str | None) -> str:
        """Return the language that a section of a scope speaks outside `language { }`."""
        own = self._files[file]
        if scope is None:
            return own.language
        if (file, scope) in self._held:
            return self._held[file, scope].tags[0]
        inherited = [each for each in own.weaker if (each, scope) in self._held]
        top = [
            each
            for each in inherited
            if not any(each in self._files[other].weaker for other in inherited)
        ]
        if not top:
            return own.language
        chosen = min(top, key=lambda each: self._held[each, scope].place.sort_key)
        return self._held[chosen, scope].tags[0]


def _statements(tree: File) -> Iterator[tuple[tuple[Word, ...] | None, Prefer]]:
    for statement in tree.statements:
        if isinstance(statement, Prefer):
            yield None, statement
        elif isinstance(statement, CountryBlock):
            for item in statement.items:
                if isinstance(item, Prefer):
                    yield statement.codes, item


def _scopes(words: tuple[Word, ...] | None) -> tuple[str | None, ...]:
    """Return the scopes that a country list names; wrong codes are reported where the block is read."""
    if words is None:
        return (None,)
    return tuple(dict.fromkeys(word.value.upper() for word in words))
