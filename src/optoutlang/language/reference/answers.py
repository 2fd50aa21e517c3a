"""The named answer to a message in which nothing else has a meaning (docs/language.md §5.32)."""

from __future__ import annotations

from typing import TypeVar

from optoutlang.language.model.statement import AnswerKeyword, AnswerSentence
from optoutlang.language.reference.layers import Table, stronger
from optoutlang.language.reference.phrases import (
    filler_tokens,
    places_without_filler,
    readings,
    rows_of,
    words,
)
from optoutlang.language.reference.text import key, tokens
from optoutlang.runtime.terms.action import MatchedBy

A = TypeVar("A", AnswerKeyword, AnswerSentence)

Answering = tuple[AnswerKeyword | AnswerSentence, ...]
"""The statements of one answer that a message meets."""


def answering(table: Table, text: str) -> tuple[Answering, MatchedBy] | None:
    """Return what answers a message, and how: a keyword as written, then without filler, else the longest sentence."""
    message = tokens(text)
    kept = places_without_filler(message, filler_tokens(table))
    for wanted, matched_by in (
        (key(text), MatchedBy.EXACT),
        ("".join(message[place] for place in kept), MatchedBy.FILLER),
    ):
        keywords = [each for each in table.answer_keywords if key(each.word) == wanted]
        if keywords:
            return of_one_answer(table, keywords), matched_by
    longest: list[AnswerSentence] = []
    length = 0
    for number in range(len(readings(table, text)[0])):
        for reading in readings(table, text):
            row = words(reading[number])
            found = [each for each in table.answer_sentences if row in rows_of(each.pattern)]
            if found and len(row) > length:
                longest, length = found, len(row)
    return (of_one_answer(table, longest), MatchedBy.SENTENCE) if longest else None


def of_one_answer(table: Table, statements: list[A]) -> tuple[A, ...]:
    """Return those of the answer that the strongest statement gives; of equals that disagree there are none."""
    name = next(
        each.name
        for each in statements
        if not any(stronger(table.ruleset, other, each) for other in statements)
    )
    return tuple(each for each in statements if each.name == name)
