"""A message that only repeats one keyword: `STOP STOP`, `Stop! Stop!` (docs/language.md §5)."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from optoutlang.runtime.matcher.scope import Scope
from optoutlang.runtime.program.program import Meaning


def repeated(
    scope: Scope, tokens: Sequence[str], key: str, *, longest: int
) -> list[tuple[str, Meaning]]:
    """Return each keyword, of at most `longest` characters, that the tokens are two or more times over.

    Each time it begins and ends on token boundaries; `key` is the tokens
    joined. The one that decides stands first: by action, then the longest.
    """
    # A text repeats another one just if it stands in its double, elsewhere than at the ends: few messages do.
    if key not in (key + key)[1:-1]:
        return []
    found = [
        (unit, meaning)
        for unit in _beginnings(tokens, min(longest, len(key) // 2))
        if (meaning := scope.keyword(unit)) is not None and _only_repeats(tokens, unit)
    ]
    return sorted(found, key=lambda each: repeated_merit(*each))


def repeated_merit(key: str, meaning: Meaning) -> tuple[int, int]:
    """Order the keywords that a message repeats, the one that decides first."""
    return (meaning.action.rank, -len(key))


def _beginnings(tokens: Sequence[str], longest: int) -> Iterator[str]:
    beginning = ""
    for token in tokens:
        beginning += token
        if len(beginning) > longest:
            return
        yield beginning


def _only_repeats(tokens: Sequence[str], unit: str) -> bool:
    filled = 0
    for token in tokens:
        if not unit.startswith(token, filled):
            return False
        filled = (filled + len(token)) % len(unit)
    return filled == 0
