"""Mistakes in lists of words."""

from __future__ import annotations

from optoutlang.language.diagnostics import codes
from optoutlang.language.diagnostics.diagnostic import Diagnostic, Edit, Fix
from optoutlang.language.diagnostics.suggest import closest
from optoutlang.language.source.span import Span
from optoutlang.language.syntax.lexeme import Lexeme
from optoutlang.language.syntax.recovery.progress import Progress
from optoutlang.language.syntax.recovery.wording import found
from optoutlang.language.syntax.statements import (
    LISTS,
    NAMES,
    RESERVED,
    STATEMENTS,
    begins,
    is_name,
    is_word,
)
from optoutlang.language.syntax.strings import encode


def swallowed_statement(progress: Progress) -> bool:
    """A statement's name that the list before it has taken for a word."""
    name, before = progress.peek(-1), progress.peek(-2)
    if name.type not in STATEMENTS or name is progress.head:
        return False
    opens_line = name.opens_line or before.opens_line or name.type == "REPLY"
    if not opens_line or not begins(name.type, progress.peek()):
        return False
    if not progress.automaton.accepts_in_list(name.type):
        return False
    if before.type == "COMMA":
        _report_stray_comma(progress, before, name)
    elif before.type in LISTS:
        report_empty(progress, progress.at - 2)
        progress.automaton.take_back()
        if before.type in {"UNLESS", "NEEDS"}:  # the frames before it can be read
            progress.automaton.take_back()
    else:
        return False
    progress.automaton.back_to_list()
    progress.at -= 1
    return True


def _report_stray_comma(progress: Progress, comma: Lexeme, name: Lexeme) -> None:
    progress.report(
        Diagnostic(
            codes.STRAY_COMMA,
            f"the comma makes {found(progress, name)} a word of the list",
            progress.label(comma.span),
            (progress.label(name.span, "this was meant to be a statement"),),
            help="leave the comma out",
            fix=progress.replacing("delete the comma", comma.span, ""),
        ),
        index=progress.at - 2,
    )


def report_empty(progress: Progress, index: int) -> None:
    """Report a list without words; `index` is the lexeme before it."""
    lexeme = progress.tokens.lexemes[index]
    progress.report(
        Diagnostic(
            codes.EMPTY_LIST,
            f"{found(progress, lexeme)} lists nothing",
            progress.label(lexeme.span),
            help="name at least one word behind it, or delete the statement",
        ),
        index=index,
    )


def missing_comma(progress: Progress) -> bool:
    """Words of a list without a comma between them; those of one list are one mistake."""
    if not _lacks_comma(progress, 0):
        return False
    gaps = [0]
    while (gap := _next_gap(progress, gaps[-1])) is not None:
        gaps.append(gap)
    ends = [progress.peek(gap - 1).span.end for gap in gaps]
    runs = _runs(progress, gaps)
    progress.report(
        Diagnostic(
            codes.MISSING_COMMA,
            f"a comma is missing between {found(progress, progress.peek(-1))} "
            f"and {found(progress, progress.peek())}",
            progress.label(progress.peek().span),
            help="separate the words of a list by commas; quote what is one word with a space in it",
            fix=_quoting(progress, runs)
            if runs
            else Fix(
                "insert the comma" if len(gaps) == 1 else "insert the commas",
                tuple(Edit(progress.place(Span(end, end)), ",") for end in ends),
            ),
        )
    )
    if runs:
        _read_as_quoted(progress, runs)
        return True
    lacking = frozenset(gaps)
    for position in range(gaps[-1] + 1):
        if position in lacking:
            progress.insert("COMMA", ",")
        progress.advance()
    return True


def _runs(progress: Progress, gaps: list[int]) -> list[list[Lexeme]]:
    """Return the lexemes of each phrase that is written without quotes, empty where the words are rather a list's."""
    head = 1
    while is_word(progress.peek(-head)) or progress.peek(-head).type == "COMMA":
        if progress.peek(-head).type in LISTS:
            break
        head += 1
    if progress.peek(-head).type not in _OF_SEVERAL_WORDS:
        return []
    runs: list[list[Lexeme]] = [[progress.peek(-1)]]
    for offset in range(gaps[-1] + 1):
        if progress.peek(offset).type == "COMMA":
            runs.append([])
        else:
            runs[-1].append(progress.peek(offset))
    return [] if any(each.type == "STRING" for run in runs for each in run) else runs


def _quoting(progress: Progress, runs: list[list[Lexeme]]) -> Fix:
    """Return the fix that puts each phrase of several words in quotes."""
    spans = [run[0].span.cover(run[-1].span) for run in runs if len(run) > 1]
    text = progress.tokens.source.text
    return Fix(
        "write them in quotes",
        tuple(Edit(progress.place(each), encode(text[each.start : each.end])) for each in spans),
    )


def _read_as_quoted(progress: Progress, runs: list[list[Lexeme]]) -> None:
    # What the fix would write is what the checks see: `off` alone is no phrase of this file.
    progress.automaton.take_back()
    progress.at -= 1
    text = progress.tokens.source.text
    for place, run in enumerate(runs):
        if place:
            progress.advance()
        span = run[0].span.cover(run[-1].span)
        progress.substitute("STRING", text[span.start : span.end], len(run))


_OF_SEVERAL_WORDS = frozenset({"PHRASES", "SENTENCES", "EXCEPT"})


def _next_gap(progress: Progress, gap: int) -> int | None:
    # The word at the last gap, then perhaps `, word` any number of times, then a gap.
    index = gap
    while progress.peek(index + 1).type == "COMMA" and progress.automaton.accepts(
        "COMMA", progress.peek(index + 2).type
    ):
        index += 2
    return index + 1 if _lacks_comma(progress, index + 1) else None


def _lacks_comma(progress: Progress, offset: int) -> bool:
    lexeme = progress.peek(offset)
    if not progress.automaton.accepts("COMMA", lexeme.type) or not is_word(lexeme):
        return False
    return lexeme.type == "STRING" or not _means_statement(progress, offset)


def _means_statement(progress: Progress, offset: int) -> bool:
    lexeme, following = progress.peek(offset), progress.peek(offset + 1)
    if lexeme.type in STATEMENTS:
        return begins(lexeme.type, following)
    if not lexeme.opens_line:
        near = closest(lexeme.value, NAMES)
        return near is not None and begins(NAMES[near], following)
    if lexeme.value in RESERVED:
        return True
    goes_on = is_word(following) or following.type in {"LBRACE", "EQUALS"}
    return is_name(lexeme) and goes_on and not following.opens_line
