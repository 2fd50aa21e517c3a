"""Messages that are likely to show what a class, a guard or a frame does."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import chain, islice

from optoutlang.language.model.frame_rows import Row, rows_of
from optoutlang.language.model.members import STEM, class_texts, classes_in, texts_of
from optoutlang.language.model.pattern import ClassName
from optoutlang.language.model.ruleset import Ruleset
from optoutlang.language.model.statement import Frame, Guard, WordClass
from optoutlang.runtime.terms.side import Side

FEW = 4
"""How many frames, and rows of each, stand for all of them."""

OTHER = "x"
"""A word that means nothing."""

Texts = dict[ClassName, tuple[str, ...]]


def framings(ruleset: Ruleset, statement: WordClass | Guard | Frame) -> Iterator[str]:
    """Yield messages of some frames that a statement has a say in, the plainest first."""
    texts = class_texts(ruleset.of(WordClass))
    match statement:
        case Frame():
            yield from _of_frame(statement, texts)
        case Guard():
            words = _first(texts, statement.classes)
            for frame in _guarded(ruleset, statement):
                for row in rows_of(frame.pattern)[:FEW]:
                    for word in words:
                        yield from _with_guard(statement.side, _words(row, texts), word, row)
        case WordClass():
            yield from _of_class(ruleset, statement, texts)


def _of_frame(frame: Frame, texts: Texts) -> Iterator[str]:
    needed = " ".join(_first(texts, frame.needs))
    for row in islice(rows_of(frame.pattern), FEW):
        words = _words(row, texts)
        if all(words):
            yield from (" ".join(words), ". ".join(filter(None, (" ".join(words), needed))))
            yield " ".join(_gapped(words, row))


def _of_class(ruleset: Ruleset, statement: WordClass, texts: Texts) -> Iterator[str]:
    """Yield messages with each member, in frames that name the class or hold it in another one."""
    holding = _holding(ruleset, statement.key)
    members = [
        _plain(min(found)) for pattern in statement.members if (found := texts_of(pattern, texts))
    ]
    for frame in islice(_naming(ruleset, holding), FEW):
        for row in islice(rows_of(frame.pattern), FEW):
            words = _words(row, texts)
            for place, part in enumerate(row):
                if part.word_class in holding and all(words):
                    yield from (
                        " ".join((*words[:place], member, *words[place + 1 :]))
                        for member in members
                    )
    for guard in ruleset.of(Guard):
        if holding.intersection(guard.classes):
            for frame in islice(_guarded(ruleset, guard), FEW):
                for row in islice(rows_of(frame.pattern), FEW):
                    words = _words(row, texts)
                    yield from chain.from_iterable(
                        _with_guard(guard.side, words, member, row) for member in members
                    )


def _holding(ruleset: Ruleset, name: ClassName) -> set[ClassName]:
    """Return a class and those that hold it."""
    holding = {name}
    for _ in ruleset.of(WordClass):
        holding |= {
            each.key
            for each in ruleset.of(WordClass)
            if any(holding.intersection(classes_in(pattern)) for pattern in each.members)
        }
    return holding


def _naming(ruleset: Ruleset, names: set[ClassName]) -> Iterator[Frame]:
    return (
        each
        for each in ruleset.of(Frame)
        if names.intersection(classes_in(each.pattern)) or names.intersection(each.needs)
    )


def _guarded(ruleset: Ruleset, guard: Guard) -> Iterator[Frame]:
    return islice((each for each in ruleset.of(Frame) if guard.key in each.guards), FEW)


def _first(texts: Texts, names: Sequence[ClassName]) -> list[str]:
    return [_plain(texts[each][0]) for each in names if texts.get(each)]


def _words(row: Row, texts: Texts) -> list[str]:
    """Return a text for each part; an empty one for a class without members."""
    return [
        " ".join(part.literal)
        if part.word_class is None
        else _plain(next(iter(texts.get(part.word_class, ())), ""))
        for part in row
    ]


def _plain(text: str) -> str:
    return text.removesuffix(STEM)


def _gapped(words: list[str], row: Row) -> Iterator[str]:
    for word, part in zip(words, row, strict=True):
        yield from [OTHER] * part.gap
        yield word


def _with_guard(side: Side, words: list[str], word: str, row: Row) -> Iterator[str]:
    """Yield a row's words with a guard's word where it takes them back."""
    match side:
        case Side.BEFORE | Side.ANYWHERE:
            yield " ".join((word, *words))
        case Side.AFTER:
            yield " ".join((*words, word))
        case Side.BETWEEN:
            for place, part in enumerate(row):
                if part.gap >= len(word.split()):
                    yield " ".join((*words[:place], word, *words[place:]))
