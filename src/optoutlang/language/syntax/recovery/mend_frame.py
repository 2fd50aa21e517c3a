"""Mistakes in `class`, `guard` and `frames`."""

from __future__ import annotations

from optoutlang.language.diagnostics import codes
from optoutlang.language.diagnostics.diagnostic import Diagnostic, Fix
from optoutlang.language.diagnostics.suggest import closest
from optoutlang.language.source.span import Span
from optoutlang.language.syntax.forms import Form
from optoutlang.language.syntax.lexeme import END, Lexeme
from optoutlang.language.syntax.recovery.progress import Progress
from optoutlang.language.syntax.recovery.skip import skip
from optoutlang.language.syntax.recovery.wording import found, wanted
from optoutlang.language.syntax.statements import begins, is_name, is_word

_CONDITIONS = {"unless": "UNLESS", "needs": "NEEDS"}
_SIDES = {"before": "BEFORE", "after": "AFTER"}
_REACHES = {"within": "WITHIN", "between": "BETWEEN", "anywhere": "ANYWHERE"}
_WITHIN = "write `within 2 before`, `within 2 after`, `between` or `anywhere`"


def missing_is(progress: Progress) -> bool:
    """`class` or `guard` without `is`."""
    lexeme = progress.peek()
    if not _lacks(progress, "IS"):
        return False
    if lexeme.type == "EQUALS" and is_word(progress.peek(1)):
        _report(progress, progress.replacing("write `is`", lexeme.span, "is"))
        progress.substitute("IS", "is")
        return True
    if not is_word(lexeme) or lexeme.opens_line:
        return False
    has_colon = progress.tokens.words.pop(progress.at - 1, None) is not None
    end = progress.peek(-1).span.end
    fix = None if has_colon else progress.replacing("insert `is`", Span(end, end), " is")
    _report(progress, fix)
    progress.insert("IS", "is")
    return True


def _lacks(progress: Progress, type_: str) -> bool:
    """Tell whether a word of the language must stand here, and not just any word."""
    return progress.automaton.accepts(type_) and not progress.automaton.accepts("WORD")


def _report(progress: Progress, fix: Fix | None, help_: str | None = None) -> None:
    lexeme = progress.peek()
    message = f"expected {wanted(progress)}, found {found(progress, lexeme)}"
    progress.report(
        Diagnostic(codes.SYNTAX_ERROR, message, progress.label(lexeme.span), help=help_, fix=fix)
    )


# ---- Where a guard looks -------------------------------------------------------------------


def missing_reach(progress: Progress) -> bool:
    """`guard` without where it looks, or with one that is not spelt so."""
    if _lacks(progress, "WITHIN"):
        return _missing_reach(progress, progress.peek())
    if _lacks(progress, "BEFORE"):
        return _missing_side(progress, progress.peek())
    return False


def _missing_reach(progress: Progress, lexeme: Lexeme) -> bool:
    following = progress.peek(1)
    if lexeme.value.isdecimal() and following.type in _SIDES.values():
        _report(
            progress, progress.replacing("insert `within`", _before(lexeme), "within "), _WITHIN
        )
        progress.insert("WITHIN", "within")
        return True
    if lexeme.type in _SIDES.values():
        is_numbered = following.value.isdecimal() and not following.opens_line
        _report(progress, None, _WITHIN)
        progress.discard()
        number = "1"
        if is_numbered:
            number = following.value
            progress.discard()
        _insert_within(progress, number, lexeme)
        return True
    near = closest(lexeme.value, _REACHES) if is_name(lexeme) and not lexeme.opens_line else None
    if near:
        _report(progress, progress.replacing(f"write `{near}`", lexeme.span, near), _WITHIN)
        progress.substitute(_REACHES[near], near)
        return True
    return _guard_ends(progress, lexeme, following)


def _guard_ends(progress: Progress, lexeme: Lexeme, following: Lexeme) -> bool:
    """A guard that ends behind its classes, or behind one word that says nowhere."""
    is_last = is_word(lexeme) and (following.opens_line or following.type == END)
    if not lexeme.opens_line and lexeme.type not in {END, "LBRACE", "RBRACE"} and not is_last:
        return False
    _report(progress, None, _WITHIN)
    if is_last and not lexeme.opens_line:
        progress.discard()
    progress.insert("ANYWHERE", "anywhere")
    return True


def _missing_side(progress: Progress, lexeme: Lexeme) -> bool:
    before = progress.peek(-1)
    near = closest(lexeme.value, _SIDES) if is_name(lexeme) and not lexeme.opens_line else None
    if before.type in _SIDES.values():
        progress.report(
            Diagnostic(
                codes.SYNTAX_ERROR,
                f"expected a number of words, found {found(progress, before)}",
                progress.label(before.span),
                help=_WITHIN,
            ),
            index=progress.at - 1,
        )
        progress.insert(before.type, before.value)
    elif near:
        _report(progress, progress.replacing(f"write `{near}`", lexeme.span, near), _WITHIN)
        progress.substitute(_SIDES[near], near)
    else:
        _report(progress, None, _WITHIN)
        progress.insert("BEFORE", "before")
    return True


def _insert_within(progress: Progress, number: str, side: Lexeme) -> None:
    progress.insert("WITHIN", "within")
    progress.insert("WORD", number)
    progress.insert(side.type, side.value)


def _before(lexeme: Lexeme) -> Span:
    return Span(lexeme.span.start, lexeme.span.start)


# ---- Guards and needs of frames ------------------------------------------------------------


def swallowed_condition(progress: Progress) -> bool:
    """`unless` or `needs` that a comma before it has made a word of the list."""
    name, comma = progress.peek(-1), progress.peek(-2)
    is_condition = name.type in _CONDITIONS.values() and comma.type == "COMMA"
    if not is_condition or not is_name(progress.peek()) or not _is_in_frames(progress):
        return False
    progress.automaton.take_back()
    progress.automaton.take_back()
    if progress.automaton.accepts(name.type, progress.peek().type):
        message = f"the comma makes {found(progress, name)} a word of the list"
        _report_swallowed(progress, comma, message, progress.at - 2)
    else:
        progress.insert("COMMA", ",")
        message = f"{found(progress, name)} stands twice"
        _report_swallowed(progress, name, message, progress.at - 1)
        return progress.advance()
    progress.at -= 1
    return True


def _report_swallowed(progress: Progress, lexeme: Lexeme, message: str, index: int) -> None:
    progress.report(
        Diagnostic(
            codes.STRAY_COMMA,
            message,
            progress.label(lexeme.span),
            help=f"leave {found(progress, lexeme)} out",
            fix=progress.replacing(f"delete `{lexeme.value}`", lexeme.span, ""),
        ),
        index=index,
    )


def misspelt_condition(progress: Progress) -> bool:
    """A word that was meant to be `unless` or `needs`."""
    lexeme, automaton = progress.peek(), progress.automaton
    if not is_name(lexeme) or not is_name(progress.peek(1)):
        return False
    here = [name for name, type_ in _CONDITIONS.items() if automaton.accepts(type_, "WORD")]
    near = closest(lexeme.value, here)
    if near is None or begins(lexeme.type, progress.peek(1)):
        return False
    progress.report(
        Diagnostic(
            codes.SYNTAX_ERROR,
            f"{found(progress, lexeme)} ends no list of frames",
            progress.label(lexeme.span),
            help=f"did you mean `{near}`?",
            fix=progress.replacing(f"write `{near}`", lexeme.span, near),
        )
    )
    progress.substitute(_CONDITIONS[near], near)
    return True


def misplaced_condition(progress: Progress) -> bool:
    """`unless` or `needs` behind a list of something else, or a second time."""
    lexeme, automaton = progress.peek(), progress.automaton
    if lexeme.type not in _CONDITIONS.values() or not is_name(progress.peek(1)):
        return False
    if not automaton.is_complete:
        return False
    is_second = _is_in_frames(progress)
    progress.report(
        Diagnostic(
            codes.MISPLACED_STATEMENT,
            f"{found(progress, lexeme)} stands twice behind one list"
            if is_second
            else f"{found(progress, lexeme)} cannot stand here",
            progress.label(lexeme.span),
            help="write one list behind it" if is_second else "it stands behind a list of `frames`",
        )
    )
    automaton.back_to_list()
    skip(progress)
    return True


def _is_in_frames(progress: Progress) -> bool:
    return progress.head.type == Form.FRAMES.terminals[0]
