"""Mistakes in `limit replies to N` and `runtime NAME up to N`: words that are left out before the number."""

from __future__ import annotations

from optoutlang.language.diagnostics import codes
from optoutlang.language.diagnostics.diagnostic import Diagnostic
from optoutlang.language.source.span import Span
from optoutlang.language.syntax.forms import Form
from optoutlang.language.syntax.lexeme import Lexeme
from optoutlang.language.syntax.recovery.progress import Progress
from optoutlang.language.syntax.recovery.wording import found
from optoutlang.language.syntax.statements import is_name

_BEFORE_NUMBER = {
    Form.LIMIT.terminals[0]: ("REPLIES", "TO"),
    Form.RUNTIME.terminals[0]: ("UP", "TO"),
}
"""The words that stand before the number, by the lexeme that begins the statement."""


def missing_words(progress: Progress) -> bool:
    """One of the words before the number, or both, are not there: the number is."""
    lexeme, automaton = progress.peek(), progress.automaton
    words = _BEFORE_NUMBER.get(progress.head.type, ())
    missing = next((words[at:] for at in range(2) if automaton.accepts(*words[at:], "WORD")), ())
    if not missing or automaton.is_complete or automaton.accepts("WORD"):
        return False
    number = next((ahead for ahead in range(2) if _is_number(progress.peek(ahead))), None)
    if number is None or any(progress.peek(each).opens_line for each in range(number + 1)):
        return False
    text = " ".join(word.lower() for word in missing)
    end, start = progress.peek(-1).span.end, progress.peek(number).span.start
    progress.report(
        Diagnostic(
            codes.SYNTAX_ERROR,
            f"expected `{text}` before the number, found {found(progress, lexeme)}",
            progress.label(lexeme.span),
            fix=progress.replacing(f"write `{text}`", Span(end, start), f" {text} "),
        )
    )
    for _ in range(number):
        progress.discard()
    for word in missing:
        progress.insert(word, word.lower())
    return True


def separated_number(progress: Progress) -> bool:
    """A number with a comma in it, such as `1,600`."""
    lexeme, before, behind = progress.peek(), progress.peek(-1), progress.peek(1)
    if lexeme.type != "COMMA" or progress.head.type not in _BEFORE_NUMBER:
        return False
    is_one = before.span.end == lexeme.span.start and lexeme.span.end == behind.span.start
    if not (is_one and _is_number(before) and _is_number(behind)):
        return False
    number = f"{before.value}{behind.value}"
    span = before.span.cover(behind.span)
    progress.report(
        Diagnostic(
            codes.SYNTAX_ERROR,
            "a number has no separators",
            progress.label(span),
            fix=progress.replacing(f"write `{number}`", span, number),
        )
    )
    progress.automaton.take_back()
    progress.at -= 1
    progress.substitute("WORD", number, 3)
    return True


def _is_number(lexeme: Lexeme) -> bool:
    return is_name(lexeme) and lexeme.value.isdecimal()


def ends_before_number(progress: Progress) -> bool:
    """Tell whether the last lexeme is the `to` behind which a number stands, and no list of words."""
    return progress.peek(-1).type == "TO" and progress.head.type in _BEFORE_NUMBER
