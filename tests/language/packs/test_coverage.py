"""Every word of the keyword table is understood by the `world` pack, or left out for a written reason."""

from __future__ import annotations

import csv
import json
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from optoutlang import Matcher, load
from optoutlang.language.packs import pack_path, packs_folder

TABLE = Path(__file__).parent / "keywords.csv"
LEFT_OUT = ("countries/left-out.json", "languages/left-out.json")


@dataclass(frozen=True, slots=True)
class Row:
    """One sourced keyword; an empty country or language means that the source names none."""

    country: str
    language: str
    action: str
    keyword: str


@cache
def world() -> Matcher:
    return load(pack_path("world"))


@cache
def rows() -> tuple[Row, ...]:
    with TABLE.open(encoding="utf-8", newline="") as file:
        return tuple(
            Row(row["country"], row["language"], row["action"], row["keyword"])
            for row in csv.DictReader(file)
        )


@cache
def left_out() -> dict[Row, str]:
    reasons: dict[Row, str] = {}
    for name in LEFT_OUT:
        for entry in json.loads((packs_folder() / name).read_text("utf-8")):
            row = Row(
                entry.get("country") or "",
                entry.get("language") or "",
                entry["action"],
                entry["keyword"],
            )
            assert row not in reasons, row
            reasons[row] = entry["reason"]
    return reasons


def understood(row: Row) -> bool:
    decision = world().match(row.keyword, country=row.country or None)
    return decision is not None and decision.asked == row.action


def test_every_sourced_word_is_understood_or_left_out() -> None:
    missing = {row for row in rows() if not understood(row) and row not in left_out()}
    assert missing == set()


def test_left_out_words_have_a_reason_and_are_in_the_table() -> None:
    assert all(left_out().values())
    assert set(left_out()) <= set(rows())


def test_no_word_is_left_out_that_is_understood() -> None:
    assert {row for row in left_out() if understood(row)} == set()
