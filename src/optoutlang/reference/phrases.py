"""Quoted text, sentences, filler, and where phrases occur (docs/language.md §5)."""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache

from optoutlang.model.pattern import Pattern, Text
from optoutlang.model.ruleset import Phrase
from optoutlang.reference.layers import Table
from optoutlang.reference.text import tokens

Tokens = tuple[str, ...]

CLOSING_QUOTE = {"“": "”", '"': '"', "«": "»"}


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
    lines = [line for line in text.split("\n") if not line.startswith(">")]
    outside = _without_quotes("\n".join(lines))
    return outside if tokens(outside) else text


def _without_quotes(text: str) -> str:
    """Put a space for each pair of quotation marks and what stands between them."""
    for start, opening in enumerate(text):
        if opening in CLOSING_QUOTE:
            end = text.find(CLOSING_QUOTE[opening], start + 1)
            if end >= 0:
                return text[:start] + " " + _without_quotes(text[end + 1 :])
    return text


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


def said_sentences(table: Table, text: str) -> list[Occurrence]:
    """Return each sentence outside quotes that is, but for filler, a sentence of the rules."""
    fillers = filler_tokens(table)
    found = []
    for number, sentence in enumerate(sentences(outside_quotes(text))):
        row = without_filler(tokens(sentence), fillers)
        found += [
            Occurrence(phrase, number, number + len(row))
            for phrase in table.sentences
            if row and row in rows_of(phrase, fillers)
        ]
    return found


def rows_of(phrase: Phrase, fillers: set[Tokens]) -> set[Tokens]:
    """Return the rows of tokens that a phrase stands for, without filler."""
    return {without_filler(tokens(text), fillers) for text in written_out(phrase.pattern)}


def without_filler(message: Tokens, fillers: set[Tokens]) -> Tokens:
    """Take out filler: from left to right, and at each place the longest that stands there."""
    if not message:
        return ()
    for length in range(len(message), 0, -1):
        if message[:length] in fillers:
            return without_filler(message[length:], fillers)
    return (message[0], *without_filler(message[1:], fillers))


@lru_cache(maxsize=65_536)
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
    found = []
    for phrase in phrases:
        for wanted in rows_of(phrase, fillers):
            for start in range(len(message)):
                end = start + len(wanted)
                if wanted and message[start:end] == wanted:
                    found.append(Occurrence(phrase, start, end))
    return found


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
