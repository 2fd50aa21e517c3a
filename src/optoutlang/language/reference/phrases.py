"""Quoted text, sentences, filler, and where phrases occur (docs/language.md §5)."""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache

from optoutlang.language.model.pattern import Choice, Pattern, Text
from optoutlang.language.model.statement import Phrase, Sentence
from optoutlang.language.reference.layers import Table
from optoutlang.language.reference.text import tokens
from optoutlang.runtime.terms.rest import Rest

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
"""What a phone writes before the text that somebody reacts to; the text may be cut, and its closing mark with it."""


SENTENCE_BREAKS = (
    *(".", "!", "?", ";", ",", "…", "‼", "⁇", "⁈", "⁉", "¡", "¿", "(", ")", "[", "]", "–", "—"),
    *("。", "！", "？", "．", "，", "、", "；", "｡", "､"),  # Chinese, Japanese
    *("؟", "،", "؛", "۔", "।", "॥", "။", "၊", "។", "៕", "።", "፣", "՝", "՞", "։"),
    *("\n", "\r", "\v", "\f", "\x85", "\u2028", "\u2029"),
)


Reading = list[tuple[int, str]]
"""A sentence as it is read: its tokens, each with its place among all tokens outside quotes."""


@dataclass(frozen=True, slots=True)
class Occurrence:
    """A sentence or phrase that stands in a message: its first token at `start`, its last one before `end`.

    `length` is how many tokens the rule has, `way` 0 if they stand as written and 1 if without filler.
    """

    phrase: Phrase
    start: int
    end: int
    length: int
    way: int

    def overlaps(self, other: Occurrence) -> bool:
        """Tell whether the two share a token."""
        return self.start < other.end and other.start < self.end


@lru_cache(maxsize=4_096)
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
    if opened and is_reaction(text[: opened[0]]):
        return [(opened[0], len(text))]
    return quoted


def is_reaction(head: str) -> bool:
    """Tell whether a text before a quotation says how somebody reacts to it: `Loved`, or `👍 to`."""
    verb = head.strip().casefold()
    emoji, _, to = verb.rpartition(" ")
    symbols = all(not (each.isalnum() or each.isspace() or each == "_") for each in emoji)
    return verb in map(str.casefold, REACTIONS) or (to == "to" and 0 < len(emoji) <= 12 and symbols)


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


def readings(table: Table, text: str) -> list[list[Reading]]:
    """Return the sentences outside quotes that have tokens, as written and then without filler."""
    written: list[Reading] = []
    count = 0
    for sentence in sentences(outside_quotes(text)):
        found = tokens(sentence)
        if found:
            written.append(list(enumerate(found, count)))
            count += len(found)
    fillers = filler_tokens(table)
    return [written, [unfilled(each, fillers) for each in written]]


def unfilled(sentence: Reading, fillers: set[Tokens]) -> Reading:
    """Take out filler of a sentence: from left to right, and at each place the longest that stands there."""
    if not sentence:
        return []
    for length in range(len(sentence), 0, -1):
        if words(sentence[:length]) in fillers:
            return unfilled(sentence[length:], fillers)
    return [sentence[0], *unfilled(sentence[1:], fillers)]


def words(sentence: Reading) -> Tokens:
    """Return the tokens of a sentence, or of a part of it."""
    return tuple(token for _, token in sentence)


def sentence_occurrences(table: Table, text: str) -> list[Occurrence]:
    """Return each sentence outside quotes that is, as written or without filler, a sentence of the rules.

    Its place is its number.
    """
    return [
        Occurrence(phrase, number, number + 1, len(sentence), way)
        for way, reading in enumerate(readings(table, text))
        for number, sentence in enumerate(reading)
        for phrase in table.sentences
        if phrase.rest is Rest.NONE
        if sentence and words(sentence) in rows_of(phrase.pattern)
    ]


@lru_cache(maxsize=65_536)
def rows_of(pattern: Pattern) -> frozenset[Tokens]:
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
    elif isinstance(first, Choice):
        beginnings = [text for option in first.options for text in written_out(option)]
    else:
        raise TypeError(f"no plain text: {first}")
    endings = written_out(Pattern(tuple(others)))
    return tuple(beginning + ending for beginning in beginnings for ending in endings)


def ends_and_beginnings(
    sentences: tuple[Sentence, ...], reading: list[Reading], way: int
) -> list[Occurrence]:
    """Return where the sentences of the rules that are open on one side are the end or the beginning of one."""
    places = []
    for phrase in sentences:
        for wanted in rows_of(phrase.pattern):
            for sentence in reading:
                part: Reading = []
                if phrase.rest is Rest.BEFORE:
                    part = sentence[max(0, len(sentence) - len(wanted)) :]
                elif phrase.rest is Rest.BEHIND:
                    part = sentence[: len(wanted)]
                if wanted and words(part) == wanted:
                    first, last = part[0][0], part[-1][0]
                    places.append(Occurrence(phrase, first, last + 1, len(wanted), way))
    return places


def occurrences(phrases: tuple[Phrase, ...], reading: list[Reading], way: int) -> list[Occurrence]:
    """Return every place of every phrase in some sentence of a reading."""
    places = []
    for phrase in phrases:
        for wanted in rows_of(phrase.pattern):
            for sentence in reading:
                for start in range(len(sentence)):
                    part = sentence[start : start + len(wanted)]
                    if wanted and words(part) == wanted:
                        first, last = part[0][0], part[-1][0]
                        places.append(Occurrence(phrase, first, last + 1, len(wanted), way))
    return places


def counting_occurrences(table: Table, text: str) -> list[Occurrence]:
    """Return the occurrences of phrases, and of sentences open on one side, that no exception overlaps.

    The exception is one to the same action, in whatever reading.
    """
    both = list(enumerate(readings(table, text)))
    exceptions = [each for way, it in both for each in occurrences(table.exceptions, it, way)]
    phrases = [each for way, it in both for each in occurrences(table.phrases, it, way)]
    phrases += [each for way, it in both for each in ends_and_beginnings(table.sentences, it, way)]
    return [
        each
        for each in phrases
        if not any(
            each.phrase.action is exception.phrase.action and each.overlaps(exception)
            for exception in exceptions
        )
    ]


def filler_tokens(table: Table) -> set[Tokens]:
    """Return the tokens of each filler of a context."""
    return {tokens(filler.word) for filler in table.fillers}
