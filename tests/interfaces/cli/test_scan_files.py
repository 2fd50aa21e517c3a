"""`optout scan`, `measure` and `match --jsonl`: exports as they are, whatever program made them."""

from __future__ import annotations

import gzip
import json
import re
from collections.abc import Callable
from pathlib import Path

import pyarrow as pa
import pyarrow.parquet as pq
import pytest
import xlsxwriter

from tests.interfaces.cli.runner import optout

ROWS = (
    ("From", "Body", "Country", "expect"),
    ("+447400123456", "STOP", "UK", "opt-out"),
    ("+14155550100", "“STOP”", "usa", "opt-out"),
    ("+38344123456", "STOP", "", "opt-out"),
    ("+14155550100", "see you at 8", "US", "none"),
)
TEXT = "".join(f'{number},"{body}",{country},{label}\n' for number, body, country, label in ROWS)


def _workbook(path: Path) -> None:
    book = xlsxwriter.Workbook(str(path))
    sheet = book.add_worksheet()
    for number, row in enumerate(ROWS):
        sheet.write_row(number, 0, row)
    book.close()


def _objects() -> list[dict[str, str]]:
    return [dict(zip(ROWS[0], row, strict=True)) for row in ROWS[1:]]


def _parquet(path: Path) -> None:
    pq.write_table(pa.Table.from_pylist(_objects()), path)


WRITERS: dict[str, Callable[[Path], object]] = {
    "plain.csv": lambda path: path.write_text(TEXT, encoding="utf-8"),
    "packed.csv.gz": lambda path: path.write_bytes(gzip.compress(TEXT.encode())),
    "unicode.csv": lambda path: path.write_text(TEXT.replace(",", "\t"), encoding="utf-16"),
    "unicode.csv.gz": lambda path: path.write_bytes(gzip.compress(TEXT.encode("utf-16"))),
    "array.json": lambda path: path.write_text(json.dumps(_objects()), encoding="utf-8"),
    "api.json": lambda path: path.write_text(json.dumps({"messages": _objects(), "next": None})),
    "lines.jsonl": lambda path: path.write_text("\n".join(map(json.dumps, _objects()))),
    "lines16.jsonl": lambda path: path.write_text(
        "\n".join(map(json.dumps, _objects())), encoding="utf-16"
    ),
    "book.xlsx": _workbook,
    "misnamed.csv": _workbook,
    "table.parquet": _parquet,
}


@pytest.fixture(autouse=True)
def files(folder: Path) -> None:
    for name, write in WRITERS.items():
        write(folder / name)
    (folder / "old.csv").write_bytes(TEXT.encode("windows-1252"))


@pytest.mark.parametrize("name", WRITERS)
def test_an_export_is_read_whatever_program_made_it(name: str) -> None:
    shown = optout("scan", "standard", name, "--country-column", "country")
    assert shown.exit_code == 0, shown.stderr
    lines = shown.stdout.splitlines()
    assert lines[0] == "3 of 4 messages (75.0 %) ask to stop"
    assert lines[2:4] == ["1 × `UK`, read as GB", "1 × `usa`, read as US"]


RENAMED = ["1 × `UK`, read as GB", "1 × `usa`, read as US"]


@pytest.mark.parametrize("name", WRITERS)
def test_matching_answers_every_row_of_an_export_with_all_its_fields(name: str) -> None:
    shown = optout("match", "standard", "--jsonl", name)
    assert (shown.exit_code, shown.stderr.splitlines()) == (0, RENAMED)
    rows = [json.loads(line) for line in shown.stdout.splitlines()]
    assert [row["decision"] and row["decision"]["action"] for row in rows] == [
        *("opt-out", "opt-out", "opt-out"),
        None,
    ]
    assert [{k: v for k, v in row.items() if k != "decision"} for row in rows] == _objects()


@pytest.mark.parametrize("name", WRITERS)
def test_measuring_reads_labels_from_an_export(name: str) -> None:
    shown = optout("measure", "standard", name, "--by", "Country")
    assert (shown.exit_code, shown.stderr.splitlines()) == (0, RENAMED)
    assert ": 4 rows" in shown.stdout
    assert "100.0 % (43.9-100.0; 3 of 3)" in shown.stdout


def test_a_number_tells_the_country_to_match_and_measure(folder: Path) -> None:
    (folder / "x.optout").write_text("country XK { opt-out { keywords LARG } }", encoding="utf-8")
    (folder / "in.csv").write_text("From,Body,expect\n+38344123456,larg,opt-out\n,larg,none\n")
    answers = optout("match", "x.optout", "--jsonl", "in.csv", "--from-column", "from").stdout
    found = [json.loads(line)["decision"] for line in answers.splitlines()]
    assert [each and each["country_scope"] for each in found] == ["XK", None]
    shown = optout("measure", "x.optout", "in.csv", "--from-column", "from").stdout
    assert "100.0 % (20.7-100.0; 1 of 1)" in shown


def test_rows_of_several_files_are_named_with_their_file(folder: Path) -> None:
    (folder / "bad.csv").write_text("text,expect\nhi,maybe\n", encoding="utf-8")
    (folder / "miss.csv").write_text("text,expect\nwhoa,opt-out\n", encoding="utf-8")
    refused = optout("measure", "standard", "plain.csv", "bad.csv")
    assert refused.exit_code == 3
    assert "bad.csv, line 1: `expect` is none of opt-out, help, opt-in, none" in refused.stderr
    shown = optout("measure", "standard", "plain.csv", "miss.csv").stdout
    assert "miss.csv, line 1: opt-out, got none: “whoa”" in shown
    (folder / "no.jsonl").write_text("{}\n", encoding="utf-8")
    answered = optout("match", "standard", "--jsonl", "plain.csv", "no.jsonl")
    assert answered.exit_code == 1
    assert "no.jsonl, line 1: `text` is missing" in answered.stderr


def test_another_encoding_is_asked_for_and_taken() -> None:
    refused = optout("scan", "standard", "old.csv")
    assert refused.exit_code == 1
    assert "its encoding may be another one: --encoding windows-1252" in refused.stdout
    taken = optout("scan", "standard", "old.csv", "--encoding", "windows-1252")
    assert (taken.exit_code, taken.stdout.splitlines()[0]) == (
        0,
        "3 of 4 messages (75.0 %) ask to stop",
    )


def test_several_files_are_one_scan_and_a_problem_names_its_file(folder: Path) -> None:
    (folder / "bad.csv").write_text(TEXT + "one cell\n", encoding="utf-8")
    shown = optout("scan", "standard", "plain.csv", "bad.csv", "book.xlsx")
    assert shown.exit_code == 1
    assert shown.stdout.startswith("9 of 12 messages (75.0 %) ask to stop")
    assert "row 5: 1 cells below a heading of 4 (bad.csv)" in shown.stdout


def test_a_number_tells_the_country(folder: Path) -> None:
    rules = "country GB { opt-out { keywords LEAVE } } country XK { opt-out { keywords LARG } }"
    (folder / "x.optout").write_text(rules, encoding="utf-8")
    (folder / "in.csv").write_text("From,Body\n+447400123456,leave\n+38344123456,larg\n,leave\n")
    without = optout("scan", "x.optout", "in.csv").stdout
    assert without.startswith("0 of 3 messages")
    shown = optout("scan", "x.optout", "in.csv", "--from-column", "from").stdout
    assert shown.startswith("2 of 3 messages")


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        (("plain.csv", "--column", "bodi"), "did you mean `Body`?"),
        (("plain.csv", "--encoding", "klingon"), "`klingon` is not an encoding"),
        (("in.data",), "give --input-format csv, jsonl, json, parquet, xlsx"),
    ],
)
def test_a_wrong_name_is_an_error_with_advice(
    folder: Path, arguments: tuple[str, ...], message: str
) -> None:
    (folder / "in.data").write_text(TEXT, encoding="utf-8")
    shown = optout("scan", "standard", *arguments)
    assert shown.exit_code == 2
    assert message in " ".join(shown.stderr.split())


@pytest.mark.parametrize("name", ["cut.csv.gz", "broken.xlsx", "no.json"])
def test_a_damaged_file_is_unreadable_without_a_traceback(folder: Path, name: str) -> None:
    (folder / "cut.csv.gz").write_bytes(gzip.compress(TEXT.encode() * 100)[:60])
    (folder / "broken.xlsx").write_bytes((folder / "book.xlsx").read_bytes()[:900])
    (folder / "no.json").write_text("[{", encoding="utf-8")
    shown = optout("scan", "standard", name)
    assert shown.exit_code == 3
    assert "cannot use" in shown.stderr


def test_the_page_answers_in_its_first_line_and_says_what_to_do(folder: Path) -> None:
    (folder / "in.csv").write_text("text,done\nSTOP,yes\nSTOP,no\nSTOP,no\nhello,yes\n")
    optout("scan", "standard", "in.csv", "--already", "done", "--report", "out.html")
    page = (folder / "out.html").read_text(encoding="utf-8")
    first = re.sub("<[^>]+>", "", page.partition("<h1>")[2].partition("</h1>")[0])
    missed = "2 of 3 opt-outs (67\u00a0%) were missed by the present system. "
    assert first.startswith(f"{missed}Next: Stop messages to the people behind the missed opt-outs")
    assert "What to do next" in page
