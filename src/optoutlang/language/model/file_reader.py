"""One file's tree to statements of the model: blocks become scopes and languages."""

from __future__ import annotations

from collections.abc import Iterator

from optoutlang.language.diagnostics import codes
from optoutlang.language.diagnostics.suggest import closest
from optoutlang.language.model.class_reader import ClassReader
from optoutlang.language.model.collector import Collector
from optoutlang.language.model.findings import Findings
from optoutlang.language.model.frame_reader import FrameReader
from optoutlang.language.model.names import read_country, read_language, read_list
from optoutlang.language.model.preferences import BASE_LANGUAGE, Preferences
from optoutlang.language.model.reply_limits import ReplyLimits
from optoutlang.language.model.ruleset import Example
from optoutlang.language.model.runtime_variables import RuntimeVariables
from optoutlang.language.model.section_reader import SectionReader
from optoutlang.language.model.statement import FillerPhrase, Ignoring, Origin
from optoutlang.language.model.suggestions import Suggestions
from optoutlang.language.model.topic_reader import TopicReader
from optoutlang.language.model.variables import Variables
from optoutlang.language.model.withdrawal import Withdrawal
from optoutlang.language.syntax.forms import Form
from optoutlang.language.syntax.tree import (
    Allow,
    AnswerBlock,
    CountryBlock,
    File,
    LanguageBlock,
    Limit,
    Section,
    Test,
    TestCase,
    TopicBlock,
    WordList,
)
from optoutlang.runtime.canonical import tokens

EVERYDAY_WORDS = "everyday-words"
"""What `ignore` may name."""


class FileReader:
    """Reads one file into the statements of the whole ruleset."""

    def __init__(
        self,
        *,
        file: int,
        preferences: Preferences,
        variables: Variables,
        runtime: RuntimeVariables,
        classes: ClassReader,
        findings: Findings,
        collector: Collector,
    ) -> None:
        self._file = file
        self._preferences = preferences
        self._variables = variables
        self._findings = findings
        self._collector = collector
        self._classes = classes
        frames = FrameReader(file, variables, classes, findings, collector)
        self._sections = SectionReader(file, variables, runtime, frames, findings, collector)
        self._topics = TopicReader(file, self._sections, findings, collector)
        self._suggestions = Suggestions(file, findings, collector)
        self._limits = ReplyLimits(file, findings, collector)

    def read(self, tree: File) -> frozenset[str]:
        """Read every statement; return the countries that the file names."""
        countries: set[str] = set()
        self._classes.read(self._file, tree, self._findings)
        self._topics.know(tree)
        for statement in tree.statements:
            match statement:
                case Section() | AnswerBlock() | TopicBlock():
                    self._section(statement, (None,))
                case LanguageBlock():
                    self._language(statement, (None,))
                case WordList(kind=Form.FILLER | Form.REMOVE_FILLER):
                    self._filler(statement, (None,))
                case WordList(kind=Form.SUGGEST):
                    self._suggestions.read(statement, (None,))
                case Limit():
                    self._limits.read(statement, (None,))
                case WordList(kind=Form.IGNORE):
                    self._ignore(statement)
                case CountryBlock():
                    countries |= set(self._country(statement))
        self._sections.finish()
        return frozenset(countries)

    def _country(self, block: CountryBlock) -> tuple[str, ...]:
        scopes = read_list(block.codes, self._findings, countries=True)
        for item in block.items:
            match item:
                case Section() | AnswerBlock() | TopicBlock():
                    self._section(item, scopes)
                case LanguageBlock():
                    self._language(item, scopes)
                case WordList(kind=Form.FILLER | Form.REMOVE_FILLER):
                    self._filler(item, scopes)
                case WordList(kind=Form.SUGGEST):
                    self._suggestions.read(item, scopes)
                case Limit():
                    self._limits.read(item, scopes)
        return scopes

    def _section(
        self, section: Section | AnswerBlock | TopicBlock, scopes: tuple[str | None, ...]
    ) -> None:
        """Read a section, once for each language that it speaks; for wrong countries, only to find what is wrong."""
        spoken: dict[str, list[str | None]] = {}
        for scope in scopes:
            language = self._preferences.section_language(self._file, scope)
            spoken.setdefault(language, []).append(scope)
        for language, those in (spoken or {BASE_LANGUAGE: []}).items():
            self._read(section, tuple(those), language, stated=False)

    def _language(self, block: LanguageBlock, scopes: tuple[str | None, ...]) -> None:
        language = read_language(block.tag, self._findings)
        if language is not None:
            for section in block.items:
                if not isinstance(section, Allow):
                    self._read(section, scopes, language, stated=True)

    def _read(
        self,
        section: Section | AnswerBlock | TopicBlock,
        scopes: tuple[str | None, ...],
        language: str,
        *,
        stated: bool,
    ) -> None:
        if isinstance(section, AnswerBlock):
            self._sections.read_answer(section, scopes, language)
        elif isinstance(section, TopicBlock):
            self._topics.read(section, scopes, language)
        else:
            self._sections.read(section, scopes, language, stated=stated)

    def _ignore(self, statement: WordList) -> None:
        for word in statement.words:
            place = self._findings.place(word.span)
            if word.value == EVERYDAY_WORDS:
                self._collector.add_once(Ignoring(Origin(self._file, None, place)))
                continue
            near = closest(word.value, [EVERYDAY_WORDS])
            self._findings.add(
                codes.UNKNOWN_IGNORED,
                f"`{word.value}` is nothing that can be ignored",
                place,
                help=f"did you mean `{near}`?" if near else f"write `{EVERYDAY_WORDS}`",
                fix=self._findings.replacing(word, near),
            )

    def _filler(self, filler: WordList, scopes: tuple[str | None, ...]) -> None:
        seen: set[tuple[str, ...]] = set()
        for index, word in enumerate(filler.words):
            row = tokens(word.value)
            place = self._findings.place(word.span)
            if not row:
                self._findings.add(
                    codes.EMPTY_FILLER,
                    f"`{word.value}` has no letter, digit or symbol",
                    place,
                    help="take it out: punctuation never counts",
                )
            elif row in seen:
                self._findings.add(
                    codes.REPEATED_FILLER,
                    f"`{word.value}` stands twice in this list",
                    place,
                    fix=self._findings.dropping(filler.words, index, filler.span),
                )
            else:
                seen.add(row)
                for scope in scopes:
                    origin = Origin(self._file, scope, place)
                    self._collector.add(
                        FillerPhrase(origin, word.value, row)
                        if filler.kind is Form.FILLER
                        else Withdrawal(origin, FillerPhrase, None, None, word.value, " ".join(row))
                    )

    def examples(self, tree: File) -> Iterator[Example]:
        """Yield the cases of the file's tests; only those of a root file count."""
        for statement in tree.statements:
            if isinstance(statement, Test):
                yield from self._test(statement)

    def _test(self, test: Test) -> Iterator[Example]:
        if not test.cases:
            self._findings.add(
                codes.EMPTY_TEST,
                f"test `{test.name.value}` has no case",
                self._findings.place(test.name.span),
                help='write a case, `"message" -> action`, or delete the block',
            )
        for case in test.cases:
            yield self._example(test.name.value, case)

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
            answer=case.answer.value if case.answer else None,
            button=case.button,
            topic=case.topic.value if case.topic else None,
        )
