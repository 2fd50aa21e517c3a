"""Tokens that no rule knows: beside what a rule matches, they change nothing."""

from __future__ import annotations

from collections.abc import Callable, Iterable

from optoutlang.runtime.canonical import tokens
from optoutlang.runtime.program import FILLERS, TABLES, Program


def known_tokens(programs: Iterable[Program]) -> frozenset[str]:
    """Return every token that stands in a keyword's key, a token sequence or a filler of any context."""
    return frozenset(
        token
        for program in programs
        for _, context in program.own_contexts()
        for field in (*TABLES, FILLERS)
        for text in field.own(context)
        for token in text.split(" ")
    )


def unknown_token(candidates: Iterable[str], is_known: Callable[[str], bool]) -> str:
    """Return the first of endlessly many candidates that is one token and that no rule knows."""
    return next(each for each in candidates if tokens(each) == (each,) and not is_known(each))
