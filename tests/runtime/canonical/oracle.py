"""Canonical text read literally from docs/language.md §3, with this Python's Unicode data and by block, not by name."""

from __future__ import annotations

import unicodedata
from bisect import bisect_right

APOSTROPHES = "'`\u00b4\u02b9\u02bb\u02bc\u055a\u05f3\u1ffd\u2018\u2019\u201b\u2032"
LETTERS = dict(zip("ıłđøٱىیکڪة", "ildoاييككه", strict=True)) | {"æ": "ae", "œ": "oe"}


def blocks(text: str) -> list[int]:
    """Return the first and the one after the last of each range of code points, in turn."""
    ends = [[int(end, 16) for end in part.split("-")] for part in text.split()]
    return [point for low, high in sorted(ends) for point in (low, high + 1)]


INVISIBLE = blocks(
    "AD-AD 34F-34F 61C-61C 640-640 115F-1160 17B4-17B5 180B-180F 200B-200F 202A-202E 2060-206F 3164-3164 FE00-FE0F "
    "FEFF-FEFF FFA0-FFA0 FFF0-FFF8 1BCA0-1BCA3 1D173-1D17A 1F3FB-1F3FF E0000-E0FFF"
)
ABUGIDAS = blocks(
    "780-7BF 900-109F 1700-17FF 1900-1AAF 1B00-1C4F 3099-309A A800-A82F A880-A8DF A8FF-A92F A930-A95F A980-AADF "
    "AAE0-AAFF ABC0-ABFF 10A00-10A5F 11000-11365 11375-11FFF 16F00-16F9F"
)
WITHOUT_SPACES = blocks(
    "E00-EFF 1000-109F 1780-17FF 3005-3007 3021-3029 3031-3035 303B-303C 3041-30FF 31F0-31FF 3400-9FFF A9E0-A9FF "
    "AA60-AA7F F900-FAFF 1AFF0-1B16F 20000-3FFFF"
)


def within(char: str, ranges: list[int]) -> bool:
    return bisect_right(ranges, ord(char)) % 2 == 1


def is_kept(char: str) -> bool:
    mark = unicodedata.category(char).startswith("M")
    return not within(char, INVISIBLE) and not (mark and not within(char, ABUGIDAS))


def interchanged(char: str) -> str:
    if unicodedata.category(char) == "Nd":
        return str(unicodedata.digit(char))
    return LETTERS.get(char, char)


def folded_once(text: str) -> str:
    for apostrophe in APOSTROPHES:
        text = text.replace(apostrophe, "'")
    text = unicodedata.normalize("NFKC", text.replace("\u0345", "ι")).casefold()
    text = unicodedata.normalize("NFKC", text)
    text = "".join(filter(is_kept, unicodedata.normalize("NFD", text)))
    return unicodedata.normalize("NFC", "".join(map(interchanged, text)))


def folded(text: str) -> str:
    while (again := folded_once(text)) != text:
        text = again
    return text


def without_inner_apostrophes(text: str) -> str:
    kinds = "".join(unicodedata.category(char)[0] for char in text) + "Z"
    inner = [
        index
        for index, char in enumerate(text)
        if char == "'" and index and kinds[index - 1] in "LM" and kinds[index + 1] == "L"
    ]
    return "".join(char for index, char in enumerate(text) if index not in set(inner))


def tokens(text: str) -> tuple[str, ...]:
    text = unicodedata.normalize("NFC", without_inner_apostrophes(folded(text)))
    found: list[str] = []
    before = "separator"
    for char in text:
        kind = unicodedata.category(char)[0]
        if kind in "LN":
            now = "single" if within(char, WITHOUT_SPACES) else "run"
            if now == before == "run":
                found[-1] += char
            else:
                found.append(char)
            before = now
        elif kind == "M" and before != "separator":
            found[-1] += char
        else:
            before = "separator"
    return tuple(found) or tuple(char for char in text if unicodedata.category(char)[0] == "S")
