"""Quoted text, sentences, filler, and where phrases occur (docs/language.md §5)."""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache

from optoutlang.language.model.pattern import Pattern, Text
from optoutlang.language.model.statement import Phrase
from optoutlang.language.reference.layers import Table
from optoutlang.language.reference.text import tokens

Tokens = tuple[str, ...]

OPENING_QUOTES = ("“", "„", "”", "»", "«", "‹", "「", "『", "｢", "〝")
CLOSING_QUOTES = {
    "”": ("“", "„", "”"),
    "“": ("„", "”"),  # German, Arabic
    "»": ("«",),
    "«": ("»",),  # Danish, German books
    "›": ("‹",),
    "」": ("「",),
    "』": ("『",),
    "｣": ("｢",),
    "〞": ("〝",),
    "〟": ("〝",),
    '"': ('"',),
    "＂": ("＂",),
    "״": ("״",),
}
STRAIGHT_QUOTES = ('"', "＂", "״")
"""The marks of quotations; what stands beside the straight ones tells whether they open or close."""

SPACES = (
    *(" ", "\t", "\n", "\r", "\v", "\f", "\x85", "\xa0", "\u1680", "\u2028", "\u2029", "\u202f"),
    *map(chr, range(0x2000, 0x2010)),
    *("\u205f", "\u3000", "\u2060"),
    *("\u2066", "\u2067", "\u2068", "\u2069", "\ufeff"),
)
BEFORE_OPENING = (*SPACES, "(", "[", "{")
BEHIND_CLOSING = (*SPACES, ")", "]", "}", ".", ",", "!", "?", ";", ":", "…")

FORWARDED = (
    *("fwd", "fw", "wg", "tr", "rv", "enc", "vb", "vs", "pd", "doorst"),
    *("转发", "轉寄", "転送"),
)
ANSWERED = (
    *("re", "aw", "sv", "antw", "odp", "res", "ynt"),
    *("回复", "答复", "回覆", "返信"),
)
"""What mail programs write before a colon at the beginning of a line that they forward, or that answers one."""


SENTENCE_BREAKS = (
    *(".", "!", "?", ";", ",", "…", "‼", "⁇", "⁈", "⁉", "¡", "¿", "(", ")", "[", "]", "–", "—"),
    *("。", "！", "？", "．", "，", "、", "；", "｡", "､"),  # Chinese, Japanese
    *("؟", "،", "؛", "۔", "।", "॥", "။", "၊", "។", "៕", "።", "፣", "՝", "՞", "։"),
    *("\n", "\r", "\v", "\f", "\x85", "\u2028", "\u2029"),
)


@dataclass(frozen=True, slots=True)
class Occurrence:
    """A phrase whose tokens stand in a message from token `start` to before token `end`.

    For a sentence, `start` is the sentence's number in the message.
    """

    phrase: Phrase
    start: int
    end: int

    def overlaps(self, other: Occurrence) -> bool:
        """Tell whether the two share a token."""
        return self.start < other.end and other.start < self.end


def outside_quotes(text: str) -> str:
    """Return a text without what its writer quotes; the whole text if nothing else is in it."""
    outside = without_quotations("\n".join(unquoted_lines(text.split("\n"))))
    return outside if tokens(outside) else text


def unquoted_lines(lines: list[str]) -> list[str]:
    """Leave out lines that begin with `>`, forwarded lines, and all from the head of an original message on."""
    if not lines:
        return []
    line, *others = lines
    if is_head_of_original(line):
        return []
    if line.startswith(">") or begins_with(line, FORWARDED):
        return unquoted_lines(others)
    while answered := begins_with(line, ANSWERED):
        line = line[answered:]
    return [line, *unquoted_lines(others)]


def is_head_of_original(line: str) -> bool:
    """Tell whether a line has a text between three hyphens or more on either side."""
    line = line.rstrip()
    inside = line.strip("-")
    before, after = line.partition(inside)[::2] if inside else ("", "")
    return len(before) >= 3 and len(after) >= 3 and "-" not in inside


def begins_with(line: str, heads: tuple[str, ...]) -> int:
    """Return how long the head of a line is that a mail program put there (`Re: `); 0 if it has none."""
    head, colon, rest = line.replace("：", ":").partition(":")
    name = head.lstrip()
    name = name[:-1] if name[-1:].isspace() else name
    if colon and name.casefold() in heads:
        return len(line) - len(rest.lstrip())
    return 0


def without_quotations(text: str) -> str:
    """Replace each quotation that stands in no other by a space."""
    quoted = quotations(text)
    pieces, end = [], 0
    for start, behind in sorted(quoted):
        if start >= end:
            pieces.append(text[end:start])
            end = behind
    return " ".join([*pieces, text[end:]])


def quotations(text: str) -> list[tuple[int, int]]:
    """Return where each quotation begins, and where what is behind it begins.

    A mark closes the nearest quotation that is open and that it can close;
    those opened inside of it, and never closed, are none.
    """
    quoted: list[tuple[int, int]] = []
    opened: list[int] = []
    for place, mark in enumerate(text):
        opens, closes = mark in OPENING_QUOTES, mark in CLOSING_QUOTES
        if mark in STRAIGHT_QUOTES:
            opens = place == 0 or text[place - 1] in BEFORE_OPENING
            closes = text[place + 1 : place + 2] in ("", *BEHIND_CLOSING)
        closable = [each for each in opened if closes and text[each] in CLOSING_QUOTES[mark]]
        if closable:
            quoted.append((closable[-1], place + 1))
            opened = [each for each in opened if each < closable[-1]]
        elif opens:
            opened.append(place)
    return quoted


def sentences(text: str) -> list[str]:
    """Cut a text at its sentence breaks, and at hyphens that stand alone between spaces."""
    words = text.split(" ")
    last = len(words) - 1
    for place, word in enumerate(words):
        if 0 < place < last and word and set(word) == {"-"}:
            words[place] = "."
    text = " ".join(words)
    for mark in SENTENCE_BREAKS:
        text = text.replace(mark, ".")
    return text.split(".")


def sentence_occurrences(table: Table, text: str) -> list[Occurrence]:
    """Return each sentence outside quotes that is, but for filler, a sentence of the rules."""
    fillers = filler_tokens(table)
    matching = []
    for number, sentence in enumerate(sentences(outside_quotes(text))):
        row = without_filler(tokens(sentence), fillers)
        matching += [
            Occurrence(phrase, number, number + len(row))
            for phrase in table.sentences
            if row and row in rows_of(phrase, fillers)
        ]
    return matching


def rows_of(phrase: Phrase, fillers: set[Tokens]) -> set[Tokens]:
    """Return the rows of tokens that a phrase stands for, without filler."""
    return {without_filler(row, fillers) for row in rows_with_filler(phrase.pattern)}


@lru_cache(maxsize=65_536)
def rows_with_filler(pattern: Pattern) -> frozenset[Tokens]:
    """Return the rows of tokens that a pattern stands for."""
    return frozenset(tokens(text) for text in written_out(pattern))


def without_filler(message: Tokens, fillers: set[Tokens]) -> Tokens:
    """Take out filler: from left to right, and at each place the longest that stands there."""
    if not message:
        return ()
    for length in range(len(message), 0, -1):
        if message[:length] in fillers:
            return without_filler(message[length:], fillers)
    return (message[0], *without_filler(message[1:], fillers))


def places_without_filler(message: Tokens, fillers: set[Tokens]) -> list[int]:
    """Return which tokens of a message are no filler."""
    places, place = [], 0
    while place < len(message):
        lengths = (end for end in range(len(message), place, -1) if message[place:end] in fillers)
        end = next(lengths, None)
        if end is None:
            places.append(place)
        place = place + 1 if end is None else end
    return places


def written_out(pattern: Pattern) -> tuple[str, ...]:
    """Return every plain text that a pattern stands for."""
    if not pattern.parts:
        return ("",)
    first, *others = pattern.parts
    if isinstance(first, Text):
        beginnings = [first.text]
    else:
        beginnings = [text for option in first.options for text in written_out(option)]
    endings = written_out(Pattern(tuple(others)))
    return tuple(beginning + ending for beginning in beginnings for ending in endings)


def occurrences(
    phrases: tuple[Phrase, ...], message: Tokens, fillers: set[Tokens]
) -> list[Occurrence]:
    """Return every place of every phrase in a message that has been rid of its filler."""
    places = []
    for phrase in phrases:
        for wanted in rows_of(phrase, fillers):
            for start in range(len(message)):
                end = start + len(wanted)
                if wanted and message[start:end] == wanted:
                    places.append(Occurrence(phrase, start, end))
    return places


def counting_occurrences(table: Table, text: str) -> list[Occurrence]:
    """Return the occurrences of phrases that no exception to the same action overlaps."""
    fillers = filler_tokens(table)
    message = without_filler(tokens(outside_quotes(text)), fillers)
    exceptions = occurrences(table.exceptions, message, fillers)
    return [
        each
        for each in occurrences(table.phrases, message, fillers)
        if not any(
            each.phrase.action is exception.phrase.action and each.overlaps(exception)
            for exception in exceptions
        )
    ]


def filler_tokens(table: Table) -> set[Tokens]:
    """Return the tokens of each filler of a context."""
    return {tokens(filler.word) for filler in table.fillers}
