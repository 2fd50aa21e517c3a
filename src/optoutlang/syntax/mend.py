"""x."""

from __future__ import annotations

from optoutlang.diagnostics import codes
from optoutlang.syntax.lexeme import END
from optoutlang.syntax.progress import Progress


def mend(progress: Progress) -> None:
    """Report the first mistake, and give the rest up."""
    lexeme = progress.peek()
    progress.report(codes.SYNTAX_ERROR, f"`{progress.text(lexeme)}` cannot stand here", lexeme.span)
    while progress.peek().type != END:
        progress.discard()
    progress.automaton.back_to_list()
    while progress.blocks:
        progress.insert("RBRACE", "}")
