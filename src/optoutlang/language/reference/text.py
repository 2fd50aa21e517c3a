"""Canonical text: a text without case, marks and spelling (docs/language.md §3).

Written with Python's own `unicodedata`, character by character. It is equal to
`canonical` for the characters that both this Python's Unicode and the tables of
`canonical` know.
"""

from __future__ import annotations

from functools import lru_cache
from unicodedata import category, decimal, name, normalize

INVISIBLE = ("ARABIC TATWEEL", "HANGUL CHOSEONG FILLER", "HANGUL JUNGSEONG FILLER")
INVISIBLE_FAMILIES = ("EMOJI MODIFIER ", "KHMER VOWEL INHERENT ")
"""Names, and how names begin, of what cannot be seen, besides the format characters (category Cf) and the marks."""

VISIBLE_FORMATS = (
    "ARABIC DISPUTED END OF AYAH",
    "ARABIC END OF AYAH",
    "ARABIC FOOTNOTE MARKER",
    "ARABIC NUMBER ",
    "ARABIC PIASTRE ",
    "ARABIC POUND ",
    "ARABIC SIGN ",
    "EGYPTIAN HIEROGLYPH ",
    "INTERLINEAR ANNOTATION ",
    "KAITHI NUMBER SIGN",
    "SYRIAC ABBREVIATION MARK",
)
"""Names of the format characters that can be seen."""

RESERVED = ((0x2065, 0x2065), (0xFFF0, 0xFFF8), (0xE0000, 0xE0FFF))
"""Code points that Unicode keeps for characters that cannot be seen."""

MEANINGFUL_MARKS = (
    # Indic scripts.
    *("BENGALI ", "DEVANAGARI ", "GUJARATI ", "GURMUKHI ", "KANNADA ", "MALAYALAM ", "ORIYA "),
    *("SINHALA ", "TAMIL ", "TELUGU "),
    # Thai, Lao, Khmer, Myanmar, Tibetan.
    *("KHMER ", "LAO ", "MYANMAR ", "THAI ", "TIBETAN "),
    # Other scripts of South and South-East Asia.
    *("AHOM ", "BALINESE ", "BATAK ", "BHAIKSUKI ", "BRAHMI ", "BUGINESE ", "BUHID ", "CHAKMA "),
    *("CHAM ", "DIVES AKURU ", "DOGRA ", "GRANTHA ", "GUNJALA GONDI ", "HANUNOO ", "JAVANESE "),
    *("KAITHI ", "KAWI ", "KAYAH LI ", "KHAROSHTHI ", "KHOJKI ", "KHUDAWADI ", "LEPCHA "),
    *("LIMBU ", "MAHAJANI ", "MAKASAR ", "MARCHEN ", "MASARAM GONDI ", "MEETEI MAYEK ", "MIAO "),
    *("MODI ", "NANDINAGARI ", "NEWA ", "REJANG ", "SAURASHTRA ", "SHARADA ", "SIDDHAM "),
    *("SOYOMBO ", "SUNDANESE ", "SYLOTI NAGRI ", "TAGALOG ", "TAGBANWA ", "TAI THAM "),
    *("TAI VIET ", "TAKRI ", "THAANA ", "TIRHUTA ", "ZANABAZAR SQUARE "),
    "COMBINING BINDU BELOW",  # Grantha
    # The kana voicing marks.
    "COMBINING KATAKANA-HIRAGANA ",
)
"""Names of the combining marks that nobody leaves out; all others vanish."""

APOSTROPHES = (
    "\N{GRAVE ACCENT}",
    "\N{ACUTE ACCENT}",
    "\N{MODIFIER LETTER PRIME}",
    "\N{MODIFIER LETTER TURNED COMMA}",
    "\N{MODIFIER LETTER APOSTROPHE}",
    "\N{ARMENIAN APOSTROPHE}",
    "\N{HEBREW PUNCTUATION GERESH}",
    "\N{GREEK OXIA}",
    "\N{LEFT SINGLE QUOTATION MARK}",
    "\N{RIGHT SINGLE QUOTATION MARK}",
    "\N{SINGLE HIGH-REVERSED-9 QUOTATION MARK}",
    "\N{PRIME}",
)

SAME_LETTERS = {
    "\N{LATIN SMALL LETTER DOTLESS I}": "i",
    "\N{LATIN SMALL LETTER L WITH STROKE}": "l",
    "\N{LATIN SMALL LETTER D WITH STROKE}": "d",
    "\N{LATIN SMALL LETTER O WITH STROKE}": "o",
    "\N{LATIN SMALL LETTER AE}": "ae",
    "\N{LATIN SMALL LIGATURE OE}": "oe",
    "\N{ARABIC LETTER ALEF WASLA}": "\N{ARABIC LETTER ALEF}",
    "\N{ARABIC LETTER ALEF MAKSURA}": "\N{ARABIC LETTER YEH}",
    "\N{ARABIC LETTER FARSI YEH}": "\N{ARABIC LETTER YEH}",
    "\N{ARABIC LETTER KEHEH}": "\N{ARABIC LETTER KAF}",
    "\N{ARABIC LETTER SWASH KAF}": "\N{ARABIC LETTER KAF}",
    "\N{ARABIC LETTER TEH MARBUTA}": "\N{ARABIC LETTER HEH}",
}
"""Letters that people interchange. Case folding does ß, final sigma and iota below, leaving out marks the hamzas."""

WORDS_WITHOUT_SPACES = (
    "CJK COMPATIBILITY IDEOGRAPH-",
    "CJK UNIFIED IDEOGRAPH-",
    "HANGZHOU NUMERAL ",
    "HENTAIGANA ",
    "HIRAGANA ",
    "IDEOGRAPHIC CLOSING MARK",
    "IDEOGRAPHIC ITERATION MARK",
    "IDEOGRAPHIC NUMBER ZERO",
    "KATAKANA ",
    "KATAKANA-HIRAGANA ",
    "KHMER ",
    "LAO ",
    "MASU MARK",
    "MYANMAR ",
    "THAI ",
    "VERTICAL IDEOGRAPHIC ",
    "VERTICAL KANA ",
)
"""Names of the letters that are tokens by themselves: Han, kana, Thai, Lao, Khmer, Myanmar."""


def canonical(text: str) -> str:
    """Return a text's tokens, joined by one space."""
    return " ".join(tokens(text))


@lru_cache(maxsize=65_536)
def key(text: str) -> str:
    """Return a text's tokens, concatenated: two spellings with one key are one keyword."""
    return "".join(tokens(text))


@lru_cache(maxsize=65_536)
def tokens(text: str) -> tuple[str, ...]:
    """Return a text's words; a text with no letter or digit has its symbols instead (step 5)."""
    folded = fold(text)
    symbols = (char for char in folded if category(char).startswith("S"))
    return tuple(words(folded) or symbols)


@lru_cache(maxsize=65_536)
def spelt(text: str) -> tuple[str, ...]:
    """Return a text's tokens with the marks and letters that canonical text folds, one for each of its tokens (§5)."""
    composed = normalize("NFKC", normalize("NFKC", text).casefold())
    seen = "".join(map(digit_or_apostrophe, (char for char in composed if not vanishes(char))))
    spelling = tuple(words(without_inner_apostrophes(seen)))
    return spelling if len(spelling) == len(tokens(text)) else tokens(text)


# Steps 1 to 4.


def fold(text: str) -> str:
    """Set case, marks and spelling aside, again and again until nothing changes."""
    folded = fold_once(text)
    return text if folded == text else fold(folded)


def fold_once(text: str) -> str:
    """Do steps 1 to 4 once. Apostrophes come first: NFKC makes a space and a mark of some."""
    text = "".join(map(interchange, text))
    text = normalize("NFKC", normalize("NFKC", text).casefold())
    text = "".join(char for char in normalize("NFD", text) if not vanishes(char))
    text = "".join(map(interchange, text))
    return normalize("NFC", without_inner_apostrophes(text))


@lru_cache(maxsize=4_096)
def vanishes(char: str) -> bool:
    """Tell whether a character cannot be seen (step 2), or is a mark that people leave out (step 3)."""
    return is_invisible(char) or (is_mark(char) and not name(char).startswith(MEANINGFUL_MARKS))


def is_invisible(char: str) -> bool:
    """Tell whether nobody can see a character."""
    if any(first <= ord(char) <= last for first, last in RESERVED):
        return True
    if category(char) == "Cf":
        return not name(char).startswith(VISIBLE_FORMATS)
    return name(char, "") in INVISIBLE or name(char, "").startswith(INVISIBLE_FAMILIES)


def interchange(char: str) -> str:
    """Return the letter, digit or apostrophe that people use for a character (step 4)."""
    return SAME_LETTERS.get(char, digit_or_apostrophe(char))


def digit_or_apostrophe(char: str) -> str:
    """Return the digit or apostrophe that people use for a character; they are the same in every spelling."""
    if char in APOSTROPHES:
        return "'"
    return str(decimal(char)) if category(char) == "Nd" else char


# Step 5.


def is_mark(char: str) -> bool:
    """Tell whether a character is a combining mark."""
    return category(char).startswith("M")


def is_letter(char: str) -> bool:
    """Tell whether a character is a letter or a digit."""
    return category(char).startswith(("L", "N"))


@lru_cache(maxsize=4_096)
def stands_alone(char: str) -> bool:
    """Tell whether a letter's script puts no spaces between words, so that the letter is a token."""
    return is_letter(char) and name(char, "").startswith(WORDS_WITHOUT_SPACES)


def without_inner_apostrophes(text: str) -> str:
    """Leave out each apostrophe that a letter, with or without marks, and another letter surround."""
    return "".join(
        char
        for before, char, after in zip(" " + text, text, (text + " ")[1:], strict=False)
        if not (char == "'" and (is_alphabetic(before) or is_mark(before)) and is_alphabetic(after))
    )


def is_alphabetic(char: str) -> bool:
    """Tell whether a character is a letter and no digit."""
    return category(char).startswith("L")


def words(folded: str) -> list[str]:
    """Split a folded text into runs of letters, marks and digits, and where `stands_alone` says so."""
    runs = [""]
    for char in folded:
        if is_mark(char) and runs[-1]:
            runs[-1] += char
        elif is_letter(char):
            if stands_alone(char) or (runs[-1] and stands_alone(runs[-1][0])):
                runs.append("")
            runs[-1] += char
        else:
            runs.append("")
    return [word for word in runs if word]
