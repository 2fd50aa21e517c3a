"""What a ruleset speaks of: its words, countries and languages, to make messages of."""

from __future__ import annotations

import os
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path

from optoutlang.diagnostics.diagnostic import CompileError
from optoutlang.driver.compile import check_path
from optoutlang.matcher.action import PROTECTED
from optoutlang.matcher.artefact import from_bytes
from optoutlang.matcher.matcher import Matcher
from optoutlang.matcher.program import Context, Meaning, Program
from optoutlang.model.pattern import Pattern, Text
from optoutlang.model.ruleset import Phrase, Ruleset
from optoutlang.testing.rulesets import GeneratedRuleset

Rules = Matcher | Program | Ruleset | GeneratedRuleset | str | os.PathLike[str]
"""A ruleset as one has it in hand; a str is a path, of a source file or an artefact (`.optoutc`)."""


@dataclass(frozen=True, slots=True)
class Vocabulary:
    """The words of a ruleset, each kind in an order of its own that is the same on every machine.

    `keywords` are spelt as in the rules, the protected words first, and with
    those that some statement removes; `exceptions` are the texts of `except`.
    """

    keywords: tuple[str, ...]
    sentences: tuple[Pattern, ...]
    phrases: tuple[Pattern, ...]
    exceptions: tuple[Pattern, ...]
    fillers: tuple[str, ...]
    countries: tuple[str, ...]
    languages: tuple[str, ...]


def vocabulary(rules: Rules) -> Vocabulary:
    """Return the vocabulary of a ruleset.

    Raises:
        OSError: a path cannot be read.
        CompileError: the file there has errors.
        ArtefactError: the artefact there is none.
    """
    if isinstance(rules, Ruleset):
        return _of_model(rules)
    if isinstance(rules, GeneratedRuleset):
        return _of_model(rules.ruleset)
    if isinstance(rules, Matcher):
        return _of_program(rules.program)
    if isinstance(rules, Program):
        return _of_program(rules)
    return _of_path(Path(rules))


def _of_path(path: Path) -> Vocabulary:
    if path.suffix == ".optoutc":
        return _of_program(from_bytes(path.read_bytes()))
    checked = check_path(path)
    if checked.ruleset is None:
        raise CompileError(checked.diagnostics)
    return _of_model(checked.ruleset)


def _of_model(ruleset: Ruleset) -> Vocabulary:
    return Vocabulary(
        keywords=_distinct(PROTECTED, _words(ruleset)),
        sentences=_patterns(ruleset.sentences),
        phrases=_patterns(ruleset.phrases),
        exceptions=_patterns(ruleset.exceptions),
        fillers=_distinct(each.word for each in ruleset.fillers),
        countries=ruleset.countries,
        languages=tuple(sorted(set(_languages(ruleset)))),
    )


def _words(ruleset: Ruleset) -> Iterator[str]:
    yield from (each.word for each in ruleset.claims)
    yield from (each.word for each in ruleset.removals)


def _languages(ruleset: Ruleset) -> Iterator[str]:
    for stated in (ruleset.files, ruleset.claims, ruleset.phrases, ruleset.replies):
        yield from (each.language for each in stated)


def _patterns(phrases: tuple[Phrase, ...]) -> tuple[Pattern, ...]:
    return tuple(dict.fromkeys(each.pattern for each in phrases))


def _of_program(program: Program) -> Vocabulary:
    contexts = (program.base, *(program.countries[each] for each in sorted(program.countries)))
    return Vocabulary(
        keywords=_distinct(PROTECTED, _spellings(contexts)),
        sentences=_rows(each for context in contexts for each in context.sentences),
        phrases=_rows(each for context in contexts for each in context.phrases),
        exceptions=_rows(each for context in contexts for each in context.exceptions),
        fillers=_distinct(each for context in contexts for each in context.fillers),
        countries=tuple(sorted(program.countries)),
        languages=tuple(sorted({each for context in contexts for each in context.languages})),
    )


def _spellings(contexts: Iterable[Context]) -> Iterator[str]:
    """Yield every spelling of every keyword; a key that a country takes away is spelt in the base."""
    for context in contexts:
        meanings: Iterable[Meaning | None] = context.keywords.values()
        for meaning in meanings:
            if meaning is not None:
                yield from (each.spelling for each in meaning.origins)


def _rows(texts: Iterable[str]) -> tuple[Pattern, ...]:
    return tuple(Pattern((Text(each),)) for each in dict.fromkeys(texts))


def _distinct(*words: Iterable[str]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(word for each in words for word in each))
