"""The files that come with the package, read when they are first asked for (data/README.md)."""

from __future__ import annotations

import lzma
from functools import cache
from itertools import accumulate, pairwise
from pathlib import Path

from optoutlang.runtime.canonical.fold import fold

DATA = Path(__file__).with_name("data")

NAMES = "names.txt.xz"
TERRITORIES = "territories.txt.xz"

LISTED_AS = {"bs": "sh", "cnr": "sh", "hr": "sh", "sr": "sh", "nn": "nb", "no": "nb", "tl": "fil"}
"""Languages whose words stand in the list of another name: one written standard, or nearly."""


@cache
def home(language: str) -> str:
    """Return the name under which lists and territories have the base language of a BCP 47 tag."""
    base = language.partition("-")[0].lower()
    return LISTED_AS.get(base, base)


@cache
def listed(language: str) -> str | None:
    """Return the name of the list that holds the words of a BCP 47 tag's base language, None if there is none."""
    name = home(language)
    return name if (DATA / file_of(name)).is_file() else None


def file_of(name: str) -> str:
    """Return the file of a list."""
    return f"{name}.txt.xz"


@cache
def text_of(file: str) -> str:
    """Return the text of a file."""
    return lzma.decompress((DATA / file).read_bytes()).decode()


@cache
def bands_of(name: str) -> tuple[tuple[str, ...], ...]:
    """Return the words of a list by band: the most frequent ones first, as spelt; last the keys of ordinary ones."""
    return tuple(tuple(band.split("\n")) for band in text_of(file_of(name)).split("\n\n"))


@cache
def keys_of(name: str) -> tuple[tuple[str, ...], ...]:
    """Return the keys of the words of a list as they are spelt, by band: all but the last one, which has keys alone."""
    bands = bands_of(name)[:-1]
    folded = fold("\n".join(word for band in bands for word in band)).replace(" ", "").split("\n")
    ends = accumulate(map(len, bands), initial=0)
    return tuple(tuple(folded[start:end]) for start, end in pairwise(ends))


@cache
def lists() -> tuple[str, ...]:
    """Return the names of all lists of words, sorted."""
    files = {each.name for each in DATA.glob("*.txt.xz")} - {NAMES, TERRITORIES}
    return tuple(sorted(each.partition(".")[0] for each in files))
