"""Error recovery: what is wrong where the grammar cannot go on, and how the parse goes on all the same.

Each mender looks at the lexeme that cannot stand and either leaves it to the
next one (False), or reports the mistake and brings the automaton to where that
lexeme or a later one can stand (True). The first that knows the mistake wins;
the last knows them all.
"""

from __future__ import annotations

from optoutlang.diagnostics import codes
from optoutlang.syntax import mend_block, mend_list, mend_statement, mend_test
from optoutlang.syntax.progress import Progress
from optoutlang.syntax.skip import skip
from optoutlang.syntax.statements import LISTS
from optoutlang.syntax.wording import found, wanted

_MENDERS = (
    mend_block.file_ends,
    mend_list.swallowed_statement,
    mend_block.missing_brace,
    mend_statement.missing_mark,
    mend_test.missing_arrow,
    mend_test.unknown_action,
    mend_statement.wrong_kind_of_word,
    mend_list.missing_comma,
    mend_block.extra_brace,
    mend_statement.misplaced_ruleset,
    mend_block.unclosed_or_misplaced,
    mend_statement.unknown_statement,
)


def mend(progress: Progress) -> None:
    """Report what keeps the current lexeme from standing where it stands, and go past the mistake."""
    if not any(mender(progress) for mender in _MENDERS):
        _unexpected(progress)


def _unexpected(progress: Progress) -> None:
    lexeme, before = progress.peek(), progress.peek(-1)
    if before.type in LISTS and progress.automaton.accepts("WORD"):
        mend_list.report_empty(progress, progress.at - 1)
        progress.reported.add(progress.at)
    else:
        message = f"expected {wanted(progress)}, found {found(progress, lexeme)}"
        progress.report(codes.SYNTAX_ERROR, message, lexeme.span)
    if lexeme.type in _SUPERFLUOUS and progress.automaton.accepts(progress.peek(1).type):
        progress.discard()
        return
    progress.automaton.back_to_list()
    if not progress.automaton.accepts(lexeme.type):
        skip(progress)


_SUPERFLUOUS = frozenset({"COMMA", "LAST_COMMA", "EQUALS", "ARROW", "STRAY"})
