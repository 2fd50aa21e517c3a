"""Mistakes with braces, and statements in the wrong block."""

from __future__ import annotations

from optoutlang.language.diagnostics import codes
from optoutlang.language.diagnostics.diagnostic import Diagnostic, Label
from optoutlang.language.source.span import Span
from optoutlang.language.syntax.lexeme import END, Lexeme
from optoutlang.language.syntax.recovery.progress import Block, Progress
from optoutlang.language.syntax.recovery.skip import skip
from optoutlang.language.syntax.recovery.wording import found, inside, places
from optoutlang.language.syntax.statements import ALLOWED, STATEMENTS


def file_ends(progress: Progress) -> bool:
    """Blocks that are open where the file ends."""
    if progress.peek().type != END or not progress.blocks:
        return False
    progress.automaton.back_to_list()
    suspicions = [each for each in progress.suspicions if each.outer in progress.blocks]
    for suspicion in suspicions[: len(progress.blocks)]:
        _report_unclosed(progress, [suspicion.block], suspicion.closed_by)
        progress.insert("RBRACE", "}")
    if progress.blocks:
        _close(progress, len(progress.blocks), progress.peek())
    return True


def missing_brace(progress: Progress) -> bool:
    """A block's head without its brace."""
    lexeme = progress.peek()
    if not progress.can_go_on("LBRACE"):
        return False
    if progress.missing_braces >= 0 and progress.can_go_on(past=1):
        return False  # a word too many: another brace would have no partner
    end = Span(progress.peek(-1).span.end, progress.peek(-1).span.end)
    has_partner = progress.missing_braces < 0
    progress.report(
        Diagnostic(
            codes.SYNTAX_ERROR,
            f"expected `{{`, found {found(progress, lexeme)}",
            progress.label(lexeme.span),
            help="a block stands in `{` and `}`",
            fix=progress.replacing("insert the brace", end, " {") if has_partner else None,
        )
    )
    progress.insert("LBRACE", "{")
    return True


def extra_brace(progress: Progress) -> bool:
    """A closing brace where no block is open."""
    brace = progress.peek()
    if brace.type != "RBRACE" or progress.blocks or not progress.automaton.is_complete:
        return False
    _report_extra(progress, brace, progress.at)
    progress.discard()
    return True


def _report_extra(
    progress: Progress, brace: Lexeme, index: int, related: tuple[Label, ...] = ()
) -> None:
    progress.report(
        Diagnostic(
            codes.EXTRA_BRACE,
            "`}` closes nothing" if not related else "`}` closes its block too early",
            progress.label(brace.span),
            related,
            help="delete it",
            fix=progress.replacing("delete the brace", brace.span, ""),
        ),
        index=index,
    )


def closed_too_early(progress: Progress) -> bool:
    """What was meant to stand in the block that has just been closed."""
    lexeme = progress.peek()
    if progress.missing_braces >= 0 or progress.peek(-1).type != "RBRACE":
        return False
    if lexeme.type in STATEMENTS and lexeme.type not in ALLOWED.get(progress.closed or "", ()):
        return False
    _reopen(progress, lexeme)
    return True


def unclosed_or_misplaced(progress: Progress) -> bool:
    """A statement that cannot stand in the block that is open."""
    name = progress.peek()
    if name.type not in STATEMENTS or not progress.automaton.is_complete:
        return False
    progress.automaton.back_to_list()
    if _fits_outside(progress, name) and _has_ended(progress, name):
        _close(progress, _count_ended(progress, name), name)
    else:
        _report_misplaced(progress, name)
        skip(progress)
    return True


def _report_misplaced(progress: Progress, name: Lexeme) -> None:
    block = progress.blocks[-1] if progress.blocks else None
    related = (progress.label(block.head.span, "in this block"),) if block else ()
    progress.report(
        Diagnostic(
            codes.MISPLACED_STATEMENT,
            f"{found(progress, name)} cannot stand {inside(progress.automaton.filling)}",
            progress.label(name.span),
            related,
            help=f"it stands {places(name.type)}",
        )
    )


# ---- A block that was closed too early -----------------------------------------------------


def _reopen(progress: Progress, name: Lexeme) -> None:
    # The block cannot be read on, so the rest of it is left out, with the brace that ends it.
    label = progress.label(name.span, "this was meant to stand inside the block")
    _report_extra(progress, progress.peek(-1), progress.at - 1, (label,))
    depth = 0
    while depth >= 0 and progress.peek().type != END:
        depth += {"LBRACE": 1, "RBRACE": -1}.get(progress.peek().type, 0)
        progress.discard()


# ---- A block that was never closed ---------------------------------------------------------


def _fits_outside(progress: Progress, name: Lexeme) -> bool:
    outside = ["file", *(block.kind for block in progress.blocks[:-1])]
    return bool(progress.blocks) and any(name.type in ALLOWED[kind] for kind in outside)


def _has_ended(progress: Progress, name: Lexeme) -> bool:
    """Tell whether the innermost block was to end before a statement: by the layout, else by the braces."""
    if _layout_tells(progress, name):
        return _is_outdented(progress, name)
    return progress.missing_braces > 0


def _layout_tells(progress: Progress, name: Lexeme) -> bool:
    block = progress.blocks[-1]
    first = block.first
    return (
        name.opens_line
        and first is not None
        and first.opens_line
        and progress.column(first) > progress.indent(block.head)
    )


def _count_ended(progress: Progress, name: Lexeme) -> int:
    """Return how many of the innermost blocks end before a statement."""
    kinds = ["file", *(block.kind for block in progress.blocks)]
    count = 1
    while name.type not in ALLOWED[kinds[-1 - count]]:
        count += 1
    while count < len(progress.blocks) and _is_outdented(progress, name, count):
        count += 1
    return count


def _is_outdented(progress: Progress, name: Lexeme, count: int = 0) -> bool:
    head = progress.blocks[-1 - count].head
    return _layout_tells(progress, name) and progress.column(name) <= progress.indent(head)


def _close(progress: Progress, count: int, noticed: Lexeme) -> None:
    # A block whose opening brace is missing, too, is reported already.
    blocks = [each for each in progress.blocks[len(progress.blocks) - count :] if each.is_written]
    if blocks:
        _report_unclosed(progress, blocks, noticed)
    for _ in range(count):
        progress.insert("RBRACE", "}")


def _report_unclosed(progress: Progress, blocks: list[Block], noticed: Lexeme) -> None:
    """Report blocks, outermost first, that are not closed where another lexeme is noticed."""
    *outer, inner = (block.head.span.cover(block.brace.span) for block in blocks)
    remark = {END: "the file ends here", "RBRACE": "this `}` closes it"}.get(
        noticed.type, f"{found(progress, noticed)} cannot stand in it"
    )
    nor = tuple(progress.label(span, "nor is this one") for span in reversed(outer))
    before = Span(noticed.span.start, noticed.span.start)
    progress.report(
        Diagnostic(
            codes.UNCLOSED_BLOCK,
            f"the block of {found(progress, blocks[-1].head)} is never closed",
            progress.label(inner),
            (*nor, progress.label(noticed.span, remark)),
            help=f"close it with `{'}' * len(blocks)}`",
            fix=progress.replacing("close the block", before, "}\n" * len(blocks)),
        ),
        index=blocks[-1].index,
    )
