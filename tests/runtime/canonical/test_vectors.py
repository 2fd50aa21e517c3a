"""What people type, and the tokens that it must have: see `vectors/*.jsonl`."""

from __future__ import annotations

import json
from dataclasses import dataclass
from pathlib import Path

import pytest

from optoutlang.runtime.canonical import canonical, key, tokens
from optoutlang.runtime.canonical.gsm import Encoding, Segments, measure
from tests.runtime.canonical import oracle

VECTORS = Path(__file__).with_name("vectors")


@dataclass(frozen=True, slots=True)
class Row:
    name: str
    text: str
    tokens: tuple[str, ...]


def read() -> list[Row]:
    found = []
    for path in sorted(VECTORS.glob("*.jsonl")):
        for line in path.read_text(encoding="utf-8").splitlines():
            row = json.loads(line)
            found.append(Row(f"{path.stem}/{row['name']}", row["text"], tuple(row["tokens"])))
    return found


def read_segments() -> list[tuple[str, str, Segments]]:
    lines = (VECTORS / "segments" / "gsm.jsonl").read_text(encoding="utf-8").splitlines()
    return [
        (
            row["name"],
            row["text"] * row["times"],
            Segments(
                Encoding(row["encoding"]), row["length"], row["segments"], tuple(row["outside"])
            ),
        )
        for row in map(json.loads, lines)
    ]


ROWS = read()
SEGMENTS = read_segments()


@pytest.mark.parametrize("row", ROWS, ids=[row.name for row in ROWS])
def test_a_text_has_the_tokens_of_its_vector(row: Row) -> None:
    assert tokens(row.text) == row.tokens
    assert canonical(row.text) == " ".join(row.tokens)
    assert key(row.text) == "".join(row.tokens)


@pytest.mark.parametrize("row", ROWS, ids=[row.name for row in ROWS])
def test_the_oracle_agrees_with_the_vector(row: Row) -> None:
    assert oracle.tokens(row.text) == row.tokens


def test_vectors_have_names_of_their_own() -> None:
    assert len({row.name for row in ROWS}) == len(ROWS)


@pytest.mark.parametrize(
    ("text", "expected"), [row[1:] for row in SEGMENTS], ids=[row[0] for row in SEGMENTS]
)
def test_a_text_takes_the_segments_of_its_vector(text: str, expected: Segments) -> None:
    assert measure(text) == expected
