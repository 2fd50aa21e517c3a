"""Mistakes in the cases of a `test` block."""

from __future__ import annotations

from optoutlang.diagnostics import codes
from optoutlang.diagnostics.diagnostic import Diagnostic
from optoutlang.diagnostics.suggest import closest
from optoutlang.source.span import Span
from optoutlang.syntax.progress import Progress
from optoutlang.syntax.skip import skip
from optoutlang.syntax.statements import ACTIONS, is_name, is_word
from optoutlang.syntax.tokenize import STRAY
from optoutlang.syntax.wording import found

_LIKE_ARROW = frozenset({"EQUALS", STRAY})


def missing_arrow(progress: Progress) -> bool:
    """A case without `->`, or with something like it."""
    if not progress.automaton.accepts("ARROW"):
        return False
    lexeme = progress.peek()
    count = 0
    while progress.peek(count).type in _LIKE_ARROW:
        count += 1
    if count and progress.automaton.accepts("ARROW", progress.peek(count).type):
        span = lexeme.span.cover(progress.peek(count - 1).span)
        _report(progress, span, "->", "write `->`")
        progress.substitute("ARROW", "->", count)
    elif is_name(lexeme) and _misspelt_clause(progress):
        pass
    elif is_word(lexeme) and not lexeme.opens_line and not progress.can_go_on(past=1):
        start = lexeme.span.start
        _report(progress, Span(start, start), "-> ", "insert `->`")
        progress.insert("ARROW", "->")
    else:
        return False
    return True


def _report(progress: Progress, span: Span, replacement: str, title: str) -> None:
    lexeme = progress.peek()
    progress.report(
        Diagnostic(
            codes.MISSING_ARROW,
            f"expected `->`, found {found(progress, lexeme)}",
            progress.label(lexeme.span if span.start == span.end else span),
            help='a case is `"message" -> action`, or `"message" from MX prefer es -> action`',
            fix=progress.replacing(title, span, replacement),
        )
    )


def _misspelt_clause(progress: Progress) -> bool:
    lexeme = progress.peek()
    choices = [each for each in ("from", "prefer") if progress.automaton.accepts(each.upper())]
    near = closest(lexeme.value, choices)
    if near is None or not is_name(progress.peek(1)):
        return False
    progress.report(
        Diagnostic(
            codes.SYNTAX_ERROR,
            f"expected `->`, found {found(progress, lexeme)}",
            progress.label(lexeme.span),
            help=f"did you mean `{near}`?",
            fix=progress.replacing(f"write `{near}`", lexeme.span, near),
        )
    )
    progress.substitute(near.upper(), near)
    return True


def unknown_action(progress: Progress) -> bool:
    """A case that expects what no message can mean."""
    lexeme, automaton = progress.peek(), progress.automaton
    if not automaton.accepts("NONE") or not automaton.accepts("OPT_OUT"):
        return False
    if automaton.accepts("WORD") or not is_word(lexeme) or lexeme.opens_line:
        return False
    near = closest(lexeme.value, ACTIONS)
    progress.report(
        Diagnostic(
            codes.UNKNOWN_ACTION,
            f"{found(progress, lexeme)} is no action",
            progress.label(lexeme.span),
            help=f"did you mean `{near}`?"
            if near
            else "the actions are `opt-out`, `opt-in` and `help`; `none` expects no meaning",
            fix=progress.replacing(f"write `{near}`", lexeme.span, near) if near else None,
        )
    )
    action = near or "opt-out"
    type_ = action.upper().replace("-", "_")
    if progress.can_go_on(type_, past=1):
        progress.substitute(type_, action)
    elif progress.can_go_on(past=1):
        progress.discard()
    else:
        progress.automaton.back_to_list()
        skip(progress)
    return True
