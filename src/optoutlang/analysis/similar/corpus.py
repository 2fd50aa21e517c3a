"""Texts to train the suggester with: sets of messages, each with its use and its weight."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from hashlib import sha256

from optoutlang.language.model.ruleset import Example
from optoutlang.runtime.matcher.steps.message import Message
from optoutlang.runtime.program import Filler
from optoutlang.runtime.terms.action import Action
from optoutlang.runtime.terms.similar import TrainingSet

Tokens = tuple[str, ...]

NO_FILLER = Filler(())


@dataclass(frozen=True, slots=True)
class Corpus:
    """Messages as their tokens outside quotes; `use` as for `TrainingSet`, `weight` what one of them counts."""

    name: str
    use: str
    messages: tuple[Tokens, ...]
    weight: float = 1.0

    @property
    def training_set(self) -> TrainingSet:
        """What the model's provenance says of it."""
        text = "\n".join(" ".join(each) for each in self.messages)
        return TrainingSet(
            self.name, self.use, len(self.messages), sha256(text.encode()).hexdigest()
        )


def corpus(name: str, use: str, texts: Iterable[str], *, weight: float = 1.0) -> Corpus:
    """Return a corpus of messages; those without a token are left out."""
    rows = (tokens_of(text) for text in texts)
    return Corpus(name, use, tuple(row for row in rows if row), weight)


def tokens_of(text: str) -> Tokens:
    """Return the tokens of a message that the suggester reads: those outside quotes."""
    return Message(text, NO_FILLER).outside_quotes


def part_of(text: str, parts: int) -> int:
    """Return in which of some parts of a corpus a message is, from 0; the same one for equal messages."""
    return sha256(text.encode("utf-8", "surrogatepass")).digest()[0] % parts


def of_examples(examples: Iterable[Example], *, weight: float, quiet_weight: float) -> list[Corpus]:
    """Return the messages of test cases that ask to opt out, and of those that must not."""
    asked: list[str] = []
    quiet: list[str] = []
    for each in examples:
        if each.action is Action.OPT_OUT:
            asked.append(each.message)
        else:
            quiet.append(each.message)
    return [
        corpus("tests", "positive", dict.fromkeys(asked), weight=weight),
        corpus("tests", "negative", dict.fromkeys(quiet), weight=quiet_weight),
    ]
