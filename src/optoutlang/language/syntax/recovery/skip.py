"""Finding the next statement behind a mistake."""

from __future__ import annotations

from optoutlang.language.diagnostics import codes
from optoutlang.language.diagnostics.diagnostic import Diagnostic
from optoutlang.language.syntax.lexeme import END, Lexeme
from optoutlang.language.syntax.recovery.progress import Progress
from optoutlang.language.syntax.statements import ALLOWED, STATEMENTS, begins, is_word

# In the middle of a line these are more likely to be part of what is skipped.
_NAMED = frozenset({"LANGUAGE", "LET", "PREFER", "SUGGEST", "TOLERATE"})
_CASE_GOES_ON = frozenset({"ARROW", "FROM", "PREFER"})
_NO_STATEMENT_BEHIND = frozenset({"COMMA", "LAST_COMMA", "RBRACE", END})


def skip(progress: Progress) -> None:
    """Leave out the current lexeme, and all others up to the next that can begin a statement here.

    Blocks are left out whole. Newlines carry no meaning for the grammar, but
    they tell where an author meant to begin something new.
    """
    opened: list[int] = []
    is_first = True
    while progress.peek().type != END:
        lexeme = progress.peek()
        if not is_first and not opened and _is_boundary(progress, lexeme):
            return
        is_first = False
        if lexeme.type == "LBRACE":
            opened.append(progress.at)
        elif lexeme.type == "RBRACE" and opened:
            opened.pop()
        progress.discard()
    for index in opened:
        report_unclosed(progress, index, progress.tokens.lexemes[index])


def report_unclosed(progress: Progress, index: int, brace: Lexeme) -> None:
    """Report a block that was left out and never ends."""
    progress.report(
        Diagnostic(
            codes.UNCLOSED_BLOCK,
            "a block is never closed",
            progress.label(brace.span),
            help="close it with `}`",
        ),
        index=index,
    )


def _is_boundary(progress: Progress, lexeme: Lexeme) -> bool:
    following = progress.peek(1)
    if lexeme.type == "RBRACE":
        return True
    if progress.peek(-1).type == "COMMA":
        return False
    kind = progress.automaton.filling
    if kind == "test":
        return _begins_case(lexeme, following)
    if lexeme.type in STATEMENTS:
        looks_so = begins(lexeme.type, following)
        fits = lexeme.type in ALLOWED[kind]
        if lexeme.opens_line:
            return fits or looks_so
        return fits and looks_so and lexeme.type not in _NAMED
    return (
        is_word(lexeme)
        and lexeme.type != "STRING"
        and lexeme.opens_line
        and not following.opens_line
        and following.type not in _NO_STATEMENT_BEHIND
    )


def _begins_case(lexeme: Lexeme, following: Lexeme) -> bool:
    if lexeme.type == "STRING":
        return lexeme.opens_line or following.type in _CASE_GOES_ON
    return (
        lexeme.opens_line
        and lexeme.type in STATEMENTS - {"PREFER"}
        and begins(lexeme.type, following)
    )
