"""A message as the steps read it: whole, without filler, outside quotes; each form is made once, when asked for."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterator, Sequence
from itertools import chain

from optoutlang.runtime.canonical import tokens
from optoutlang.runtime.canonical.spelling import spelt
from optoutlang.runtime.matcher.quotes import unquoted
from optoutlang.runtime.matcher.readings import Reading, Sentences, readings, readings_of_one
from optoutlang.runtime.matcher.sentences import sentences
from optoutlang.runtime.program import Filler


class Message:
    """One message in a context that has `filler`.

    `text` is the message as it came, `tokens` its canonical tokens, and `key`
    the tokens joined.
    """

    __slots__ = (
        "_kept",
        "_pieces",
        "_readings",
        "_sentence_starts",
        "_sentences_with_words",
        "_spelt",
        "_unfilled",
        "filler",
        "key",
        "text",
        "tokens",
    )

    def __init__(self, text: str, filler: Filler) -> None:
        self.text = text
        self.filler = filler
        self.tokens = tokens(text)
        self.key = "".join(self.tokens)
        self._spelt: Sequence[str] | None = None
        self._sentence_starts: Sequence[int] | None = None
        self._kept: Sequence[int] | None = None
        self._unfilled: Sequence[str] | None = None
        self._readings: tuple[Reading, ...] | None = None
        self._sentences_with_words: int | None = None
        self._pieces: Sequence[str] = ()

    @property
    def spelt(self) -> Sequence[str]:
        """The tokens as they are spelt, with their marks."""
        if self._spelt is None:
            self._spelt = spelt(self.text)
        return self._spelt

    def breaks_within(self, places: Sequence[int]) -> bool:
        """Tell whether a sentence ends between the first and the last of some tokens, given in order."""
        if self._sentence_starts is None:
            self._sentence_starts = list(_starts(self.text, self.tokens))
        first, last = places[0], places[-1]
        starts = self._sentence_starts
        return bisect_right(starts, first) != bisect_right(starts, last)

    @property
    def kept(self) -> Sequence[int]:
        """The positions of the tokens that are no filler."""
        if self._kept is None:
            self._kept = self.filler.kept(self.tokens)
        return self._kept

    @property
    def unfilled(self) -> Sequence[str]:
        """The tokens without filler; the very same object as `tokens` if there is none in them."""
        if self._unfilled is None:
            tokens, kept = self.tokens, self.kept
            filled = len(kept) < len(tokens)
            self._unfilled = [tokens[position] for position in kept] if filled else tokens
        return self._unfilled

    @property
    def unfilled_key(self) -> str:
        """The tokens without filler, joined."""
        unfilled = self.unfilled
        return self.key if unfilled is self.tokens else "".join(unfilled)

    @property
    def readings(self) -> tuple[Reading, ...]:
        """The sentences outside quotes, of all of the message if there is nothing else in it, in each reading."""
        if self._readings is None:
            sentences = self._sentences()
            if len(sentences) == 1 and sentences[0] is self.tokens:
                self._readings = readings_of_one(self.tokens, self.unfilled, self.kept)
            else:
                self._readings = readings(sentences, self.filler)
        return self._readings

    @property
    def outside_quotes(self) -> tuple[str, ...]:
        """The tokens of the sentences outside quotes, as written."""
        return tuple(chain.from_iterable(self.readings[0].sentences))

    @property
    def outside_quotes_unfilled(self) -> tuple[str, ...]:
        """The same without filler, which is taken out inside each sentence."""
        return tuple(chain.from_iterable(self.readings[-1].sentences))

    def has_words_beside(self, number: int) -> bool:
        """Tell whether a sentence outside quotes, beside the one of a number, is not all filler."""
        unfilled = self.readings[-1].sentences
        if self._sentences_with_words is None:
            self._sentences_with_words = sum(map(bool, unfilled))
        return self._sentences_with_words > bool(unfilled[number])

    def spelt_sentence(self, number: int) -> Sequence[str]:
        """Return the tokens of one of the sentences that `readings` are of, as they are spelt."""
        return spelt(self._pieces[number])

    def _sentences(self) -> Sentences:
        outside = unquoted(self.text)
        rows = self._sentences_of(outside)
        return rows if rows or outside == self.text else self._sentences_of(self.text)

    def _sentences_of(self, text: str) -> Sentences:
        """Return the tokens of each sentence of a text that has any: of symbols alone, these are its tokens."""
        pieces = sentences(text)
        if len(pieces) == 1 and text == self.text:
            self._pieces = pieces
            return [self.tokens] if self.tokens else []
        rows = [(piece, row) for piece in pieces if (row := tokens(piece))]
        self._pieces = [piece for piece, _ in rows]
        return [row for _, row in rows]


def _starts(text: str, whole: Sequence[str]) -> Iterator[int]:
    """Yield which token of a text each of its sentences begins with; symbols beside words are no tokens."""
    place = 0
    for sentence in sentences(text):
        row = tokens(sentence)
        if tuple(whole[place : place + len(row)]) == row:
            yield place
            place += len(row)
