"""Make the word lists: `python -m optoutlang.language.words.generate [--check]`.

Needs `pip install wordfreq==3.1.1 Babel==2.19.0 Faker==40.63.0`, which nothing else here does. `--check` compares
words, not bytes, since another version of liblzma may press the same words into other bytes.
"""

from __future__ import annotations

import argparse
import lzma
import re
import sys
from collections.abc import Collection, Iterable, Iterator, Sequence
from importlib import import_module
from itertools import pairwise
from pathlib import Path

from optoutlang.language.words.everyday import BANDS
from optoutlang.language.words.lists import DATA, LISTED_AS, NAMES, TERRITORIES, file_of
from optoutlang.runtime.canonical import key, tables
from optoutlang.runtime.canonical.classes import char_class
from optoutlang.runtime.canonical.spelling import spelt

FREQUENT = 10_000
"""How many of a language's most frequent words are taken as ordinary, whatever their length."""

SHORT = 6
SHORT_FREQUENT = 20_000
"""How many of them are looked through for words of so few characters: short slips meet words most often.

Rarer short words are mostly abbreviations and names (`StPO`), and would keep real slips of STOP from being read.
"""

SHORTEST, LONGEST = 3, 16
"""The lengths of keys worth keeping: a slip has three characters or more, and long slips meet no word."""

UNSLIPPED = frozenset({"ja", "zh"})
"""Their letters are tokens by themselves, and such keywords have no slips (docs/language.md §5)."""

SPOKEN_REGIONALLY = 1.0
"""The share in percent of a territory's people that speak a language which is official in a part of it.

Languages without official status are left out, however many speak them: CLDR counts who has learnt a language too, and
`end`, which more Danes know as English than not, is a Danish word.
"""

IN_LATIN_LETTERS = {
    "hi": (
        "acha achha accha acchha aacha haan han haa ha nahi nahin nai na mat theek thik thk teek kya kyu kyun kyon "
        "kaise kaisa kab kahan kaha kaun kitna kitne kitni hai hain hu hoon ho tha thi the main mai mein me mujhe "
        "mera mere meri tum tumhe tumhara aap aapka aapke aapko apka apna apne hum humko hamara woh wo yeh ye isko "
        "usko iska uska koi kuch kuchh sab bas bus aur ya par lekin magar phir fir abhi ab kal aaj raat din ghar "
        "kaam kam paisa paise bhai bhaiya didi yaar dost ji shukriya dhanyavad namaste alvida chalo chal jao ja "
        "jaana aao aa lo le de do dena lena karo kar karna karta karte karti raha rahe rahi gaya gaye gayi bol bolo "
        "batao bata suno sun dekho dekh ruk ruko band bandh chalu shuru khatam sahi galat accha bahut bohot zyada "
        "thoda jaldi der pehle baad saath wala wale wali log baat matlab samajh pata pyaar dil zindagi"
    )
}
"""Everyday words of languages that are also written in Latin letters, put together by hand: no corpus has them."""

_SLIPPERY = re.compile(f"[{char_class(tables.LETTERS + tables.MARKS, upto=chr(0x10FFFF))}]+")


def bands(by_frequency: Sequence[str]) -> list[list[str]]:
    """Return the spellings of a language's everyday words by band, sorted, given its words, most frequent first.

    The last list holds the keys of its ordinary words that no everyday word has.
    """
    seen: dict[str, None] = {}
    found = []
    for low, high in pairwise((0, *BANDS)):
        band = {" ".join(spelt(word)) for word in by_frequency[low:high]} - seen.keys() - {""}
        seen |= dict.fromkeys(band)
        found.append(sorted(band))
    return [*found, sorted(ordinary_keys(by_frequency) - set(map(key, seen)))]


def ordinary_keys(by_frequency: Iterable[str]) -> set[str]:
    """Return the keys of words that are ordinary, given a language's words, most frequent first."""
    return {
        word
        for rank, word in enumerate(map(key, by_frequency))
        if rank < (SHORT_FREQUENT if len(word) <= SHORT else FREQUENT) and is_slippery(word)
    }


def is_slippery(word: str) -> bool:
    """Tell whether a key may be a slip of a keyword."""
    return SHORTEST <= len(word) <= LONGEST and _SLIPPERY.fullmatch(word) is not None


def word_lists() -> Iterator[tuple[str, str]]:
    """Yield each language that wordfreq knows, and its list's text: a line a word, a blank line between bands."""
    wordfreq = import_module("wordfreq")  # here alone: it is large, and only this script needs it
    for language in sorted(wordfreq.available_languages("small")):
        by_frequency = list(wordfreq.iter_wordlist(language, "small"))
        *everyday, ordinary = bands([*IN_LATIN_LETTERS.get(language, "").split(), *by_frequency])
        rest = [] if language in UNSLIPPED else ordinary
        yield language, "\n\n".join("\n".join(band) for band in (*everyday, rest))


def names() -> str:
    """Return the keys of first and last names of all languages that Faker knows, a line a name, sorted."""
    locales = import_module("faker.config").AVAILABLE_LOCALES
    found: set[str] = set()
    for locale in sorted(locales):
        try:
            provider = import_module(f"faker.providers.person.{locale}").Provider
        except ModuleNotFoundError:
            continue
        for attribute in dir(provider):
            listed = getattr(provider, attribute)
            if attribute.startswith(("first_name", "last_name")) and isinstance(listed, Collection):
                found.update(part for name in listed for part in _parts(name))
    return "\n".join(sorted(filter(is_slippery, set(map(key, found)))))


def _parts(name: str | tuple[str, ...]) -> list[str]:
    """Return the words of a name, which may be written in several scripts."""
    return (name if isinstance(name, str) else " ".join(name)).split()


def territories() -> str:
    """Return the official languages of each territory by CLDR, a line a territory: its code, then its languages."""
    babel = import_module("babel.languages")
    codes = import_module("babel.core").get_global("territory_languages")
    lines = []
    for code in sorted(codes):
        spoken = babel.get_territory_language_info(code).items()
        languages = {home(tag) for tag, how in spoken if _counts(how)}
        lines.append(" ".join((code, *sorted(languages))))
    return "\n".join(lines)


def home(tag: str) -> str:
    """Return the language of a tag of CLDR's by the name that its list has."""
    base = tag.partition("_")[0]
    return LISTED_AS.get(base, base)


def _counts(how: dict[str, object]) -> bool:
    share, status = float(str(how["population_percent"])), how["official_status"]
    if status in {"official", "de_facto_official"}:
        return True
    return status == "official_regional" and share >= SPOKEN_REGIONALLY


def files() -> Iterator[tuple[str, str]]:
    """Yield the name and the text of each file."""
    for language, text in word_lists():
        yield file_of(language), text
    yield NAMES, names()
    yield TERRITORIES, territories()


def packed(text: str) -> bytes:
    """Return a file's bytes."""
    return lzma.compress(text.encode(), preset=9)


def main(arguments: Sequence[str] | None = None) -> int:
    """Write the lists, or compare them with the files; return 0, or 1 if one differs."""
    parser = argparse.ArgumentParser(
        prog="python -m optoutlang.language.words.generate", description=__doc__
    )
    parser.add_argument("--check", action="store_true", help="write nothing, compare")
    parser.add_argument("--folder", type=Path, default=DATA, help="the folder of the lists")
    options = parser.parse_args(arguments)
    different = []
    for name, text in files():
        file = options.folder / name
        if not options.check:
            file.write_bytes(packed(text))
        elif lzma.decompress(file.read_bytes()) != text.encode():
            different.append(name)
    if different:
        sys.stderr.write(f"not what this generator makes: {', '.join(different)}\n")
    return 1 if different else 0


if __name__ == "__main__":  # pragma: no cover - the two lines that no import reaches
    sys.exit(main())
