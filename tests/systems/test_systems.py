"""What other systems do with a message stands beside what ours does; ours is run."""

from __future__ import annotations

import json
from collections.abc import Mapping
from functools import cache
from pathlib import Path
from typing import Any

import pytest

from optoutlang import Matcher, load
from optoutlang.language.packs import pack_path

VECTORS = sorted((Path(__file__).parent / "vectors").glob("*.jsonl"))
ROWS: list[dict[str, Any]] = [
    json.loads(line) for path in VECTORS for line in path.read_text(encoding="utf-8").splitlines()
]
MUST_ACCEPT = {
    "stop.",
    '"STOP"',
    "\N{ZERO WIDTH SPACE}STOP",
    "ＳＴＯＰ",
    "arre\N{COMBINING CIRCUMFLEX ACCENT}t",
    "STOP🛑",
    "OPT-OUT",
    "opt out",
    "Unsubscribe.",
}
MUST_REJECT = {"don't stop", "stopwatch", "Stop by the office"}


@cache
def pack(name: str) -> Matcher:
    return load(pack_path(name))


@pytest.mark.parametrize("row", ROWS, ids=lambda row: repr(row["text"]))
def test_ours_decides_as_the_row_says(row: Mapping[str, Any]) -> None:
    decision = pack(row["pack"]).match(row["text"], country=row["country"])
    assert (decision and decision.asked) == row["ours"], row["why"]


@pytest.mark.parametrize("row", ROWS, ids=lambda row: repr(row["text"]))
def test_a_row_states_every_system_with_its_reason_and_source(row: Mapping[str, Any]) -> None:
    assert set(row["systems"].values()) <= {"yes", "no", "unknown"}
    assert row["why"]
    assert row["source"]


def test_no_message_is_stated_twice_in_a_file() -> None:
    for path in VECTORS:
        lines = path.read_text(encoding="utf-8").splitlines()
        texts = [json.loads(line)["text"] for line in lines]
        assert len(texts) == len(set(texts))


def test_ours_accepts_and_rejects_what_no_other_system_gets_right_together() -> None:
    ours = {row["text"]: row["ours"] for row in ROWS}
    assert {ours[text] for text in MUST_ACCEPT} == {"opt-out"}
    assert {ours[text] for text in MUST_REJECT} == {None}


def test_no_open_source_matcher_gets_all_of_these_right() -> None:
    stated = [row for row in ROWS if row["text"] in MUST_ACCEPT | MUST_REJECT]
    for system in ("CommCare", "Mautic", "Rock", "Kannel (exact)", "Kalkun", "playSMS", "Spoke"):
        wrong = [
            row
            for row in stated
            if row["systems"][system] == ("no" if row["text"] in MUST_ACCEPT else "yes")
        ]
        assert wrong, system
