"""The vocabulary of a ruleset: its words, countries and languages, from which messages are made."""

from __future__ import annotations

import os
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path

from optoutlang.language.diagnostics.diagnostic import CompileError
from optoutlang.language.driver.compile import check_path
from optoutlang.language.model.frame_rows import RowPart, rows_of
from optoutlang.language.model.members import ClassTexts, class_texts
from optoutlang.language.model.pattern import Pattern, Text
from optoutlang.language.model.ruleset import Ruleset
from optoutlang.language.model.statement import (
    AnswerKeyword,
    AnswerSentence,
    Claim,
    ExceptionPhrase,
    FillerPhrase,
    Frame,
    Guard,
    Phrase,
    Removal,
    ReplyText,
    Sentence,
    WordClass,
)
from optoutlang.language.model.topics import TopicKeyword, TopicSentence
from optoutlang.runtime.matcher import Matcher
from optoutlang.runtime.program import Meaning, Program
from optoutlang.runtime.program.artefact import from_bytes
from optoutlang.runtime.terms.action import PROTECTED, Action
from optoutlang.testing.rulesets import GeneratedRuleset

Rules = Matcher | Program | Ruleset | GeneratedRuleset | str | os.PathLike[str]
"""A ruleset in any form; a str is a path, of a source file or an artefact (`.optoutc`)."""


FrameRow = tuple[tuple[tuple[str, ...], int], ...]
"""A row of a frame: for each part its canonical texts, a stem's with a closing `*`, and the gap before it."""


@dataclass(frozen=True, slots=True)
class Vocabulary:
    """The words of a ruleset, each kind in an order of its own that is the same on every machine.

    `keywords` are spelt as in the rules, the protected words first, and with
    those that some statement removes; `own` are those of the root file where
    that is known, else all; `opt_in` are those that mean opt-in somewhere.
    `exceptions` are the texts of `except`, `guarding` those of guards' classes.
    """

    keywords: tuple[str, ...]
    own: tuple[str, ...]
    opt_in: tuple[str, ...]
    sentences: tuple[Pattern, ...]
    phrases: tuple[Pattern, ...]
    exceptions: tuple[Pattern, ...]
    frames: tuple[FrameRow, ...]
    guarding: tuple[str, ...]
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
    root = len(ruleset.files) - 1
    texts = class_texts(ruleset.of(WordClass))
    answered = (each.word for each in ruleset.of(AnswerKeyword))
    about = (each.word for each in ruleset.of(TopicKeyword))
    words = _distinct(PROTECTED, (each.word for each in _keywords(ruleset)), answered, about)
    return Vocabulary(
        keywords=words,
        own=_distinct(each.word for each in _keywords(ruleset) if each.file == root) or words,
        opt_in=_distinct(each.word for each in ruleset.of(Claim) if each.action is Action.OPT_IN),
        sentences=_patterns(
            (
                *ruleset.of(Sentence),
                *ruleset.of(AnswerSentence),
                *ruleset.of(TopicSentence),
            )
        ),
        phrases=_patterns(ruleset.of(Phrase)),
        exceptions=_patterns(ruleset.of(ExceptionPhrase)),
        frames=tuple(dict.fromkeys(_frame_rows(ruleset, texts))),
        guarding=_distinct(*(texts[name] for guard in ruleset.of(Guard) for name in guard.classes)),
        fillers=_distinct(each.word for each in ruleset.of(FillerPhrase)),
        countries=ruleset.countries,
        languages=tuple(sorted(set(_languages(ruleset)))),
    )


def _frame_rows(ruleset: Ruleset, texts: ClassTexts) -> Iterator[FrameRow]:
    for frame in ruleset.of(Frame):
        for row in rows_of(frame.pattern):
            yield tuple((_choices(each, texts), each.gap) for each in row)


def _choices(part: RowPart, texts: ClassTexts) -> tuple[str, ...]:
    return texts[part.word_class] if part.word_class else (" ".join(part.literal),)


def _keywords(ruleset: Ruleset) -> tuple[Claim | Removal, ...]:
    return *ruleset.of(Claim), *ruleset.of(Removal)


def _languages(ruleset: Ruleset) -> Iterator[str]:
    for stated in (ruleset.files, ruleset.of(Claim), ruleset.of(Phrase), ruleset.of(Frame)):
        yield from (each.language for each in stated)
    yield from (each.language for each in ruleset.of(ReplyText))


def _patterns(phrases: tuple[Phrase | AnswerSentence | TopicSentence, ...]) -> tuple[Pattern, ...]:
    return tuple(dict.fromkeys(each.pattern for each in phrases))


def _of_program(program: Program) -> Vocabulary:
    contexts = (program.base, *(program.countries[each] for each in sorted(program.countries)))
    meanings = [
        each for context in contexts for each in context.keywords.values() if each is not None
    ]
    classes = program.frames.classes
    words = _distinct(PROTECTED, _spellings(meanings))
    return Vocabulary(
        keywords=words,
        own=words,
        opt_in=_distinct(_spellings(each for each in meanings if each.action is Action.OPT_IN)),
        sentences=_rows(each for context in contexts for each in context.sentences),
        phrases=_rows(each for context in contexts for each in context.phrases),
        exceptions=_rows(each for context in contexts for each in context.exceptions),
        frames=tuple(
            tuple((classes[part.word_class].members, part.gap) for part in row.parts)
            for frame in program.frames.frames
            for row in frame.rows
        ),
        guarding=_distinct(
            *(classes[each].members for guard in program.frames.guards for each in guard.classes)
        ),
        fillers=_distinct(each for context in contexts for each in context.fillers),
        countries=tuple(sorted(program.countries)),
        languages=tuple(sorted({each for context in contexts for each in context.languages})),
    )


def _spellings(meanings: Iterable[Meaning]) -> Iterator[str]:
    return (origin.spelling for meaning in meanings for origin in meaning.origins)


def _rows(texts: Iterable[str]) -> tuple[Pattern, ...]:
    return tuple(Pattern((Text(each),)) for each in dict.fromkeys(texts))


def _distinct(*words: Iterable[str]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(word for each in words for word in each))
