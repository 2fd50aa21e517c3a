"""The statement that a decision names, where several say the same (docs/language.md §5.20)."""

from __future__ import annotations

from typing import TypeVar

from optoutlang.language.model.button import Button
from optoutlang.language.model.statement import AnswerKeyword, AnswerSentence, Claim, Phrase
from optoutlang.language.model.topics import TopicKeyword, TopicSentence
from optoutlang.language.reference.layers import Table, stronger
from optoutlang.language.reference.replies import Speaking

S = TypeVar(
    "S", Claim, Phrase, Button, AnswerKeyword | AnswerSentence, TopicKeyword | TopicSentence
)


def foremost(table: Table, statements: list[S], language: str) -> S:
    """Return the statement that names the keyword or phrase in a language; a protected word may have none in it.

    That is the one of the narrowest scope and the strongest file; of equals,
    the smallest spelling, and then the first place.
    """
    speaking = [each for each in statements if each.language == language] or statements
    strongest = [
        each
        for each in speaking
        if not any(stronger(table.ruleset, other, each) for other in speaking)
    ]
    return min(strongest, key=lambda each: (spelling(each), each.place.sort_key))


def spelling(statement: Speaking) -> str:
    """Return a keyword or a phrase as its author spelt it."""
    return statement.word if isinstance(statement, Claim) else statement.spelling
