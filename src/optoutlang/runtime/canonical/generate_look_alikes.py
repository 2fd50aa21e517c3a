"""Make `look_alike_tables.py` of Unicode's data: `python -m …canonical.generate_look_alikes [--check]`.

The confusables (UTS #39) come with the package confusable-homoglyphs, names and capitals with Python; nothing imports
this module. Only alphabets that look like one another are taken, and one letter for one letter, since a message is
compared with keywords and not with every text that it may be mistaken for (docs/language.md §5).
"""

from __future__ import annotations

import argparse
import hashlib
import re
import sys
import unicodedata
from collections.abc import Iterator, Mapping, Sequence
from functools import cache
from importlib import import_module
from pathlib import Path

from optoutlang.runtime.canonical import key

COMMITTED = Path(__file__).with_name("look_alike_tables.py")

ALPHABETS = {
    "LATIN": "abcdefghijklmnopqrstuvwxyz",
    "CYRILLIC": "абвгдежзиклмнопрстуфхцчшщъыьэюяієјѕ",
    "GREEK": "αβγδεζηθικλμνξοπρστυφχψω",
}
"""What letters are read as: an alphabet's canonical letters, by how its letters' names begin."""

RESEMBLING = (
    *("LATIN SMALL ", "LATIN LETTER ", "CYRILLIC SMALL ", "GREEK SMALL ", "GREEK LETTER "),
    *("ARMENIAN ", "CHEROKEE ", "COPTIC SMALL ", "LISU ", "NEGATIVE "),
)
"""How the names begin of what may be mistaken for letters of those alphabets."""

DIGITS = {
    ("LATIN", "capital"): ("013457", "oieast"),
    ("LATIN", "small"): ("013457", "oleast"),
    ("CYRILLIC", "capital"): ("0346", "озчб"),
    ("CYRILLIC", "small"): ("0346", "озчб"),
    ("GREEK", "capital"): ("0", "ο"),
    ("GREEK", "small"): ("0", "ο"),
}
"""What people type for letters; `1` stands for I among capitals and for l among small letters."""

_NAMED = re.compile(
    r"LATIN LETTER SMALL CAPITAL ([A-Z])"
    r"|LATIN SMALL LETTER ([A-Z]) WITH .*"
    r"|NEGATIVE (?:CIRCLED|SQUARED) LATIN CAPITAL LETTER ([A-Z])"
)
"""Letters in other clothes, which Unicode takes for letters of their own: ᴛ, ŧ, 🆃."""

Confusables = Mapping[str, frozenset[str]]
"""By character: the single characters that Unicode's table takes for it, or it for them."""

Reading = dict[str, str]
"""By canonical character: the letter of one alphabet that it is read as."""


def confusables() -> Confusables:
    """Return Unicode's table as it comes with confusable-homoglyphs, which has each pair both ways."""
    table = import_module("confusable_homoglyphs.confusables").confusables_data
    return {
        char: frozenset(other["c"] for other in others if len(other["c"]) == 1)
        for char, others in table.items()
        if len(char) == 1
    }


def readings() -> Iterator[Reading]:
    """Yield how letters are read: into each alphabet, as capitals and as small letters."""
    table = confusables()
    for form in ("capital", "small"):
        latin = _reading(table, "LATIN", form, {})
        for alphabet in ALPHABETS:
            yield latin if alphabet == "LATIN" else _reading(table, alphabet, form, latin)


def _reading(table: Confusables, alphabet: str, form: str, latin: Reading) -> Reading:
    """Return one reading; what looks like a Latin letter looks like what that letter looks like."""
    found: Reading = dict(zip(*DIGITS[alphabet, form], strict=True))
    sources = [char for char in _sources() if not unicodedata.name(char).startswith(alphabet)]
    if alphabet == "LATIN":
        sources = [char for char in _sources() if char not in ALPHABETS["LATIN"]]
    for char in sources:
        letter = _look_alike(table, alphabet, form, char) or _look_alike(
            table, alphabet, form, latin.get(char, "")
        )
        if letter:
            found[char] = letter
    return found


@cache
def _sources() -> tuple[str, ...]:
    """Return every canonical character that may be mistaken for a letter."""
    named = (
        char
        for char in map(chr, range(sys.maxunicode + 1))
        if unicodedata.name(char, "").startswith(RESEMBLING)
    )
    return tuple(char for char in named if key(char) == char)


def _look_alike(table: Confusables, alphabet: str, form: str, char: str) -> str:
    """Return the letter of an alphabet that a character looks like, of several the one of its form, else nothing."""
    named = _NAMED.fullmatch(unicodedata.name(char, "")) if char else None
    small = table.get(char, frozenset())
    capital = small | table.get(char.upper(), frozenset())
    found = {
        "small": [each for each in ALPHABETS[alphabet] if each in small],
        "capital": [each for each in ALPHABETS[alphabet] if each.upper() in capital],
    }
    other = {"small": "capital", "capital": "small"}[form]
    letters = (*found[form], *found[other], *(_letter(named) if named else ()))
    return next((each for each in letters if each in ALPHABETS[alphabet]), "")


def _letter(named: re.Match[str]) -> Iterator[str]:
    yield from (group.lower() for group in named.groups() if group)


def render() -> str:
    """Return the text of `look_alike_tables.py`."""
    tables = tuple((form, "".join(each), "".join(each.values())) for form, each in _titled())
    digest = hashlib.sha256(ascii(tables).encode("ascii")).hexdigest()
    lines = [
        '"""Generated by `python -m optoutlang.runtime.canonical.generate_look_alikes`: change that."""',
        "",
        "# fmt: off",
        "# ruff: noqa: Q000",
        "",
        "from __future__ import annotations",
        "",
        f'UNICODE_VERSION = "{unicodedata.unidata_version}"',
        f'LOOK_ALIKES_DIGEST = "{digest}"',
        "",
        "READINGS = (",
    ]
    for title, sources, letters in tables:
        lines += [f"    (  # {title}", *_literal(sources), *_literal(letters), "    ),"]
    return "\n".join((*lines, ")\n"))


def _titled() -> Iterator[tuple[str, Reading]]:
    titles = [f"{form} {alphabet}" for form in ("capital", "small") for alphabet in ALPHABETS]
    yield from zip(titles, (dict(sorted(each.items())) for each in readings()), strict=True)


def _literal(text: str) -> Iterator[str]:
    """Yield the lines of a literal: short pieces, in ASCII, so that nothing in them can hide."""
    yield "        ("
    for start in range(0, len(text), 12):
        yield f"            {text[start : start + 12]!a}"
    yield "        ),"


def main(arguments: Sequence[str] | None = None) -> int:
    """Write the tables, or compare them with the file; return 0, 1 if they differ, 2 if this Python cannot tell."""
    parser = argparse.ArgumentParser(
        prog="python -m optoutlang.runtime.canonical.generate_look_alikes", description=__doc__
    )
    parser.add_argument("--check", action="store_true", help="write nothing, compare")
    parser.add_argument("--file", type=Path, default=COMMITTED, help="the tables' file")
    options = parser.parse_args(arguments)
    if not options.check:
        options.file.write_text(render(), encoding="ascii")
        return 0
    committed = options.file.read_text(encoding="ascii")
    if f'UNICODE_VERSION = "{unicodedata.unidata_version}"' not in committed:
        sys.stderr.write("not compared: this Python has another Unicode than the tables\n")
        return 2
    if committed != render():
        sys.stderr.write("the tables differ from what this generator makes\n")
        return 1
    return 0


if __name__ == "__main__":  # pragma: no cover - the two lines that no import reaches
    sys.exit(main())
