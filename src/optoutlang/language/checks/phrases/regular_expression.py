r"""O313 regular-expression: `.*`, `\b`, `^`, `colou?r` or the like in a phrase or keyword.

Patterns have words, `(a|b)` and `[c]` alone; all other signs are punctuation,
which separates words and says nothing.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from optoutlang.language.checks.subject import Subject
from optoutlang.language.diagnostics import codes
from optoutlang.language.diagnostics.diagnostic import Diagnostic, Label
from optoutlang.language.model.statement import (
    Claim,
    ExceptionPhrase,
    FillerPhrase,
    Phrase,
    Sentence,
)

_SIGNS = (
    (re.compile(r"\.[*+]\??|\)[*+]"), "words that carry no meaning are skipped as `filler`"),
    (
        re.compile(r"\A[^*]*?(?:(?<=\s)|(?<=[^\W_]))(\*)(?=\s|\Z)[^*]*\Z"),
        "a word that may be anything has no sign",
    ),
    (re.compile(r"\\[bBdDsSwWAzZ]\+?"), "words are compared whole, and a number has to be written"),
    (re.compile(r"\A\^|(?<=[^\W\d_])\$\Z"), "`sentences` are whole sentences of a message"),
    (re.compile(r"\(\?[:=!<]"), "`(a|b)` is all that brackets say"),
    (re.compile(r"\)\?(?=[\w(\[])|[^\W\d_]\?(?=[^\W\d_])"), "write what may be absent as `[x]`"),
    (re.compile(r"\[\^?(?:\w-\w)+\]"), "`[x]` is a part that may be absent"),
)
"""Signs of regular expressions, and what the language has instead."""


def check(subject: Subject) -> Iterator[Diagnostic]:
    """Yield a diagnostic for each text of the root file in which a regular expression was meant."""
    ruleset = subject.ruleset
    texts: tuple[Phrase | Claim | FillerPhrase, ...] = (
        *ruleset.of(Sentence),
        *ruleset.of(Phrase),
        *ruleset.of(ExceptionPhrase),
        *ruleset.of(Claim),
        *ruleset.of(FillerPhrase),
    )
    for each in texts:
        found = sign_in(each) if subject.is_root(each) else None
        if found is not None:
            sign, instead = found
            yield Diagnostic(
                codes.REGULAR_EXPRESSION,
                f"`{sign}` is punctuation here: this is no regular expression",
                Label(each.place),
                help=f"take it out; {instead}",
            )


def sign_in(statement: Phrase | Claim | FillerPhrase) -> tuple[str, str] | None:
    """Return the first sign of a regular expression in a text, and what to write instead."""
    text = statement.spelling if isinstance(statement, Phrase) else statement.word
    for pattern, instead in _SIGNS:
        match = pattern.search(text)
        if match is not None:
            return match.group(match.lastindex or 0), instead
    return None
