"""A message as the steps read it: whole, without filler, outside quotes; each form is made once, when asked for."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import chain

from optoutlang.runtime.canonical import tokens
from optoutlang.runtime.matcher.quotes import unquoted
from optoutlang.runtime.matcher.readings import Reading, Sentences, readings
from optoutlang.runtime.matcher.sentences import sentences
from optoutlang.runtime.program import Filler


class Message:
    """One message in a context that has `filler`.

    `text` is the message as it came, `tokens` its canonical tokens, and `key`
    the tokens joined.
    """

    __slots__ = ("_readings", "_unfilled", "filler", "key", "text", "tokens")

    def __init__(self, text: str, filler: Filler) -> None:
        self.text = text
        self.filler = filler
        self.tokens = tokens(text)
        self.key = "".join(self.tokens)
        self._unfilled: Sequence[str] | None = None
        self._readings: tuple[Reading, ...] | None = None

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
    def readings(self) -> tuple[Reading, ...]:
        """The sentences outside quotes, of all of the message if there is nothing else in it, in each reading."""
        if self._readings is None:
            self._readings = readings(self._sentences(), self.filler)
        return self._readings

    @property
    def outside_quotes(self) -> tuple[str, ...]:
        """The tokens of the sentences outside quotes, as written."""
        return tuple(chain.from_iterable(self.readings[0].sentences))

    @property
    def outside_quotes_unfilled(self) -> tuple[str, ...]:
        """The same without filler, which is taken out inside each sentence."""
        return tuple(chain.from_iterable(self.readings[-1].sentences))

    def _sentences(self) -> Sentences:
        outside = unquoted(self.text)
        found = self._sentences_of(outside)
        return found if found or outside == self.text else self._sentences_of(self.text)

    def _sentences_of(self, text: str) -> Sentences:
        """Return the tokens of each sentence of a text that has any: of symbols alone, these are its tokens."""
        pieces = sentences(text)
        if len(pieces) == 1 and text == self.text:
            return [self.tokens] if self.tokens else []
        return [each for each in map(tokens, pieces) if each]
