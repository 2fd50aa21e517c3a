"""Make `tables.py` from this Python's Unicode data: `python -m optoutlang.runtime.canonical.generate [--check]`.

The only module here that reads `unicodedata`, and nothing imports it: at run time canonical text comes from the tables
alone, so that it is the same under every Python (docs/language.md §3).
"""

from __future__ import annotations

import argparse
import hashlib
import sys
import unicodedata
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from functools import cache
from pathlib import Path

VERSION = 1
"""Raised whenever the meaning of canonical text changes, be it by these rules or by a newer Unicode."""

COMMITTED = Path(__file__).with_name("tables.py")

IGNORABLE = (  # The property Default_Ignorable_Code_Point, which `unicodedata` does not tell.
    (0x00AD, 0x00AD), (0x034F, 0x034F), (0x061C, 0x061C), (0x115F, 0x1160), (0x17B4, 0x17B5), (0x180B, 0x180F),
    (0x200B, 0x200F), (0x202A, 0x202E), (0x2060, 0x206F), (0x3164, 0x3164), (0xFE00, 0xFE0F), (0xFEFF, 0xFEFF),
    (0xFFA0, 0xFFA0), (0xFFF0, 0xFFF8), (0x1BCA0, 0x1BCA3), (0x1D173, 0x1D17A), (0xE0000, 0xE0FFF),
)  # fmt: skip
TATWEEL = (0x0640, 0x0640)
SKIN_TONES = (0x1F3FB, 0x1F3FF)
INVISIBLE = frozenset(
    chr(point) for low, high in (*IGNORABLE, TATWEEL, SKIN_TONES) for point in range(low, high + 1)
)

APOSTROPHES = frozenset("'`\u00b4\u02b9\u02bb\u02bc\u055a\u05f3\u1ffd\u2018\u2019\u201b\u2032")

LETTERS = {
    "ı": "i", "ł": "l", "đ": "d", "ø": "o", "æ": "ae", "œ": "oe",
    "\u0671": "\u0627",  # alef wasla; the other alefs lose their hamza or madda as marks
    "\u0649": "\u064a", "\u06cc": "\u064a",  # alef maksura and Persian yeh
    "\u06a9": "\u0643", "\u06aa": "\u0643",  # Persian and swash kaf
    "\u0629": "\u0647",  # teh marbuta
    "\u0345": "ι",  # iota subscript: case folding makes it a letter, so it is one from the start
}  # fmt: skip

KEPT_MARKS = (
    "AHOM ", "BALINESE ", "BATAK ", "BENGALI ", "BHAIKSUKI ", "BRAHMI ", "BUGINESE ", "BUHID ", "CHAKMA ", "CHAM ",
    "DEVANAGARI ", "DIVES AKURU ", "DOGRA ", "GRANTHA ", "GUJARATI ", "GUNJALA GONDI ", "GURMUKHI ", "HANUNOO ",
    "JAVANESE ", "KAITHI ", "KANNADA ", "KAWI ", "KAYAH LI ", "KHAROSHTHI ", "KHMER ", "KHOJKI ", "KHUDAWADI ", "LAO ",
    "LEPCHA ", "LIMBU ", "MAHAJANI ", "MAKASAR ", "MALAYALAM ", "MARCHEN ", "MASARAM GONDI ", "MEETEI MAYEK ", "MIAO ",
    "MODI ", "MYANMAR ", "NANDINAGARI ", "NEWA ", "ORIYA ", "REJANG ", "SAURASHTRA ", "SHARADA ", "SIDDHAM ",
    "SINHALA ", "SOYOMBO ", "SUNDANESE ", "SYLOTI NAGRI ", "TAGALOG ", "TAGBANWA ", "TAI THAM ", "TAI VIET ", "TAKRI ",
    "TAMIL ", "TELUGU ", "THAANA ", "THAI ", "TIBETAN ", "TIRHUTA ", "ZANABAZAR SQUARE ",
    "COMBINING BINDU BELOW", "COMBINING KATAKANA-HIRAGANA ",
)  # fmt: skip

SINGLES = (
    "CJK UNIFIED IDEOGRAPH-", "CJK COMPATIBILITY IDEOGRAPH-", "IDEOGRAPHIC ITERATION MARK",
    "IDEOGRAPHIC CLOSING MARK", "IDEOGRAPHIC NUMBER ZERO", "HANGZHOU NUMERAL ", "VERTICAL IDEOGRAPHIC ",
    "HIRAGANA ", "KATAKANA ", "KATAKANA-HIRAGANA ", "HENTAIGANA ", "VERTICAL KANA ", "MASU MARK",
    "THAI ", "LAO ", "KHMER ", "MYANMAR ",
)  # fmt: skip
"""Names of the letters that are tokens by themselves, because their scripts put no space between words."""


def _is_mark(char: str) -> bool:
    return unicodedata.category(char)[0] == "M"


def _is_kept(char: str) -> bool:
    return char not in INVISIBLE and not (
        _is_mark(char) and not unicodedata.name(char, "").startswith(KEPT_MARKS)
    )


def _is_single(char: str) -> bool:
    return unicodedata.category(char)[0] in "LN" and unicodedata.name(char, "").startswith(SINGLES)


def _is_letter(char: str) -> bool:
    return unicodedata.category(char)[0] == "L" and not _is_single(char)


def _is_number(char: str) -> bool:
    return unicodedata.category(char)[0] == "N" and not _is_single(char)


def _is_symbol(char: str) -> bool:
    return unicodedata.category(char)[0] == "S"


def _is_separator(char: str) -> bool:
    return unicodedata.category(char)[0] not in "LMNS" and char not in APOSTROPHES | INVISIBLE


def _interchange(char: str) -> str:
    """Return the letter, digit or apostrophe that people use for one character (step 4)."""
    if char in APOSTROPHES:
        return "'"
    if unicodedata.category(char) == "Nd":
        return str(unicodedata.decimal(char))
    return LETTERS.get(char, char)


def fold_character(char: str) -> str:
    """Return what steps 1 to 4 of docs/language.md §3 make of one character, with each separator a space.

    Apostrophes come first, since NFKC makes a space and a mark of `´`. Once is enough: a test holds that nothing
    changes the second time.
    """
    text = unicodedata.normalize("NFKC", _interchange(char))
    text = unicodedata.normalize("NFKC", text.casefold())
    text = "".join(filter(_is_kept, unicodedata.normalize("NFD", text)))
    text = unicodedata.normalize("NFC", "".join(map(_interchange, text)))
    return "".join(" " if _is_separator(each) else each for each in text)


def _assigned() -> Iterator[str]:
    """Yield every character that means something, and every invisible one, assigned or not."""
    for char in map(chr, range(sys.maxunicode + 1)):
        if unicodedata.category(char) not in ("Cn", "Co", "Cs") or char in INVISIBLE:
            yield char


def _ranges(chars: Iterable[str], allowed: frozenset[str] = frozenset()) -> str:
    """Return first and last character of each run of `chars` in turn; a run may lead over `allowed` characters."""
    points = sorted(map(ord, chars))
    ends: list[int] = []
    for point in points:
        if ends and all(chr(between) in allowed for between in range(ends[-1] + 1, point)):
            ends[-1] = point
        else:
            ends += (point, point)
    return "".join(map(chr, ends))


def _compositions(fixed: frozenset[str]) -> list[str]:
    """Return `first + second + composed` for each pair of fixed characters that NFC composes, but for Hangul."""
    parts = [(unicodedata.decomposition(char).split(), char) for char in sorted(fixed)]
    pairs = [
        (chr(int(codes[0], 16)) + chr(int(codes[1], 16)), char)
        for codes, char in parts
        if len(codes) == 2
    ]
    return [pair + char for pair, char in pairs if unicodedata.normalize("NFC", pair) == char]


@cache
def make_tables() -> Mapping[str, str | bytes]:
    """Return the tables, by the names that they have in `tables.py`, from this Python's Unicode data; made once."""
    folds = {char: fold_character(char) for char in _assigned()}
    fixed = frozenset(char for char, folded in folds.items() if char == folded)
    # A separator need not become a space: it stands in no class, and so it separates as it is.
    changed = {
        char: folded
        for char, folded in folds.items()
        if char != folded and not (_is_separator(char) and folded == " ")
    }
    one = {char: folded for char, folded in changed.items() if len(folded) == 1}
    more = {char: folded for char, folded in changed.items() if len(folded) > 1}
    reordered = sorted(char for char in fixed if unicodedata.combining(char))

    def run(belongs: Callable[[str], bool]) -> str:
        return _ranges(filter(belongs, fixed), frozenset(changed))

    return {
        "DROPPED": _ranges(char for char, folded in changed.items() if not folded),
        "FOLDED": "".join(one),
        "FOLDED_TO": "".join(one.values()),
        "EXPANDED": "".join(more),
        "EXPANDED_TO": "\n".join(more.values()),
        "LETTERS": run(_is_letter),
        "NUMBERS": run(_is_number),
        "SINGLES": run(_is_single),
        "MARKS": run(_is_mark),
        "SYMBOLS": run(_is_symbol),
        "REORDERED": "".join(reordered),
        "CLASSES": bytes(map(unicodedata.combining, reordered)),
        "COMPOSITIONS": "".join(_compositions(fixed)),
    }


def digest(tables: Mapping[str, str | bytes], *, unicode_version: str) -> str:
    """Return the SHA-256, in hexadecimal, of tables and versions (`ascii`, since `repr` differs between Pythons)."""
    return hashlib.sha256(
        ascii((VERSION, unicode_version, sorted(tables.items()))).encode("ascii")
    ).hexdigest()


def _literal(value: str | bytes) -> Iterator[str]:
    """Yield the lines of a literal: short pieces, in ASCII, so that nothing in them can hide."""
    for start in range(0, len(value), 12):
        yield f"    {value[start : start + 12]!a}"


def render(tables: Mapping[str, str | bytes], *, unicode_version: str) -> str:
    """Return the text of `tables.py`."""
    head = f'''"""Generated by `python -m optoutlang.runtime.canonical.generate`: change that (docs/language.md, 3)."""

# fmt: off
# ruff: noqa: Q000

from __future__ import annotations

UNICODE_VERSION = "{unicode_version}"
TABLES_VERSION = {VERSION}
TABLES_DIGEST = "{digest(tables, unicode_version=unicode_version)}"
'''
    return head + "".join(
        "\n".join((f"{name} = (", *_literal(value), ")\n")) for name, value in tables.items()
    )


def main(arguments: Sequence[str] | None = None) -> int:
    """Write the tables, or compare them with the file; return 0, 1 if they differ, 2 if this Python cannot tell."""
    parser = argparse.ArgumentParser(
        prog="python -m optoutlang.runtime.canonical.generate", description=__doc__
    )
    parser.add_argument("--check", action="store_true", help="write nothing, compare")
    parser.add_argument("--file", type=Path, default=COMMITTED, help="the tables' file")
    options = parser.parse_args(arguments)
    if not options.check:
        options.file.write_text(
            render(make_tables(), unicode_version=unicodedata.unidata_version), encoding="ascii"
        )
        return 0
    return _check(options.file.read_text(encoding="ascii"))


def _check(text: str) -> int:
    """Return `main`'s answer for the text of a tables' file, and say why it is not 0."""
    here = unicodedata.unidata_version
    if f'UNICODE_VERSION = "{here}"' not in text:
        sys.stderr.write(
            f"not compared: this Python has Unicode {here}, the tables another version\n"
        )
        return 2
    if render(make_tables(), unicode_version=here) != text:
        sys.stderr.write("the tables differ from what this generator makes\n")
        return 1
    return 0


if __name__ == "__main__":  # pragma: no cover - the two lines that no import reaches
    sys.exit(main())
