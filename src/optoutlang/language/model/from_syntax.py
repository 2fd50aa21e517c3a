"""Syntax trees to the model: names resolved, variables replaced, every statement with its file and scope."""

from __future__ import annotations

from dataclasses import dataclass, field

from optoutlang.language.diagnostics.diagnostic import Diagnostic
from optoutlang.language.model.class_reader import ClassReader
from optoutlang.language.model.collector import Collector
from optoutlang.language.model.file_reader import FileReader
from optoutlang.language.model.findings import Findings
from optoutlang.language.model.names import read_language
from optoutlang.language.model.preferences import BASE_LANGUAGE, Preferences
from optoutlang.language.model.ruleset import Example, Ruleset, SourceFile
from optoutlang.language.model.runtime_variables import RuntimeVariables
from optoutlang.language.model.variables import Variables
from optoutlang.language.syntax.tree import File, Let
from optoutlang.language.syntax.tree import Ruleset as RulesetStatement
from optoutlang.runtime.terms.similar import SimilarModel

STANDARD = "pack:standard/standard.optout"
"""The name of the file that every other one uses without saying so."""


@dataclass(frozen=True, slots=True)
class Loaded:
    """A parsed file, and the indices of the files that it uses; they stand before it."""

    file: File
    uses: tuple[int, ...] = field(default=())


def from_syntax(
    loaded: tuple[Loaded, ...], *, similar: SimilarModel | None = None
) -> tuple[Ruleset, tuple[Diagnostic, ...]]:
    """Return the model of a root file (the last one) and all that it uses, and what is wrong with them.

    `similar` is the suggester, without which no ruleset that asks for it can be compiled.
    The model leaves out what the diagnostics report as errors; it is fit for
    compiling only if there is no error among them and the checks find none.
    """
    findings = tuple(Findings(each.file.source) for each in loaded)
    weaker = _weaker(loaded)
    files = tuple(
        _source_file(each.file, weaker[index], findings[index]) for index, each in enumerate(loaded)
    )
    collector = Collector()
    runtime = RuntimeVariables(collector)
    variables = Variables(weaker, runtime)
    classes = ClassReader(weaker, variables, collector)
    for index, each in enumerate(loaded):
        for statement in each.file.statements:
            if isinstance(statement, Let):
                variables.define(index, statement, findings[index])
        runtime.read(index, each.file, findings[index])
        classes.define(index, each.file, findings[index])
    preferences = Preferences(files, collector)
    countries: set[str] = set()
    examples: list[Example] = []
    for index, each in enumerate(loaded):
        preferences.read(index, each.file, findings[index])
        reader = FileReader(
            file=index,
            preferences=preferences,
            variables=variables,
            runtime=runtime,
            classes=classes,
            findings=findings[index],
            collector=collector,
        )
        countries |= reader.read(each.file)
        if index == len(loaded) - 1:
            examples += reader.examples(each.file)
    variables.report_unused(len(loaded) - 1, findings[-1])
    runtime.report_unused(len(loaded) - 1, findings[-1])
    ruleset = Ruleset(
        files=files,
        countries=tuple(sorted(countries)),
        statements=collector.statements,
        examples=tuple(examples),
        similar=similar,
        brand=_brand(variables, files),
        variables=variables.seen_from(len(files) - 1),
    )
    # A section that speaks two languages in two countries is read twice, and gives the same findings twice.
    diagnostics = dict.fromkeys(each for collected in findings for each in collected.found)
    return ruleset, tuple(sorted(diagnostics, key=lambda each: each.sort_key))


def _brand(variables: Variables, files: tuple[SourceFile, ...]) -> str | None:
    """Return the brand that a file sets; the standard pack's neutral default is none."""
    found = variables.value_in("brand", len(files) - 1)
    if found is None or files[found[0]].text.name == STANDARD:
        return None
    return found[1]


def _weaker(loaded: tuple[Loaded, ...]) -> tuple[frozenset[int], ...]:
    """Return, for each file, the files that it uses directly or not."""
    closed: list[frozenset[int]] = []
    for each in loaded:
        indirect = (closed[used] for used in each.uses)
        closed.append(frozenset(each.uses).union(*indirect))
    return tuple(closed)


def _source_file(file: File, weaker: frozenset[int], findings: Findings) -> SourceFile:
    name, language, header = "", BASE_LANGUAGE, None
    for statement in file.statements:
        if isinstance(statement, RulesetStatement):
            name, header = statement.name.value, findings.place(statement.name.span)
            if statement.language is not None:
                language = read_language(statement.language, findings) or BASE_LANGUAGE
    return SourceFile(file.source, name or _stem(file.source.name), language, weaker, header)


def _stem(name: str) -> str:
    return name.rpartition("/")[2].removesuffix(".optout")
