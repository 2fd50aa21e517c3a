"""The parts of a phrase or frame: words, alternatives, options, classes and gaps (docs/language.md §5)."""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache
from itertools import chain

from optoutlang.runtime.canonical import tokens
from optoutlang.runtime.canonical.tokenize import word_tokens

ClassName = tuple[int, str]
"""A class of words, or a guard: the index of the file that states it, and its name."""


@dataclass(frozen=True, slots=True)
class Text:
    """Plain text; it may begin or end inside a word."""

    text: str


@dataclass(frozen=True, slots=True)
class Choice:
    """`(a|b)`: exactly one of the options. `[a]` is a choice between `a` and nothing."""

    options: tuple[Pattern, ...]


@dataclass(frozen=True, slots=True)
class Member:
    """`{class}`: any member of a class, as a word of its own. It stands in frames and in members alone."""

    name: ClassName


@dataclass(frozen=True, slots=True)
class Gap:
    """`..` or `..2`: up to so many other words. It stands in frames alone."""

    most: int

    def __post_init__(self) -> None:
        if self.most < 1:
            raise ValueError(f"a gap of {self.most} words")


Part = Text | Choice | Member | Gap


@dataclass(frozen=True, slots=True)
class Pattern:
    """Parts in a row; no parts at all is the empty text."""

    parts: tuple[Part, ...]

    @property
    def count(self) -> int:
        """How many plain texts the pattern stands for, repeats counted; a class or a gap counts once."""
        product = 1
        for part in self.parts:
            if isinstance(part, Choice):
                product *= sum(option.count for option in part.options)
        return product

    def texts(self) -> tuple[str, ...]:
        """Write a pattern without classes and gaps out: `count` plain texts, in the order of the options."""
        texts = [""]
        for part in self.parts:
            if isinstance(part, Text):
                texts = [text + part.text for text in texts]
            elif isinstance(part, Choice):
                endings = [ending for option in part.options for ending in option.texts()]
                texts = [text + ending for text in texts for ending in endings]
            else:
                raise TypeError(f"no plain text: {part}")
        return tuple(texts)

    def written_out(self) -> tuple[tuple[Text | Member | Gap, ...], ...]:
        """Return `count` rows of parts without a choice, in the order of the options."""
        rows: list[tuple[Text | Member | Gap, ...]] = [()]
        for part in self.parts:
            if isinstance(part, Choice):
                endings = [ending for option in part.options for ending in option.written_out()]
                rows = [(*row, *ending) for row in rows for ending in endings]
            else:
                rows = [(*row, part) for row in rows]
        return tuple(rows)


@lru_cache(maxsize=1 << 16)
def rows(pattern: Pattern) -> tuple[tuple[str, ...], ...]:
    """Return the distinct token sequences that a pattern stands for, filler included, in order."""
    return tuple(dict.fromkeys(map(row_of, pattern.texts())))


def row_of(text: str) -> tuple[str, ...]:
    """Return the canonical tokens of a text, word by word: the texts of a pattern have many words in common."""
    if text.isascii():
        return tokens(text)
    return tuple(chain.from_iterable(map(_word, text.split(" ")))) or tokens(text)


@lru_cache(maxsize=1 << 16)
def _word(text: str) -> tuple[str, ...]:
    # Neither folding nor tokens reach over a space; only whether symbols count is asked of the whole text.
    return word_tokens(text)
