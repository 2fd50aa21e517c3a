"""Source text to syntax tree, with every mistake of the text found in one run."""

from __future__ import annotations

from functools import lru_cache

from optoutlang.language.diagnostics.diagnostic import Diagnostic
from optoutlang.language.source.text import SourceText
from optoutlang.language.syntax.lexeme import END
from optoutlang.language.syntax.recovery.foreign import other_format
from optoutlang.language.syntax.recovery.mend import mend
from optoutlang.language.syntax.recovery.progress import Progress
from optoutlang.language.syntax.tokenize import tokenize
from optoutlang.language.syntax.tree import File, Statement


def parse(source: SourceText) -> tuple[File, tuple[Diagnostic, ...]]:
    """Return the tree of a source text and what is wrong with the text, in order of place.

    Any text at all is accepted; where it is wrong, the tree holds what could be
    read. Each mistake gives one finding, and none is caused by another's.
    """
    tokens = tokenize(source)
    progress = Progress(tokens)
    statements = _statements(progress)
    words = (each for index, each in tokens.words.items() if index not in tokens.spent)
    found = (*tokens.found, *words, *progress.found)
    file = File(source, statements, tuple(tokens.tokens))
    foreign = other_format(source)
    if foreign is not None:
        return File(source, (), tuple(tokens.tokens)), (foreign,)
    return file, tuple(sorted(found, key=lambda each: each.sort_key))


parse_once = lru_cache(maxsize=512)(parse)
"""`parse`, for files that are met again and again: equal texts of one name are parsed once in a process."""


def _statements(progress: Progress) -> tuple[Statement, ...]:
    while progress.peek().type != END:
        if not progress.advance():
            mend(progress)
    while not progress.automaton.accepts(END):
        mend(progress)
    return progress.automaton.finish(progress.peek())
