"""The messages that the figures are measured on, and what a person said of the hits among those without labels."""

from __future__ import annotations

import json
import lzma
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path

from optoutlang import Action, Matcher
from optoutlang.analysis.corpus.labelled import Labelled, read_labelled

DATA = Path(__file__).parent / "data"
VERDICTS = ("right", "false alarm")


@dataclass(frozen=True, slots=True)
class Sentence:
    """A message without a label: its set, its language (ISO 639), its text, and the country that it is read in."""

    origin: str
    language: str
    text: str
    country: str | None = None


@dataclass(frozen=True, slots=True)
class Talk:
    """A set of messages without labels.

    `name` is its name in judged.jsonl, `title` and `goal` stand on the page,
    `read` returns the messages.
    """

    name: str
    title: str
    goal: str
    read: Callable[[], tuple[Sentence, ...]]


@dataclass(frozen=True, slots=True)
class Hit:
    """A message without a label, the action that it got, and what decided."""

    sentence: Sentence
    action: Action
    keyword: str
    matched_by: str


@dataclass(frozen=True, slots=True)
class Judgement:
    """Whether a hit is one that should be, and why."""

    verdict: str
    reason: str

    def __post_init__(self) -> None:
        if self.verdict not in VERDICTS or not self.reason:
            raise ValueError(f"no judgement: {self}")


Judgements = Mapping[tuple[str, str, str], Judgement]
"""By set, text and action."""


def messages() -> tuple[Labelled, ...]:
    """Return the labelled messages."""
    return labelled(DATA / "messages.jsonl")


def conversation() -> tuple[Labelled, ...]:
    """Return what people say in two-way conversation, by `class`: nearly all ask for nothing."""
    return labelled(DATA / "conversation.jsonl")


def labelled(path: Path) -> tuple[Labelled, ...]:
    """Return the labelled messages of a file."""
    with path.open("rb") as lines:
        return read_labelled(lines)


def ham() -> tuple[Sentence, ...]:
    """Return the messages of real conversations between people."""
    return tuple(Sentence("ham", "en", line) for line in _lines("ham.txt.xz"))


def bank() -> tuple[Sentence, ...]:
    """Return the questions to a bank."""
    return tuple(Sentence("bank", "en", line, "US") for line in _lines("bank.txt.xz"))


def bookings() -> tuple[Sentence, ...]:
    """Return what people say to booking assistants."""
    return tuple(Sentence("bookings", "en", line, "US") for line in _lines("bookings.txt.xz"))


def tatoeba() -> tuple[Sentence, ...]:
    """Return the sentences in 112 languages."""
    rows = (line.split("\t", 1) for line in _lines("tatoeba.tsv.xz"))
    return tuple(Sentence("tatoeba", language, text) for language, text in rows)


TALK = (
    Talk("bank", "questions to a bank (BANKING77)", "≤ 1 in 10,000", bank),
    Talk("bookings", "requests to booking assistants (SGD)", "≤ 0.3 in 10,000", bookings),
    Talk("ham", "conversations between people (UCI ham)", "0", ham),
    Talk("tatoeba", "sentences in 112 languages (Tatoeba)", "≤ 1 in 10,000", tatoeba),
)
"""All sets without labels, in the order in which the page has them."""


def hits(matcher: Matcher, sentences: Iterable[Sentence]) -> tuple[Hit, ...]:
    """Return the messages for which the rules decide an action, each read in its country."""
    decided = []
    for each in sentences:
        decision = matcher.match(each.text, country=each.country)
        if decision is not None and decision.action is not None:
            how = decision.matched_by.value
            decided.append(Hit(each, decision.action, decision.keyword, how))
    return tuple(decided)


def judgements() -> Judgements:
    """Return what was said of hits."""
    lines = (DATA / "judged.jsonl").read_text("utf-8").splitlines()
    rows = [json.loads(line) for line in lines]
    return {
        (row["set"], row["text"], row["action"]): Judgement(row["verdict"], row["reason"])
        for row in rows
    }


def judged(hit: Hit, known: Judgements) -> Judgement | None:
    """Return what was said of a hit."""
    return known.get((hit.sentence.origin, hit.sentence.text, hit.action.value))


def unjudged_row(hit: Hit) -> str:
    """Return the row of judged.jsonl that a hit wants, verdict and reason left open."""
    row = {
        "set": hit.sentence.origin,
        "language": hit.sentence.language,
        "text": hit.sentence.text,
        "action": hit.action.value,
        "verdict": "",
        "reason": f"{hit.matched_by}: {hit.keyword}",
    }
    return json.dumps(row, ensure_ascii=False)


def _lines(name: str) -> Iterator[str]:
    with lzma.open(DATA / name, "rt", encoding="utf-8", newline="\n") as file:
        for line in file:
            yield line.removesuffix("\n")
