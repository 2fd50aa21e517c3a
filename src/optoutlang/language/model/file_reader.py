"""One file's tree to statements of the model: blocks become scopes and languages."""

from __future__ import annotations

from optoutlang.language.diagnostics import codes
from optoutlang.language.model.findings import Findings
from optoutlang.language.model.names import read_country, read_language, read_list
from optoutlang.language.model.preferences import BASE_LANGUAGE, Preferences
from optoutlang.language.model.ruleset import Example, FillerPhrase
from optoutlang.language.model.section_reader import SectionReader
from optoutlang.language.model.statements import Statements
from optoutlang.language.model.suggestions import Suggestions
from optoutlang.language.model.variables import Variables
from optoutlang.language.syntax.tree import (
    CountryBlock,
    File,
    Filler,
    LanguageBlock,
    Section,
    Suggest,
    Test,
    TestCase,
)
from optoutlang.runtime.canonical import tokens


class FileReader:
    """Reads one file into the statements of the whole ruleset."""

    def __init__(
        self,
        *,
        file: int,
        preferences: Preferences,
        variables: Variables,
        findings: Findings,
        statements: Statements,
    ) -> None:
        self._file = file
        self._preferences = preferences
        self._variables = variables
        self._findings = findings
        self._statements = statements
        self._sections = SectionReader(file, variables, findings, statements)
        self._suggestions = Suggestions(file, findings, statements)

    def read(self, tree: File, *, is_root: bool) -> frozenset[str]:
        """Read every statement (tests only of the root file); return the countries that it names."""
        countries: set[str] = set()
        for statement in tree.statements:
            match statement:
                case Section():
                    self._section(statement, (None,))
                case LanguageBlock():
                    self._language(statement, (None,))
                case Filler():
                    self._filler(statement, (None,))
                case Suggest():
                    self._suggestions.read(statement, (None,))
                case CountryBlock():
                    countries |= set(self._country(statement))
                case Test() if is_root:
                    self._test(statement)
        self._sections.finish()
        return frozenset(countries)

    def _country(self, block: CountryBlock) -> tuple[str, ...]:
        scopes = read_list(block.codes, self._findings, countries=True)
        for item in block.items:
            match item:
                case Section():
                    self._section(item, scopes)
                case LanguageBlock():
                    self._language(item, scopes)
                case Filler():
                    self._filler(item, scopes)
                case Suggest():
                    self._suggestions.read(item, scopes)
        return scopes

    def _section(self, section: Section, scopes: tuple[str | None, ...]) -> None:
        """Read a section, once for each language that it speaks; for wrong countries, only to find what is wrong."""
        spoken: dict[str, list[str | None]] = {}
        for scope in scopes:
            language = self._preferences.section_language(self._file, scope)
            spoken.setdefault(language, []).append(scope)
        for language, those in (spoken or {BASE_LANGUAGE: []}).items():
            self._sections.read(section, tuple(those), language, stated=False)

    def _language(self, block: LanguageBlock, scopes: tuple[str | None, ...]) -> None:
        language = read_language(block.tag, self._findings)
        if language is not None:
            for section in block.items:
                self._sections.read(section, scopes, language, stated=True)

    def _filler(self, filler: Filler, scopes: tuple[str | None, ...]) -> None:
        seen: set[tuple[str, ...]] = set()
        for index, word in enumerate(filler.words):
            held = tokens(word.value)
            place = self._findings.place(word.span)
            if not held:
                self._findings.add(
                    codes.EMPTY_FILLER,
                    f"`{word.value}` has no letter, digit or symbol",
                    place,
                    cure="take it out: punctuation never counts",
                )
            elif held in seen:
                self._findings.add(
                    codes.REPEATED_FILLER,
                    f"`{word.value}` stands twice in this list",
                    place,
                    fix=self._findings.dropping(filler.words, index, filler.span),
                )
            else:
                seen.add(held)
                self._statements.fillers += [
                    FillerPhrase(self._file, scope, word.value, held, place) for scope in scopes
                ]

    def _test(self, test: Test) -> None:
        if not test.cases:
            self._findings.add(
                codes.EMPTY_TEST,
                f"test `{test.name.value}` has no case",
                self._findings.place(test.name.span),
                cure='write a case, `"message" -> action`, or delete the block',
            )
        for case in test.cases:
            self._statements.examples.append(self._example(test.name.value, case))

    def _example(self, name: str, case: TestCase) -> Example:
        country = read_country(case.country, self._findings) if case.country else None
        prefer = read_language(case.prefer, self._findings) if case.prefer else None
        language = read_language(case.language, self._findings) if case.language else None
        reply = None
        if case.reply is not None and case.reply.text is not None:
            reply = self._variables.substitute(case.reply.text, self._file, self._findings)
        return Example(
            test=name,
            message=case.message.value,
            country=country,
            prefer=prefer,
            action=case.action,
            language=language,
            states_reply=case.reply is not None,
            reply=reply,
            place=self._findings.place(case.span),
            suggested=case.suggested,
        )
