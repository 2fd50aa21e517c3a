"""Make the word lists from the package wordfreq: `python -m optoutlang.language.words.generate [--check]`.

Needs `pip install wordfreq==3.1.1`, which nothing else here does. `--check` compares words, not bytes, since another
version of liblzma may press the same words into other bytes.
"""

from __future__ import annotations

import argparse
import lzma
import re
import sys
from collections.abc import Iterable, Iterator, Sequence
from importlib import import_module
from pathlib import Path

from optoutlang.language.words.ordinary import DATA
from optoutlang.runtime.canonical import key, tables
from optoutlang.runtime.canonical.classes import char_class

FREQUENT = 10_000
"""How many of a language's most frequent words are taken, whatever their length."""

SHORT = 6
SHORT_FREQUENT = 20_000
"""How many of them are looked through for words of so few characters: short slips meet words most often.

Rarer short words are mostly abbreviations and names (`StPO`), and would keep real slips of STOP from being read.
"""

SHORTEST, LONGEST = 3, 16
"""The lengths of keys worth keeping: a slip has three characters or more, and long slips meet no word."""

LEFT_OUT = frozenset({"ja", "zh"})
"""Their letters are tokens by themselves, and such keywords have no slips (docs/language.md §5)."""

_SLIPPERY = re.compile(f"[{char_class(tables.LETTERS + tables.MARKS, upto=chr(0x10FFFF))}]+")


def chosen(by_frequency: Iterable[str]) -> list[str]:
    """Return the keys of the words that a list keeps, sorted, given a language's words, most frequent first."""
    return sorted(
        {
            word
            for rank, word in enumerate(map(key, by_frequency))
            if SHORTEST <= len(word) <= LONGEST
            and rank < (SHORT_FREQUENT if len(word) <= SHORT else FREQUENT)
            and _SLIPPERY.fullmatch(word)
        }
    )


def packed(words: Iterable[str]) -> bytes:
    """Return a list's file."""
    return lzma.compress("\n".join(words).encode(), preset=9)


def word_lists() -> Iterator[tuple[str, list[str]]]:
    """Yield each language that wordfreq knows, and the words that its list here holds."""
    wordfreq = import_module("wordfreq")  # here alone: it is large, and only this script needs it
    for language in sorted(set(wordfreq.available_languages("small")) - LEFT_OUT):
        yield language, chosen(wordfreq.iter_wordlist(language, "small"))


def main(arguments: Sequence[str] | None = None) -> int:
    """Write the lists, or compare them with the files; return 0, or 1 if one differs."""
    parser = argparse.ArgumentParser(
        prog="python -m optoutlang.language.words.generate", description=__doc__
    )
    parser.add_argument("--check", action="store_true", help="write nothing, compare")
    parser.add_argument("--folder", type=Path, default=DATA, help="the folder of the lists")
    options = parser.parse_args(arguments)
    different = []
    for language, words in word_lists():
        file = options.folder / f"{language}.txt.xz"
        if not options.check:
            file.write_bytes(packed(words))
        elif lzma.decompress(file.read_bytes()) != "\n".join(words).encode():
            different.append(language)
    if different:
        sys.stderr.write(f"not what this generator makes: {', '.join(different)}\n")
    return 1 if different else 0


if __name__ == "__main__":  # pragma: no cover - the two lines that no import reaches
    sys.exit(main())
