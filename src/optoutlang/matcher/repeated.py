"""A message that only repeats one keyword: `STOP STOP`, `Stop! Stop!` (docs/language.md §5)."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from optoutlang.matcher.program import Meaning
from optoutlang.matcher.scope import Scope


def repeated(scope: Scope, tokens: Sequence[str], *, longest: int) -> Iterator[tuple[str, Meaning]]:
    """Yield each keyword, of at most `longest` characters, that the tokens are two or more times over.

    Each time it begins and ends on token boundaries. Shortest first.
    """
    total = sum(map(len, tokens))
    key = ""
    for token in tokens:
        key += token
        if len(key) > longest or 2 * len(key) > total:
            return
        if total % len(key) == 0:
            meaning = scope.keyword(key)
            if meaning is not None and _only_repeats(tokens, key):
                yield key, meaning


def repeated_merit(key: str, meaning: Meaning) -> tuple[int, int]:
    """Order the keywords that a message repeats, the one that decides first."""
    return (meaning.action.rank, -len(key))


def _only_repeats(tokens: Sequence[str], key: str) -> bool:
    filled = 0
    for token in tokens:
        if not key.startswith(token, filled):
            return False
        filled = (filled + len(token)) % len(key)
    return filled == 0
