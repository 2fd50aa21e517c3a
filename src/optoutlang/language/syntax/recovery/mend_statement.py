"""Mistakes inside a statement, and words that begin none."""

from __future__ import annotations

from optoutlang.language.diagnostics import codes
from optoutlang.language.diagnostics.diagnostic import Diagnostic, Fix
from optoutlang.language.diagnostics.suggest import closest
from optoutlang.language.source.span import Span
from optoutlang.language.syntax import characters, strings
from optoutlang.language.syntax.forms import inside
from optoutlang.language.syntax.lexeme import Lexeme
from optoutlang.language.syntax.recovery.foreign import one_word
from optoutlang.language.syntax.recovery.progress import EVERYWHERE, Progress
from optoutlang.language.syntax.recovery.skip import skip
from optoutlang.language.syntax.recovery.wording import found, wanted
from optoutlang.language.syntax.statements import (
    ALLOWED,
    NAMES,
    RESERVED,
    STATEMENTS,
    begins,
    is_name,
    is_word,
)


def missing_mark(progress: Progress) -> bool:
    """`let` without `=`, or `only` and `require` without `keywords`."""
    if progress.automaton.accepts("EQUALS"):
        return _missing_equals(progress)
    if progress.peek(-1).type in {"ONLY", "REQUIRE"} and progress.automaton.accepts("KEYWORDS"):
        return _missing_keywords(progress)
    return False


def _missing_equals(progress: Progress) -> bool:
    lexeme, before = progress.peek(), progress.peek(-1)
    end = Span(before.span.end, before.span.end)
    if lexeme.type == "STRING":
        # `let brand: "Acme"`: the colon is the same mistake.
        has_colon = progress.tokens.words.pop(progress.at - 1, None) is not None
        _report_expected(
            progress, None if has_colon else progress.replacing("insert `=`", end, " =")
        )
        progress.insert("EQUALS", "=")
        return True
    if progress.peek(1).type == "STRING" and not is_word(lexeme):
        _report_expected(progress, progress.replacing("write `=`", lexeme.span, "="))
        progress.substitute("EQUALS", "=")
        return True
    return False


def _missing_keywords(progress: Progress) -> bool:
    lexeme = progress.peek()
    if not is_word(lexeme):
        return False
    if is_word(progress.peek(1)) and closest(lexeme.value, ["keywords"]):
        _report_unknown(progress, "keywords")
        progress.substitute("KEYWORDS", "keywords")
        return True
    end = progress.peek(-1).span.end
    _report_expected(progress, progress.replacing("insert `keywords`", Span(end, end), " keywords"))
    progress.insert("KEYWORDS", "keywords")
    return True


def _report_expected(progress: Progress, fix: Fix | None, help_: str | None = None) -> None:
    lexeme = progress.peek()
    message = f"expected {wanted(progress)}, found {found(progress, lexeme)}"
    progress.report(
        Diagnostic(codes.SYNTAX_ERROR, message, progress.label(lexeme.span), help=help_, fix=fix)
    )


def missing_because(progress: Progress) -> bool:
    """`allow` with its reason, but without `because`, or with that misspelt."""
    lexeme, before = progress.peek(), progress.peek(-1)
    is_allow = progress.head.type == "ALLOW" and progress.automaton.accepts("BECAUSE")
    if not is_allow or lexeme.opens_line:
        return False
    message = f"expected `because`, found {found(progress, lexeme)}"
    if lexeme.type == "STRING":
        end = Span(before.span.end, before.span.end)
        fix = progress.replacing("insert `because`", end, " because")
        progress.report(
            Diagnostic(codes.SYNTAX_ERROR, message, progress.label(lexeme.span), fix=fix)
        )
        progress.insert("BECAUSE", "because")
        return True
    if is_name(lexeme) and progress.peek(1).type == "STRING":
        fix = progress.replacing("write `because`", lexeme.span, "because")
        progress.report(
            Diagnostic(codes.SYNTAX_ERROR, message, progress.label(lexeme.span), fix=fix)
        )
        progress.substitute("BECAUSE", "because")
        return True
    return False


# ---- Quoted or not -------------------------------------------------------------------------


def wrong_kind_of_word(progress: Progress) -> bool:
    """A name in quotes, or a text without them."""
    lexeme, automaton = progress.peek(), progress.automaton
    takes_name, takes_text = automaton.accepts("WORD"), automaton.accepts("STRING")
    if lexeme.type == "STRING" and takes_name:
        return _quoted_name(progress, lexeme)
    if is_name(lexeme) and takes_text and not takes_name:
        return _bare_text(progress)
    return False


def _quoted_name(progress: Progress, lexeme: Lexeme) -> bool:
    if not progress.automaton.accepts("WORD", progress.peek(1).type):
        return False
    fix, advice = None, "it stands without quotes"
    if characters.is_bare_word(lexeme.value):
        fix = progress.replacing("leave the quotes out", lexeme.span, lexeme.value)
    elif progress.peek(-1).type == "RULESET" and characters.is_bare_word(one_word(lexeme.value)):
        name = one_word(lexeme.value)
        fix, advice = (
            progress.replacing(f"write `{name}`", lexeme.span, name),
            f"{advice}, as one word",
        )
    elif lexeme.value == "*" and progress.peek(-1).type == "COUNTRY":
        advice = EVERYWHERE
    _report_expected(progress, fix, advice)
    progress.substitute("WORD", lexeme.value)
    return True


def _bare_text(progress: Progress) -> bool:
    count = _length_of_text(progress)
    if not count or not progress.automaton.accepts("STRING", progress.peek(count).type):
        return False
    span = progress.peek().span.cover(progress.peek(count - 1).span)
    text = progress.tokens.source.text[span.start : span.end]
    fix = None
    if not characters.UNREADABLE.search(text):
        fix = progress.replacing("write it in quotes", span, strings.encode(text))
    _report_expected(progress, fix, "it stands in double quotes")
    progress.substitute("STRING", text, count)
    return True


def _length_of_text(progress: Progress) -> int:
    """Return how many bare words on this line are one text: none if they begin something else."""
    is_message = progress.automaton.is_complete
    first = progress.peek()
    if first.opens_line and begins(first.type, progress.peek(1)):
        return 0
    count = 1
    while is_name(each := progress.peek(count)) and not each.opens_line:
        if is_message and each.type in _BEHIND_MESSAGE:
            break
        if begins(each.type, progress.peek(count + 1)):
            break
        count += 1
    return count if not is_message or progress.peek(count).type in _BEHIND_MESSAGE else 0


_BEHIND_MESSAGE = frozenset({"FROM", "PREFER", "ARROW"})


# ---- Where a statement should begin --------------------------------------------------------


def misplaced_ruleset(progress: Progress) -> bool:
    """`ruleset` behind the first statement."""
    lexeme = progress.peek()
    if lexeme.type != "RULESET" or not progress.automaton.is_complete:
        return False
    is_second = progress.peek(-progress.at).type == "RULESET"
    progress.report(
        Diagnostic(
            codes.MISPLACED_RULESET,
            "`ruleset` stands twice" if is_second else "`ruleset` is not the first statement",
            progress.label(lexeme.span),
            help="a file has one name" if is_second else "move it to the top of the file",
        )
    )
    progress.automaton.back_to_list()
    progress.discard()
    if is_word(progress.peek()) and not progress.peek().opens_line:
        progress.discard()
    is_tagged = progress.peek().type == "LANGUAGE" and is_name(progress.peek(1))
    if is_tagged and progress.peek(2).type != "LBRACE":
        progress.discard()
        progress.discard()
    return True


def unknown_statement(progress: Progress) -> bool:
    """A word that begins no statement, or one that is kept for later."""
    lexeme = progress.peek()
    is_candidate = is_name(lexeme) and lexeme.type not in STATEMENTS
    if not is_candidate or not progress.automaton.is_complete:
        return False
    if progress.automaton.filling == "test":
        return False
    progress.automaton.back_to_list()
    if lexeme.value in RESERVED:
        progress.report(
            Diagnostic(
                codes.RESERVED_STATEMENT,
                f"{found(progress, lexeme)} is kept for a later version of the language",
                progress.label(lexeme.span),
                help="write `tolerate typos` in an `opt-out` section"
                if lexeme.value == "typos"
                else "this version has no such statement; delete it",
            )
        )
        skip(progress)
        return True
    near = _nearest(progress, lexeme.value)
    _report_unknown(progress, near)
    type_ = (near or "").upper().replace("-", "_")
    if progress.automaton.accepts(type_, progress.peek(1).type):
        progress.substitute(type_, near or "")
    else:
        skip(progress)
    return True


def _nearest(progress: Progress, word: str) -> str | None:
    return closest(word, _names_here(progress)) or closest(word, NAMES)


def _names_here(progress: Progress) -> list[str]:
    allowed = ALLOWED[progress.automaton.filling]
    names = [name for name, type_ in NAMES.items() if type_ in allowed]
    return ["ruleset", *names] if progress.automaton.accepts("RULESET") else names


def _report_unknown(progress: Progress, near: str | None) -> None:
    lexeme = progress.peek()
    names = _names_here(progress)
    where = inside(progress.automaton.filling)
    listed = ", ".join(f"`{name}`" for name in names)
    is_here = near in names or not progress.automaton.is_complete
    progress.report(
        Diagnostic(
            codes.UNKNOWN_STATEMENT,
            f"no statement has the name {found(progress, lexeme)}",
            progress.label(lexeme.span),
            help=f"did you mean `{near}`?" if near else f"{where} stand {listed}",
            fix=progress.replacing(f"write `{near}`", lexeme.span, near)
            if near and is_here
            else None,
        )
    )
