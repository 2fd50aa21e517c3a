"""The menders in their order (the package says why this one).

Each mender looks at the lexeme that cannot stand and either leaves it to the
next one (False), or reports the mistake and brings the automaton to where that
lexeme or a later one can stand (True). The first that knows the mistake wins;
the last knows them all.
"""

from __future__ import annotations

from optoutlang.language.diagnostics import codes
from optoutlang.language.diagnostics.diagnostic import Diagnostic
from optoutlang.language.syntax.lexeme import END
from optoutlang.language.syntax.recovery import (
    foreign,
    mend_block,
    mend_case,
    mend_frame,
    mend_list,
    mend_number,
    mend_statement,
)
from optoutlang.language.syntax.recovery.progress import Progress
from optoutlang.language.syntax.recovery.skip import skip
from optoutlang.language.syntax.recovery.wording import found, wanted
from optoutlang.language.syntax.statements import LISTS, is_word

_MENDERS = (
    mend_block.file_ends,
    mend_list.swallowed_statement,
    mend_frame.swallowed_condition,
    mend_block.missing_brace,
    mend_statement.missing_mark,
    mend_frame.missing_is,
    mend_frame.missing_reach,
    mend_number.missing_words,
    mend_number.separated_number,
    mend_case.missing_arrow,
    mend_case.unknown_action,
    mend_statement.missing_because,
    mend_statement.wrong_kind_of_word,
    mend_frame.misspelt_condition,
    mend_frame.misplaced_condition,
    mend_list.missing_comma,
    mend_block.extra_brace,
    mend_block.closed_too_early,
    foreign.name_of_words,
    mend_statement.misplaced_ruleset,
    mend_block.unclosed_or_misplaced,
    foreign.foreign_mark,
    mend_statement.unknown_statement,
)


def mend(progress: Progress) -> None:
    """Report what keeps the current lexeme from standing where it stands, and go past the mistake."""
    if not any(mender(progress) for mender in _MENDERS):
        _unexpected(progress)


def _unexpected(progress: Progress) -> None:
    lexeme, before = progress.peek(), progress.peek(-1)
    is_list = (
        before.type in LISTS
        and not mend_number.ends_before_number(progress)
        and progress.automaton.accepts("WORD")
    )
    if is_list and not is_word(lexeme) and not _can_delete(progress):
        mend_list.report_empty(progress, progress.at - 1)
        progress.reported.add(progress.at)
    else:
        message = f"expected {wanted(progress)}, found {found(progress, lexeme)}"
        advice = foreign.superfluous_mark(progress, lexeme) if _can_delete(progress) else None
        progress.report(
            Diagnostic(
                codes.SYNTAX_ERROR,
                message,
                progress.label(lexeme.span),
                help=advice,
                fix=progress.replacing("delete it", lexeme.span, "") if advice else None,
            )
        )
    _repair(progress)


def _repair(progress: Progress) -> None:
    """Put one lexeme in, or leave one out, if the statement can be read on then; else give it up."""
    lexeme = progress.peek()
    missing = next((each for each in _INSERTED if progress.can_go_on(each)), None)
    if missing and lexeme.type != END and not progress.automaton.is_complete:
        progress.insert(missing, "")
    elif _can_delete(progress):
        progress.discard()
    else:
        progress.automaton.back_to_list()
        if lexeme.type != END and not progress.automaton.accepts(lexeme.type):
            skip(progress)


def _can_delete(progress: Progress) -> bool:
    type_ = progress.peek().type
    if type_ == "LBRACE" and progress.missing_braces <= 0:
        return False
    if type_ == "RBRACE" and progress.missing_braces >= 0:
        return False
    return type_ != END and progress.can_go_on(past=1)


_INSERTED = ("WORD", "STRING", "EQUALS")
