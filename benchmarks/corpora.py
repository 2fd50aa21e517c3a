"""The messages that the figures are measured on, and what a person said of the hits among those without labels."""

from __future__ import annotations

import json
import lzma
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path

from optoutlang import Action, Matcher
from optoutlang.analysis.corpus.labelled import Labelled, read_labelled

DATA = Path(__file__).parent / "data"
VERDICTS = ("right", "false alarm")


@dataclass(frozen=True, slots=True)
class Sentence:
    """A message without a label: the set that it is from, its language (ISO 639), and its text."""

    origin: str
    language: str
    text: str


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
    with (DATA / "messages.jsonl").open("rb") as lines:
        return read_labelled(lines)


def ham() -> tuple[Sentence, ...]:
    """Return the messages of real conversations."""
    return tuple(Sentence("ham", "en", line) for line in _lines("ham.txt.xz"))


def tatoeba() -> tuple[Sentence, ...]:
    """Return the sentences in 112 languages."""
    rows = (line.split("\t", 1) for line in _lines("tatoeba.tsv.xz"))
    return tuple(Sentence("tatoeba", language, text) for language, text in rows)


def hits(matcher: Matcher, sentences: Iterable[Sentence]) -> tuple[Hit, ...]:
    """Return the sentences for which the rules decide an action, without a country."""
    found = []
    for each in sentences:
        decision = matcher.match(each.text)
        if decision is not None and decision.action is not None:
            how = decision.matched_by.value
            found.append(Hit(each, decision.action, decision.keyword, how))
    return tuple(found)


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
