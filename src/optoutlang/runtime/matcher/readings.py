"""The two readings of a message's sentences: as written, and without filler (docs/language.md §5)."""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

from optoutlang.runtime.program import Filler

AS_WRITTEN = 0
WITHOUT_FILLER = 1

Sentences = Sequence[Sequence[str]]
"""The tokens of each sentence outside quotes."""


class Reading(NamedTuple):
    """Sentences as a rule's words are looked for in them.

    `way` is `AS_WRITTEN` or `WITHOUT_FILLER`, `sentences` are the tokens that
    are read, `kept` their positions in the sentences as `written`. A sentence
    of nothing but filler is left as an empty one.
    """

    way: int
    sentences: Sentences
    kept: Sequence[Sequence[int]]
    written: Sentences

    def places(self) -> list[int]:
        """Return where the letters of the searched word stand among all tokens outside quotes.

        The word has the end of a sentence around each sentence (`search.word`);
        an end has the place of the token behind it.
        """
        places, offset = [0], 0
        for kept, written in zip(self.kept, self.written, strict=True):
            places += [offset + position for position in kept]
            offset += len(written)
            places.append(offset)
        return places


def readings(sentences: Sentences, filler: Filler) -> tuple[Reading, ...]:
    """Return how sentences are read: as written, and without filler if there is any in them."""
    positions = [range(len(each)) for each in sentences]
    written = Reading(AS_WRITTEN, sentences, positions, sentences)
    if not any(map(filler.may_touch, sentences)):
        return (written,)
    kept = [filler.kept(each) for each in sentences]
    if all(map(_same_length, kept, sentences)):
        return (written,)
    unfilled = [
        [tokens[position] for position in here]
        for tokens, here in zip(sentences, kept, strict=True)
    ]
    return written, Reading(WITHOUT_FILLER, unfilled, kept, sentences)


def _same_length(one: Sequence[int], other: Sequence[str]) -> bool:
    return len(one) == len(other)
