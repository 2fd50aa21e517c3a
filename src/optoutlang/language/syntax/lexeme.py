"""A token that carries meaning, as the parser feeds it to the grammar's automaton."""

from __future__ import annotations

from dataclasses import dataclass

from optoutlang.language.source.span import Span

END = "$END"
"""The type of the lexeme behind the last one."""


@dataclass(frozen=True, slots=True)
class Lexeme:
    """A word, string or mark.

    `type` is a terminal of grammar/optout.lark (the name that Lark looks for),
    `value` what the lexeme stands for: a string's decoded text, else the text
    itself; `opens_line` whether only blanks stand before it on its line.
    """

    type: str
    value: str
    span: Span
    opens_line: bool = False
