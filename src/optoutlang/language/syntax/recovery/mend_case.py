"""Mistakes in the cases of a `test` block."""

from __future__ import annotations

from optoutlang.language.diagnostics import codes
from optoutlang.language.diagnostics.diagnostic import Code, Diagnostic
from optoutlang.language.diagnostics.suggest import closest
from optoutlang.language.source.span import Span
from optoutlang.language.syntax.lexeme import Lexeme
from optoutlang.language.syntax.recovery.progress import Progress
from optoutlang.language.syntax.recovery.skip import skip
from optoutlang.language.syntax.recovery.wording import found
from optoutlang.language.syntax.statements import ACTIONS, is_name, is_word

_LIKE_ARROW = frozenset("-=>:–—−→⇒➔")
_LIKE_FROM = frozenset({"in", "at", "for", "country"})
_SHAPE = 'a case is `"message" -> action`, or `"message" from MX prefer es -> action`'


def missing_arrow(progress: Progress) -> bool:
    """A case without `->`, or with something like it, or with something before it that is wrong."""
    if not progress.automaton.accepts("ARROW"):
        return False
    lexeme = progress.peek()
    count = _length_of_arrow(progress)
    if count and progress.automaton.accepts("ARROW", progress.peek(count).type):
        span = lexeme.span.cover(progress.peek(count - 1).span)
        _report(
            progress,
            codes.MISSING_ARROW,
            span,
            _SHAPE,
            ("write `->`", span, _spaced(progress, span)),
        )
        progress.substitute("ARROW", "->", count)
    elif lexeme.opens_line or lexeme.type == "RBRACE":
        _report(progress, codes.MISSING_ARROW, lexeme.span, _SHAPE)
        progress.automaton.back_to_list()
        if not progress.automaton.accepts(lexeme.type):
            skip(progress)
    elif is_name(lexeme) and is_name(progress.peek(1)) and _is_clause(progress, lexeme):
        pass
    elif is_word(lexeme) and not progress.can_go_on(past=1):
        start = Span(lexeme.span.start, lexeme.span.start)
        edit = ("insert `->`", start, "-> ")
        _report(progress, codes.MISSING_ARROW, lexeme.span, _SHAPE, edit)
        progress.insert("ARROW", "->")
    else:
        return False
    return True


def _spaced(progress: Progress, span: Span) -> str:
    text = progress.tokens.source.text
    before = " " if text[span.start - 1 : span.start] == '"' else ""
    return f"{before}->{'' if text[span.end : span.end + 1].isspace() else ' '}"


def _length_of_arrow(progress: Progress) -> int:
    count = 0
    while (text := progress.text(progress.peek(count))) and _LIKE_ARROW.issuperset(text):
        count += 1
    return count


def _report(
    progress: Progress,
    code: Code,
    span: Span,
    advice: str,
    edit: tuple[str, Span, str] | None = None,
) -> None:
    message = f"expected `->`, found {found(progress, progress.peek())}"
    fix = progress.replacing(*edit) if edit else None
    progress.report(Diagnostic(code, message, progress.label(span), help=advice, fix=fix))


def _is_clause(progress: Progress, lexeme: Lexeme) -> bool:
    """A misspelt `from` or `prefer`, or one that stands in the wrong order."""
    choices = [each for each in ("from", "prefer") if progress.automaton.accepts(each.upper())]
    near = closest(lexeme.value, choices)
    if near is None and lexeme.value in _LIKE_FROM and "from" in choices:
        near = "from"
    if near:
        _report_clause(progress, lexeme, near)
        progress.substitute(near.upper(), near)
    elif lexeme.type in {"FROM", "PREFER"}:
        advice = "`from` stands before `prefer`, each of them once"
        _report(progress, codes.SYNTAX_ERROR, lexeme.span, advice)
        progress.discard()
        progress.discard()
    return near is not None or lexeme.type in {"FROM", "PREFER"}


def _report_clause(progress: Progress, lexeme: Lexeme, near: str) -> None:
    what = "the sender's country" if near == "from" else "the caller's preferred language"
    progress.report(
        Diagnostic(
            codes.SYNTAX_ERROR,
            f"{what} stands behind `{near}`, not {found(progress, lexeme)}",
            progress.label(lexeme.span),
            help=f"did you mean `{near}`?",
            fix=progress.replacing(f"write `{near}`", lexeme.span, near),
        )
    )


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
