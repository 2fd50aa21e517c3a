"""Texts that rules read: samples of what a program's keywords, sentences, phrases and frames stand for.

They teach the suggester what requests look like. What an exception stands for teaches it what they do not look like.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from random import Random

from optoutlang.runtime.program import Frame, FrameTable, Guard, Meaning, Program, Row
from optoutlang.runtime.program.frames import STEM
from optoutlang.runtime.program.rest import unmarked
from optoutlang.runtime.terms import Action
from optoutlang.runtime.terms.side import Side

TEXTS_OF_A_RULE = 25
"""How many texts of one sentence, phrase or exception are taken at most."""

TEXTS_OF_A_ROW = 6
"""How many texts of one row of a frame are taken at most."""


def requests(program: Program, *, seed: int) -> tuple[str, ...]:
    """Return canonical texts by which the rules opt somebody out, each once, in code-point order.

    Of what stands for many texts some are chosen, by the seed.
    """
    contexts = (program.base, *program.countries.values())
    texts: set[str] = set()
    for context in contexts:
        for table in (context.sentences, context.phrases):
            texts.update(_sampled(table, Random(seed)))  # noqa: S311  # not for secrets
        for text in context.compounds:
            meaning = context.keywords.get(text.replace(" ", ""))
            if meaning is not None and meaning.action is Action.OPT_OUT:
                texts.add(text)
    texts.update(_framed(program.frames, Random(seed)))  # noqa: S311  # as before
    return tuple(sorted(texts))


def exceptions(program: Program, *, seed: int) -> tuple[str, ...]:
    """Return canonical texts that keep the rules from opting somebody out, each once, in code-point order."""
    contexts = (program.base, *program.countries.values())
    texts: set[str] = set()
    for context in contexts:
        texts.update(_sampled(context.exceptions, Random(seed)))  # noqa: S311  # as before
    return tuple(sorted(texts))


def _sampled(table: Mapping[str, tuple[Meaning, ...]], chosen: Random) -> Iterator[str]:
    """Yield texts of each rule of a table that opts out, at most so many of one rule."""
    by_rule: dict[tuple[int, int, str], list[str]] = defaultdict(list)
    for text, meanings in table.items():
        for meaning in meanings:
            if meaning.action is Action.OPT_OUT:
                origin = meaning.origins[0]
                rule = origin.source, origin.line, origin.spelling
                by_rule[rule].append(unmarked(text).text)
    for rule in sorted(by_rule):
        texts = sorted(by_rule[rule])
        yield from chosen.sample(texts, min(TEXTS_OF_A_RULE, len(texts)))


def _framed(table: FrameTable, chosen: Random) -> Iterator[str]:
    for frame in table.frames:
        if frame.action is Action.OPT_OUT:
            yield from _texts_of(frame, table, chosen)


def _texts_of(frame: Frame, table: FrameTable, chosen: Random) -> Iterator[str]:
    for row in frame.rows:
        for _ in range(TEXTS_OF_A_ROW):
            yield " ".join(_words(row, table, chosen))


def refusals(program: Program, *, seed: int) -> tuple[str, ...]:
    """Return canonical texts that a guard of an opt-out frame takes back, each once, in code-point order."""
    table, chosen = program.frames, Random(seed)  # noqa: S311  # not for secrets
    texts = {
        text
        for frame in table.frames
        if frame.action is Action.OPT_OUT
        for number in frame.guards
        for text in _taken_back(frame, table.guards[number], table, chosen)
    }
    return tuple(sorted(texts))


def _taken_back(frame: Frame, guard: Guard, table: FrameTable, chosen: Random) -> Iterator[str]:
    """Yield a text for each row of a frame, with a word of a guard on its side."""
    for row in frame.rows:
        words = tuple(_words(row, table, chosen))
        word_class = table.classes[chosen.choice(guard.classes)]
        member = chosen.choice(word_class.members).removesuffix(STEM)
        if guard.side is Side.BETWEEN:
            continue
        in_front = guard.side is Side.BEFORE or (
            guard.side is Side.ANYWHERE and chosen.random() < 0.5
        )
        yield " ".join((member, *words) if in_front else (*words, member))


def _words(row: Row, table: FrameTable, chosen: Random) -> Iterable[str]:
    """Yield a member of each part's class, with nothing in the gaps."""
    for part in row.parts:
        yield chosen.choice(table.classes[part.word_class].members).removesuffix(STEM)
