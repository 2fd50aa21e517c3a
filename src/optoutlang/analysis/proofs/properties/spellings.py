"""The families of spellings in which people and phones write one word, each as a function of the word."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping

FULL_WIDTH = ord("Ａ") - ord("A")
BOLD = ord("𝐀") - ord("A")
CIRCLED = ord("Ⓐ") - ord("A")


def _shifted(distance: int) -> Callable[[str], str]:
    return lambda word: "".join(chr(ord(letter) + distance) for letter in word)


FAMILIES: Mapping[str, Callable[[str], str]] = {
    "as written": str,
    "lower case": str.lower,
    "mixed case": lambda word: word[:1].lower() + word[1:].title(),
    "space around": lambda word: f" \t{word}\n",
    "full stop": lambda word: f"{word}.",
    "punctuation": lambda word: f"¡{word}!!",
    "straight quotes": lambda word: f'"{word}"',
    "curved quotes": lambda word: f"“{word}”",
    "guillemets": lambda word: f"« {word} »",
    "quoted line": lambda word: f"> {word}",
    "spaced letters": " ".join,
    "dotted letters": ".".join,
    "hyphened letters": "-".join,
    "full width": _shifted(FULL_WIDTH),
    "bold letters": _shifted(BOLD),
    "circled letters": _shifted(CIRCLED),
    "bold marks": lambda word: f"*{word}*",
    "accents": lambda word: "\N{COMBINING ACUTE ACCENT}".join((*word, "")),
    "zero-width": "\N{ZERO WIDTH SPACE}".join,
    "soft hyphens": "\N{SOFT HYPHEN}".join,
    "emoji": lambda word: f"{word} 🛑",
}
"""By name. Every text holds nothing but the word, for people; words are in capitals."""


def spellings(word: str) -> Iterator[str]:
    """Yield a word, given in capitals, as each family writes it, the shortest first."""
    yield from sorted((spell(word) for spell in FAMILIES.values()), key=len)


def neighbours(word: str, letters: Mapping[str, tuple[str, ...]]) -> Iterator[str]:
    """Yield a word in small letters with every pair of code points that can stand for two letters side by side."""
    for place in range(len(word) - 1):
        before, after = word[:place], word[place + 2 :]
        for first in letters[word[place]]:
            for second in letters[word[place + 1]]:
                yield f"{before}{first}{second}{after}"


def interrupted(word: str, between: tuple[str, ...]) -> Iterator[str]:
    """Yield a word with each of some code points before, after and between its letters, at one place at a time."""
    for place in range(len(word) + 1):
        for char in between:
            yield f"{word[:place]}{char}{word[place:]}"
