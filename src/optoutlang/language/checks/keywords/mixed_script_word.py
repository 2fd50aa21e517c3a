"""O009 mixed-script-word: one word with letters of two alphabets that share shapes."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterator
from itertools import chain

from optoutlang.language.checks.keywords.protected_look_alike import hides_protected
from optoutlang.language.checks.subject import Subject
from optoutlang.language.diagnostics import codes
from optoutlang.language.diagnostics.diagnostic import Diagnostic, Label
from optoutlang.language.model.pattern import rows
from optoutlang.language.model.statement import (
    Claim,
    FillerPhrase,
    Phrase,
    Removal,
    ReplyText,
    Statement,
)
from optoutlang.runtime.canonical import tokens

_ALPHABETS = ("LATIN", "CYRILLIC", "GREEK")


def check(subject: Subject) -> Iterator[Diagnostic]:
    """Yield a diagnostic for each word of the root file that mixes Latin, Cyrillic or Greek."""
    for each in subject.ruleset.statements:
        if not subject.is_root(each):
            continue
        for word in _words(each):
            alphabets = _alphabets(word)
            if len(alphabets) > 1:
                yield Diagnostic(
                    codes.MIXED_SCRIPT_WORD,
                    f"`{word}` mixes {' and '.join(alphabets)} letters",
                    Label(each.place),
                    help="type the whole word with one keyboard",
                )
                break


def _words(statement: Statement) -> Iterator[str]:
    match statement:
        case FillerPhrase():
            yield from statement.tokens
        case Phrase():
            yield from dict.fromkeys(chain.from_iterable(rows(statement.pattern)))
        case ReplyText():
            yield from dict.fromkeys(tokens(statement.text or ""))
        case Claim() | Removal() if not (statement.word.isascii() or hides_protected(statement)):
            yield from tokens(statement.word)
        case _:
            pass


def _alphabets(word: str) -> list[str]:
    if word.isascii():
        return []  # Latin letters at most
    first = {unicodedata.name(char, "").split(" ")[0] for char in word}
    return [each.title() for each in _ALPHABETS if each in first]
