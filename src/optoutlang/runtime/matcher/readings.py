"""The two readings of a message's sentences: as written, and without filler (docs/language.md §5)."""

from __future__ import annotations

from collections.abc import Sequence
from operator import is_
from typing import NamedTuple

from optoutlang.runtime.program import Filler

AS_WRITTEN = 0
WITHOUT_FILLER = 1

Sentences = Sequence[Sequence[str]]
"""The tokens of each sentence outside quotes."""


class Reading(NamedTuple):
    """Sentences as a rule's words are looked for in them.

    `way` is `AS_WRITTEN` or `WITHOUT_FILLER`, `sentences` are the tokens that
    are read, `kept` their positions in the sentences as `written`, none where
    these are read. A sentence of nothing but filler is left as an empty one.
    """

    way: int
    sentences: Sentences
    kept: Sequence[Sequence[int]] | None
    written: Sentences

    def positions(self, number: int) -> Sequence[int]:
        """Return the positions of a sentence's tokens in that sentence as written."""
        return range(len(self.written[number])) if self.kept is None else self.kept[number]

    def is_searched(self, number: int) -> bool:
        """Whether phrases are looked for in a sentence: not again in one that has no filler."""
        return self.way == AS_WRITTEN or self.sentences[number] is not self.written[number]

    def places(self) -> list[int]:
        """Return where the letters of the searched word (`searched`) stand among all tokens outside quotes.

        The word has the end of a sentence around each sentence (`search.word`);
        an end has the place of the token behind it.
        """
        places, offset = [0], 0
        for number, written in enumerate(self.written):
            if self.is_searched(number):
                places += [offset + position for position in self.positions(number)]
            offset += len(written)
            places.append(offset)
        return places


def readings(sentences: Sentences, filler: Filler) -> tuple[Reading, ...]:
    """Return how sentences are read: as written, and without filler if there is any in them."""
    written = Reading(AS_WRITTEN, sentences, None, sentences)
    kept = [filler.kept(each) for each in sentences]
    unfilled = [
        tokens if len(here) == len(tokens) else [tokens[position] for position in here]
        for tokens, here in zip(sentences, kept, strict=True)
    ]
    if all(map(is_, unfilled, sentences)):
        return (written,)
    return written, Reading(WITHOUT_FILLER, unfilled, kept, sentences)


def readings_of_one(
    sentence: Sequence[str], unfilled: Sequence[str], kept: Sequence[int]
) -> tuple[Reading, ...]:
    """Return how one sentence is read that is known without filler, which is the very same object if it has none."""
    written = Reading(AS_WRITTEN, (sentence,), None, (sentence,))
    if unfilled is sentence:
        return (written,)
    return written, Reading(WITHOUT_FILLER, (unfilled,), (kept,), (sentence,))
