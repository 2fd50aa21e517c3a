"""The parts of a phrase: words, alternatives and options (docs/language.md §5)."""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache

from optoutlang.runtime.canonical import tokens


@dataclass(frozen=True, slots=True)
class Text:
    """Plain text; it may begin or end inside a word."""

    text: str


@dataclass(frozen=True, slots=True)
class Choice:
    """`(a|b)`: exactly one of the options. `[a]` is a choice between `a` and nothing."""

    options: tuple[Pattern, ...]


@dataclass(frozen=True, slots=True)
class Pattern:
    """Parts in a row; no parts at all is the empty text."""

    parts: tuple[Text | Choice, ...]

    @property
    def count(self) -> int:
        """How many plain texts the pattern stands for, repeats counted."""
        product = 1
        for part in self.parts:
            if isinstance(part, Choice):
                product *= sum(option.count for option in part.options)
        return product

    def texts(self) -> tuple[str, ...]:
        """Write the pattern out: `count` plain texts, in the order of the options."""
        texts = [""]
        for part in self.parts:
            if isinstance(part, Text):
                texts = [text + part.text for text in texts]
            else:
                endings = [ending for option in part.options for ending in option.texts()]
                texts = [text + ending for text in texts for ending in endings]
        return tuple(texts)


@lru_cache(maxsize=1 << 16)
def rows(pattern: Pattern) -> tuple[tuple[str, ...], ...]:
    """Return the distinct token sequences that a pattern stands for, filler included, in order."""
    return tuple(dict.fromkeys(tokens(text) for text in pattern.texts()))
