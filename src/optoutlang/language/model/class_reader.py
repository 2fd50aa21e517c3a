"""`class` and `guard` statements of all files, from the weakest to the strongest (docs/language.md §5.24, §5.26)."""

from __future__ import annotations

from optoutlang.language.diagnostics import codes
from optoutlang.language.diagnostics.diagnostic import Label
from optoutlang.language.model.collector import Collector
from optoutlang.language.model.definitions import Definitions
from optoutlang.language.model.findings import Findings
from optoutlang.language.model.frame_text import MalformedFrameError, plain_member, read_member
from optoutlang.language.model.members import (
    MAX_CLASS_TEXTS,
    UnfitMemberError,
    classes_in,
    texts_of,
)
from optoutlang.language.model.pattern import ClassName, Pattern
from optoutlang.language.model.phrase_text import MalformedPhraseError
from optoutlang.language.model.statement import Guard, Origin, WordClass
from optoutlang.language.model.variables import Variables
from optoutlang.language.source.place import Place
from optoutlang.language.syntax.tree import ClassStatement, File, GuardStatement, Word

MAX_DISTANCE = 20
"""How many words far a guard may look."""

_Members = list[tuple[Word, Pattern]]


class ClassReader:
    """Reads the classes and guards of one file after the other, each before the files that use it."""

    def __init__(
        self,
        weaker: tuple[frozenset[int], ...],
        variables: Variables,
        collector: Collector,
    ) -> None:
        self.classes = Definitions("class", codes.UNKNOWN_CLASS, weaker)
        """The classes of all files."""
        self.guards = Definitions("guard", codes.UNKNOWN_GUARD, weaker)
        """The guards of all files."""
        variables.know(self.classes)
        self._variables = variables
        self._collector = collector
        self._texts: dict[ClassName, tuple[str, ...]] = {}

    def define(self, file: int, tree: File, findings: Findings) -> None:
        """Take in the names that a file states: those of all files, before one of them is read."""
        for statement in tree.statements:
            match statement:
                case ClassStatement(name=name):
                    self.classes.define(file, name, findings)
                case GuardStatement(name=name):
                    self.guards.define(file, name, findings)

    def read(self, file: int, tree: File, findings: Findings) -> None:
        """Read a file's statements."""
        stated = {
            (file, each.name.value): each
            for each in tree.statements
            if isinstance(each, ClassStatement)
            and self.classes.is_first(file, findings.place(each.name.span))
        }
        members = {name: self._patterns(file, each, findings) for name, each in stated.items()}
        reading = _Reading(stated, members, self._texts, findings)
        for name, statement in stated.items():
            self._report_variable(file, statement, findings)
            fit = reading.write_out(name)
            origin = Origin(file, None, findings.place(statement.name.span))
            patterns = tuple(pattern for _, pattern in fit)
            spellings = tuple(word.value for word, _ in fit)
            self._collector.add_once(WordClass(origin, name[1], patterns, spellings))
        for each in tree.statements:
            if isinstance(each, GuardStatement):
                self._guard(file, each, findings)

    def _patterns(self, file: int, statement: ClassStatement, findings: Findings) -> _Members:
        patterns: _Members = []
        for word in statement.members:
            plain = plain_member(word.value)
            if plain is not None:
                patterns.append((word, plain))
                continue
            pieces = self._variables.pieces(word, file, findings, self.classes)
            if pieces is None:
                continue
            try:
                patterns.append((word, read_member(pieces)))
            except MalformedPhraseError as error:
                code = error.code if isinstance(error, MalformedFrameError) else None
                findings.add(
                    code or codes.MALFORMED_PHRASE,
                    str(error),
                    findings.inside(word, error.start, error.end),
                    help=error.help,
                )
        return patterns

    def _report_variable(self, file: int, statement: ClassStatement, findings: Findings) -> None:
        name = statement.name.value
        place = self._variables.is_set_in(name, file)
        if place is not None:
            findings.add(
                codes.CLASS_IS_VARIABLE,
                f"`{{{name}}}` is a class and a variable in this file",
                findings.place(statement.name.span),
                related=(Label(place, "the variable"),),
                help="give one of the two another name",
            )

    def _guard(self, file: int, statement: GuardStatement, findings: Findings) -> None:
        place = findings.place(statement.name.span)
        if not self.guards.is_first(file, place):
            return
        names = [
            self.classes.look_up(each.value, file, findings.place(each.span), findings)
            for each in statement.classes
        ]
        distance = self._distance(statement, findings)
        known = tuple(dict.fromkeys(each for each in names if each is not None))
        if distance is not None and known:
            guard = Guard(
                Origin(file, None, place), statement.name.value, known, statement.side, distance
            )
            self._collector.add_once(guard)

    def _distance(self, statement: GuardStatement, findings: Findings) -> int | None:
        word = statement.distance
        if word is None:
            return 0
        is_number = word.value.isascii() and word.value.isdigit() and len(word.value) < 4
        if is_number and 1 <= int(word.value) <= MAX_DISTANCE:
            return int(word.value)
        findings.add(
            codes.INVALID_DISTANCE,
            f"`{word.value}` is no number of words from 1 to {MAX_DISTANCE}",
            findings.place(word.span),
            help="say how near the words must stand: `within 2 before`; else `anywhere`",
        )
        return None


class _Reading:
    """The classes of one file, written out each after those that it names."""

    def __init__(
        self,
        stated: dict[ClassName, ClassStatement],
        members: dict[ClassName, _Members],
        texts: dict[ClassName, tuple[str, ...]],
        findings: Findings,
    ) -> None:
        self._stated = stated
        self._members = members
        self._texts = texts
        self._findings = findings
        self._fit: dict[ClassName, _Members] = {}
        self._open: list[ClassName] = []

    def write_out(self, name: ClassName) -> _Members:
        """Write a class out and return its members, without those that are reported."""
        if name in self._fit or name in self._texts:
            return self._fit.get(name, [])
        self._open.append(name)
        fit: _Members = []
        texts: set[str] = set()
        for word, pattern in self._members[name]:
            if self._is_circular(word, pattern):
                continue
            for used in classes_in(pattern):
                self.write_out(used)
            found = self._texts_of(word, pattern)
            if found and found <= texts:
                self._report_repeated(word, name)
            elif found:
                fit.append((word, pattern))
                texts |= found
        self._open.pop()
        self._fit[name] = fit
        self._texts[name] = tuple(sorted(texts))
        if len(texts) > MAX_CLASS_TEXTS:
            self._findings.add(
                codes.MEMBER_TOO_WIDE,
                f"class `{name[1]}` stands for {len(texts):,} texts; "
                f"{MAX_CLASS_TEXTS:,} is the most",
                self._findings.place(self._stated[name].name.span),
                help="make several classes of it",
            )
        return fit

    def _is_circular(self, word: Word, pattern: Pattern) -> bool:
        circle = [each for each in classes_in(pattern) if each in self._open]
        for each in circle:
            self._findings.add(
                codes.CLASS_CYCLE,
                f"class `{each[1]}` holds itself",
                self._findings.place(word.span),
                related=(Label(self._place(each), "the class"),),
                help="take one of the two out of the other",
            )
        return bool(circle)

    def _report_repeated(self, word: Word, name: ClassName) -> None:
        statement = self._stated[name]
        index = statement.members.index(word)
        self._findings.add(
            codes.REPEATED_MEMBER,
            f"`{word.value}` is a member of class `{name[1]}` already",
            self._findings.place(word.span),
            help="case, accents and punctuation make no difference",
            fix=self._findings.dropping(statement.members, index, statement.span),
        )

    def _place(self, name: ClassName) -> Place:
        return self._findings.place(self._stated[name].name.span)

    def _texts_of(self, word: Word, pattern: Pattern) -> frozenset[str]:
        place = self._findings.place(word.span)
        try:
            texts = texts_of(pattern, self._texts)
        except UnfitMemberError as error:
            self._findings.add(error.code, str(error), place, help=error.help)
            return frozenset()
        if not texts and not classes_in(pattern):
            self._findings.add(
                codes.EMPTY_MEMBER,
                f"`{word.value}` has no letter, digit or symbol",
                place,
                help="take it out: it could stand for no word",
            )
        return texts
