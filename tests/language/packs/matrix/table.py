"""The rows of the matrix, and what the packs make of them."""

from __future__ import annotations

import csv
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from optoutlang.runtime.terms.action import Action
from tests.builders.packs import matcher

FOLDER = Path(__file__).parent
COLUMNS = ["frame", "form", "sentence", "near miss", "reason"]
FORMS = {"", "familiar", "formal"}


@dataclass(frozen=True, slots=True)
class Cell:
    """One row of a language's file; `reason` says why the sentence or the near miss is empty."""

    language: str
    frame: str
    form: str
    sentence: str
    near_miss: str
    reason: str


@dataclass(frozen=True, slots=True)
class Language:
    """The pack that must hear a language, and the country where most of its people write."""

    tag: str
    pack: str
    country: str


@dataclass(frozen=True, slots=True)
class Counts:
    """How many sentences of a language are heard, and how many near misses left alone."""

    heard: int
    sentences: int
    left_alone: int
    near_misses: int


def lines(name: str) -> Iterator[dict[str, str]]:
    """Yield the rows of a file of tab-separated values, by its header."""
    with (FOLDER / name).open(encoding="utf-8", newline="") as file:
        yield from csv.DictReader(file, delimiter="\t", quoting=csv.QUOTE_NONE)


@cache
def frames() -> tuple[str, ...]:
    return tuple(row["frame"] for row in lines("frames.tsv"))


@cache
def languages() -> tuple[Language, ...]:
    return tuple(
        Language(row["language"], row["pack"], row["country"]) for row in lines("languages.tsv")
    )


@cache
def cells(language: str) -> tuple[Cell, ...]:
    return tuple(
        Cell(language, row["frame"], row["form"], row["sentence"], row["near miss"], row["reason"])
        for row in lines(f"{language}.tsv")
    )


def heard(language: Language, text: str) -> bool:
    """Return whether the language's pack takes a text from its country for an opt-out, and acts."""
    decision = matcher(language.pack).match(text, country=language.country)
    return decision is not None and decision.action is Action.OPT_OUT


def count(language: Language) -> Counts:
    rows = cells(language.tag)
    sentences = [row.sentence for row in rows if row.sentence]
    near_misses = [row.near_miss for row in rows if row.near_miss]
    return Counts(
        sum(heard(language, each) for each in sentences),
        len(sentences),
        sum(not heard(language, each) for each in near_misses),
        len(near_misses),
    )


@cache
def floor() -> dict[str, Counts]:
    return {
        row["language"]: Counts(
            int(row["heard"]),
            int(row["sentences"]),
            int(row["left alone"]),
            int(row["near misses"]),
        )
        for row in lines("floor.tsv")
    }


@cache
def known_faults() -> frozenset[tuple[str, str]]:
    """Return language and text of each near miss that is decided today, though it must not be."""
    return frozenset((row["language"], row["near miss"]) for row in lines("decided.tsv"))
