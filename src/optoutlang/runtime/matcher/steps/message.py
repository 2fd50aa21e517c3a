"""A message as the steps read it: whole, without filler, outside quotes; each form is made once, when asked for."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterator, Sequence
from typing import NamedTuple

from optoutlang.runtime.canonical import tokens
from optoutlang.runtime.canonical.spelling import spelt
from optoutlang.runtime.matcher.quotes import unquoted
from optoutlang.runtime.matcher.sentences import sentences
from optoutlang.runtime.program import Filler


class UnquotedText(NamedTuple):
    """What a message's writer says and does not quote: its text, and its tokens, some if the message has any."""

    text: str
    tokens: Sequence[str]


class Message:
    """One message in a context that has `filler`.

    `text` is the message as it came, `tokens` its canonical tokens, and `key`
    the tokens joined.
    """

    __slots__ = (
        "_sentence_starts",
        "_spelt",
        "_unfilled",
        "_unquoted",
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
        self._unfilled: Sequence[str] | None = None
        self._unquoted: UnquotedText | None = None

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
    def unfilled(self) -> Sequence[str]:
        """The tokens without filler; the very same object as `tokens` if there is none in them."""
        if self._unfilled is None:
            self._unfilled = self.filler.taken_out(self.tokens)
        return self._unfilled

    @property
    def unfilled_key(self) -> str:
        """The tokens without filler, joined."""
        unfilled = self.unfilled
        return self.key if unfilled is self.tokens else "".join(unfilled)

    @property
    def unquoted(self) -> UnquotedText:
        """What stands outside quotes; all of the message if there is nothing else in it."""
        if self._unquoted is None:
            outside = unquoted(self.text)
            unquoted_tokens = self.tokens if outside == self.text else tokens(outside)
            if not unquoted_tokens:
                outside, unquoted_tokens = self.text, self.tokens
            self._unquoted = UnquotedText(outside, unquoted_tokens)
        return self._unquoted

    @property
    def unquoted_unfilled(self) -> Sequence[str]:
        """The tokens outside quotes without filler."""
        outside = self.unquoted.tokens
        return self.unfilled if outside is self.tokens else self.filler.taken_out(outside)


def _starts(text: str, whole: Sequence[str]) -> Iterator[int]:
    """Yield which token of a text each of its sentences begins with; symbols beside words are no tokens."""
    place = 0
    for sentence in sentences(text):
        row = tokens(sentence)
        if tuple(whole[place : place + len(row)]) == row:
            yield place
            place += len(row)
