"""Quoted text: what a message's writer repeats rather than says (docs/language.md §5).

Marks are read from left to right, in one pass. A mark closes the nearest open
quotation that it can close, and with it what was opened inside and never
closed; a mark that can close nothing opens a quotation, if it can open one. The
quotation of a reaction (`Loved “…`) that is never closed goes to the text's end.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator

CLOSES = {
    "”": "“„”",
    "“": "„”",
    "»": "«",
    "«": "»",
    "›": "‹",
    "」": "「",
    "』": "『",
    "｣": "｢",
    "〞": "〝",
    "〟": "〝",
    '"': '"',
    "＂": "＂",
    "״": "״",
}
"""What each mark that can close a quotation may close."""

OPENING = '“„”»«‹「『｢〝"＂״'
"""The marks that can open a quotation."""

STRAIGHT = '"＂״'
"""Marks whose sides look alike: what stands beside them tells whether they open or close."""

FORWARDED = (
    "fwd",
    "fw",
    "wg",
    "tr",
    "rv",
    "enc",
    "vb",
    "vs",
    "pd",
    "doorst",
    "转发",
    "轉寄",
    "転送",
)
"""What begins a line that a mail program forwards, before its colon; `Re:` begins what somebody answers."""

ANSWERED = ("re", "aw", "sv", "antw", "odp", "res", "ynt", "回复", "答复", "回覆", "返信")
"""What mail programs put before an answer; it is left out, and what stands behind it is the writer's."""

REACTIONS = (
    "loved",
    "liked",
    "disliked",
    "laughed at",
    "emphasized",
    "emphasised",
    "questioned",
    "le encantó",
    "le gustó",
    "no le gustó",
    "se rió de",
    "enfatizó",
    "cuestionó",
    "destacó",
    "a adoré",
    "a aimé",
    "n'a pas aimé",
    "n’a pas aimé",
    "a ri de",
    "a mis en évidence",
    "s'est interrogé sur",
    "s’est interrogé sur",
    "liebt",
    "gefällt",
    "gefällt nicht",
    "lacht über",
    "betont",
    "hinterfragt",
    "amou",
    "adorou",
    "curtiu",
    "gostou de",
    "não gostou de",
    "riu de",
    "enfatizou",
    "questionou",
    "ha adorato",
    "piace",
    "non piace",
    "ha riso di",
    "ha enfatizzato",
    "ha messo in dubbio",
    "vond",
    "lachte om",
    "benadrukte",
)
"""What a phone writes before the text that somebody reacts to; networks cut that text, and its closing mark with it."""

SPACES = (
    " \t\n\r\v\f\x85\xa0\u1680\u2000\u2001\u2002\u2003\u2004\u2005\u2006\u2007\u2008\u2009\u200a"
    "\u2028\u2029\u202f\u205f\u3000"
)
INVISIBLE = "\u200b\u200c\u200d\u200e\u200f\u2060\u2066\u2067\u2068\u2069\ufeff"
BEFORE_OPENING = f"{SPACES}{INVISIBLE}([{{"
BEHIND_CLOSING = f"{SPACES}{INVISIBLE})]}}.,!?;:…"
"""What stands before a straight mark that opens and behind one that closes, as the text's start and end do."""

_MARK = re.compile(f"[{re.escape(''.join({*CLOSES, *OPENING}))}]")
_LINE = re.compile(
    rf"^(?:>|-{{3}}|[^\S\n]*+(?:{'|'.join(FORWARDED + ANSWERED)})\s?[:：])",
    re.IGNORECASE | re.MULTILINE,
)
"""Finds a line that may have to be left out. It stays on the line: a search that goes on to the next ones for white
space reads a row of blank lines anew from each of them."""
_SIGNS = ('"', ":", ">", "---")
"""One of these is in each ASCII text that has a quotation or a line that may have to be left out."""
_FORWARDED = re.compile(rf"\s*+(?:{'|'.join(FORWARDED)})\s?[:：]", re.IGNORECASE)
_ANSWERED = re.compile(rf"\s*+(?:{'|'.join(ANSWERED)})\s?[:：]\s*+", re.IGNORECASE)
_REACTION = re.compile(
    rf"\s*+(?:{'|'.join(map(re.escape, REACTIONS))}|[^\w\s]{{1,12}} to)\s*+(?P<mark>[{OPENING}])",
    re.IGNORECASE,
)
_ORIGINAL = re.compile(r"-{3,}+[^-]++-{3,}+\s*+")


def unquoted(text: str) -> str:
    """Return a text with a space for each quotation, and without the lines that are quoted or forwarded.

    The time is linear in the text's length.
    """
    if text.isascii() and not any(sign in text for sign in _SIGNS):
        return text
    unquoted_text = "\n".join(_unquoted_lines(text.split("\n"))) if _LINE.search(text) else text
    return " ".join(_outside(unquoted_text)) if _MARK.search(unquoted_text) else unquoted_text


def _unquoted_lines(lines: list[str]) -> Iterator[str]:
    """Yield the lines that are neither quoted nor forwarded, without what marks an answer."""
    for line in lines:
        if _ORIGINAL.fullmatch(line):
            return
        if not line.startswith(">") and not _FORWARDED.match(line):
            yield _answer(line)


def _answer(line: str) -> str:
    """Return a line without the heads of an answer, of which there may be several."""
    begin = 0
    while head := _ANSWERED.match(line, begin):
        begin = head.end()
    return line[begin:]


def _outside(text: str) -> Iterator[str]:
    """Yield the pieces between quotations."""
    end = 0
    for start, behind in _quotations(text):
        yield text[end:start]
        end = behind
    yield text[end:]


def _quotations(text: str) -> list[tuple[int, int]]:
    """Return where the quotations that stand in no other begin, and where what is behind them begins."""
    found: list[tuple[int, int]] = []
    opened: list[tuple[str, int]] = []
    count: Counter[str] = Counter()
    for each in _MARK.finditer(text):
        mark, place = each.group(), each.start()
        opens, closes = _sides(text, place) if mark in STRAIGHT else (mark in OPENING, True)
        if closes and any(count[other] for other in CLOSES.get(mark, "")):
            start = _close(opened, count, CLOSES[mark])
            while found and found[-1][0] > start:
                found.pop()
            found.append((start, place + 1))
        elif opens:
            opened.append((mark, place))
            count[mark] += 1
    reaction = _REACTION.match(text) if opened else None
    if reaction is not None and opened[0][1] == reaction.start("mark"):
        return [(reaction.start("mark"), len(text))]
    return found


def _close(opened: list[tuple[str, int]], count: Counter[str], closable: str) -> int:
    """Forget what was opened last, up to a mark that can be closed; return where that one stands."""
    while True:
        mark, place = opened.pop()
        count[mark] -= 1
        if mark in closable:
            return place


def _sides(text: str, place: int) -> tuple[bool, bool]:
    """Tell whether a straight mark can open, and whether it can close; inside a word it can do neither."""
    opens = place == 0 or text[place - 1] in BEFORE_OPENING
    closes = place + 1 == len(text) or text[place + 1] in BEHIND_CLOSING
    return opens, closes
