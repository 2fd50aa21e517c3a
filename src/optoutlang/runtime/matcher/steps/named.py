"""The words of answers and topics: a keyword is the whole message, a sentence a whole sentence outside quotes."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import NamedTuple

from optoutlang.runtime.matcher.readings import AS_WRITTEN
from optoutlang.runtime.matcher.steps.message import Message
from optoutlang.runtime.matcher.steps.priority import Priority
from optoutlang.runtime.matcher.steps.step import Candidate, Span
from optoutlang.runtime.program import Meaning
from optoutlang.runtime.terms import MatchedBy


def keyword_candidates(
    keywords: Mapping[str, Meaning], message: Message, *, place: int, variants: tuple[int, int]
) -> Iterator[Candidate]:
    """Yield the keyword that a message is, as written and without filler, each with its variant of the step."""
    exact, filler = variants
    meaning = keywords.get(message.key)
    if meaning is not None:
        yield Candidate(
            Priority(place, variant=exact),
            meaning,
            MatchedBy.EXACT,
            message.key,
            Span(0, len(message.tokens)),
            "the whole message is {}",
        )
    key, kept = message.unfilled_key, message.kept
    meaning = keywords.get(key)
    if meaning is not None and message.unfilled is not message.tokens:
        yield Candidate(
            Priority(place, variant=filler),
            meaning,
            MatchedBy.FILLER,
            key,
            Span(kept[0], kept[-1] + 1),
            "the whole message but for filler is {}",
        )


class Sentence(NamedTuple):
    """A sentence of a message that the rules have: where it stands, and how it was read."""

    meaning: Meaning
    number: int
    length: int
    way: int
    span: Span

    def candidate(self, place: int, *, variant: int, rank: int = 0) -> Candidate:
        """Return what the sentence means to a step: the longest goes first, then the first."""
        priority = Priority(
            place, variant=variant, rank=rank, length=-self.length, place=self.number, way=self.way
        )
        return Candidate(priority, self.meaning, MatchedBy.SENTENCE, span=self.span)


def sentences(known: Mapping[str, tuple[Meaning, ...]], message: Message) -> Iterator[Sentence]:
    """Yield every sentence of a message that is known, as written and without filler."""
    for reading in message.readings if known else ():
        begin = 0
        for number, written in enumerate(reading.written):
            kept, row = reading.positions(number), reading.sentences[number]
            if reading.way == AS_WRITTEN or len(kept) < len(written):
                for meaning in known.get(" ".join(row), ()):
                    span = Span(begin + kept[0], begin + kept[-1] + 1)
                    yield Sentence(meaning, number, len(row), reading.way, span)
            begin += len(written)
