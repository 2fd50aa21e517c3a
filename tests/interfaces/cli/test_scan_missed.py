"""`optout scan --missed`: every missed row with what names it, so that the people behind it can be found."""

from __future__ import annotations

import csv
import json
from pathlib import Path

import pytest

from tests.interfaces.cli.runner import optout

RULES = 'ruleset x\nopt-out { phrases "remove me" }\n'
ROWS = """\
MessageSid,From,Body,handled
SM1,+14155550100,STOP,STOP
SM2,+14155550101,"Remove me, 415-555-0100",
SM3,+14155550102,=remove me,no
SM4,+14155550103,See you at 8,STOP
SM5,+442071838750,remove me,help
"""


@pytest.fixture(autouse=True)
def files(folder: Path) -> None:
    (folder / "x.optout").write_text(RULES, encoding="utf-8")
    (folder / "in.csv").write_text(ROWS, encoding="utf-8")


def missed(*options: str) -> list[dict[str, str]]:
    result = optout("scan", "x.optout", "in.csv", "--missed", "out.csv", *options)
    assert result.exit_code == 0, result.stderr
    with Path("out.csv").open(encoding="utf-8", newline="") as file:
        return [*csv.DictReader(file)]


def test_the_missed_alone_are_listed_by_the_id_that_the_file_has() -> None:
    rows = missed("--already", "handled")
    assert [(each["id"], each["row"], each["asks"], each["already"]) for each in rows] == [
        ("SM2", "2", "opt-out", ""),
        ("SM3", "3", "opt-out", "no"),
        ("SM5", "5", "opt-out", "help"),
    ]


def test_columns_that_are_named_are_repeated_as_they_are_and_messages_without_digits() -> None:
    rows = missed(
        *("--already", "handled", "--id-column", "From", "--id-column", "MessageSid"),
        *("--from-column", "From"),
    )
    assert [(each["From"], each["MessageSid"], each["country"]) for each in rows] == [
        ("+14155550101", "SM2", "US"),
        ("+14155550102", "SM3", "US"),
        ("+442071838750", "SM5", "GB"),
    ]
    assert rows[0]["text"] == "Remove me, #-#-#"
    assert missed("--already", "handled", "--show-numbers")[0]["text"] == "Remove me, 415-555-0100"


def test_a_message_is_no_formula_of_a_spreadsheet() -> None:
    assert [each["text"] for each in missed("--already", "handled")][1] == "'=remove me"


def test_where_nothing_can_be_missed_every_request_is_listed() -> None:
    assert [each["id"] for each in missed()] == ["SM1", "SM2", "SM3", "SM5"]


def test_a_file_of_several_is_named() -> None:
    Path("more.csv").write_text("id,Body\n7,remove me\n", encoding="utf-8")
    rows = missed("more.csv")
    assert [(each["id"], each["file"], each["row"]) for each in rows][-1] == ("7", "more.csv", "1")


def test_a_file_without_ids_still_has_rows() -> None:
    Path("in.csv").write_text("Body\nhello\nremove me\n", encoding="utf-8")
    assert [(each["id"], each["row"]) for each in missed()] == [("", "2")]


def test_the_list_stays_as_it_was_where_the_scan_fails() -> None:
    Path("out.csv").write_text("before", encoding="utf-8")
    result = optout("scan", "x.optout", "in.csv", "--missed", "out.csv", "--id-column", "Sender")
    assert result.exit_code == 2
    assert "no column is `Sender`; `in.csv` has `MessageSid`" in result.stderr
    assert Path("out.csv").read_text(encoding="utf-8") == "before"
    assert {each.name for each in Path().iterdir()} == {"x.optout", "in.csv", "out.csv"}


@pytest.mark.parametrize(
    ("options", "problem"),
    [
        (("--id-column", "From"), "--id-column is for --missed"),
        (("--missed", "out.csv", "--engine", "spark"), "--missed is for --engine local"),
    ],
)
def test_options_that_do_not_go_together_are_wrong_usage(
    options: tuple[str, ...], problem: str
) -> None:
    result = optout("scan", "x.optout", "in.csv", *options)
    assert result.exit_code == 2
    assert problem in result.stderr


def test_a_list_that_cannot_be_written_says_why() -> None:
    result = optout("scan", "x.optout", "in.csv", "--missed", "nowhere/out.csv")
    assert result.exit_code == 3
    assert "nowhere/out.csv" in result.stderr


def test_the_counts_come_as_json() -> None:
    found = json.loads(
        optout("scan", "x.optout", "in.csv", "--already", "handled", "--json").stdout
    )
    assert found["asks"] == [{"name": "opt-out", "messages": 4, "missed": 3}]
    assert found["surplus"] == {"opt-out": 1, "help": 1}
    assert "Remove me, #-#-#" in {each["text"] for each in found["frequent"]}
