"""`optout scan`: a file of messages, what was missed in it, and the page that says so."""

from __future__ import annotations

import json
import re
import sys
from collections.abc import Callable
from hashlib import sha256
from html.parser import HTMLParser
from pathlib import Path

import pyarrow as pa
import pyarrow.parquet as pq
import pytest

from tests.interfaces.cli.runner import optout

HEADING = "text,country,sent,handled\n"
ROWS = """\
STOP,US,2026-11-16,STOP
"please remove me, 415-555-0100",US,2026-11-17T10:00:00Z,
"<script>alert(1)</script> remove me\u202e",US,2026-11-24,
PLEASE REMOVE ME 7 ☎ 12,,2026-11-24,no
see you at 8,US,2026-11-24,yes
"""
MISSED = ("--country-column", "country", "--date-column", "sent", "--already", "handled")
RULES = 'ruleset x language en\n\nopt-out { phrases "remove me" }\n\nfiller "please"\n'


@pytest.fixture(autouse=True)
def files(folder: Path) -> None:
    (folder / "x.optout").write_text(RULES, encoding="utf-8")
    (folder / "in.csv").write_text(HEADING + ROWS, encoding="utf-8")
    (folder / "in.log").touch()
    (folder / "in.parquet").touch()


class Page(HTMLParser):
    """Reads a page: which tags it has, whether they are closed, and its text."""

    VOID = frozenset({"meta"})

    def __init__(self, text: str) -> None:
        super().__init__()
        self.open: list[str] = []
        self.tags: list[str] = []
        self.attributes: dict[str, str | None] = {}
        self.text = ""
        self.feed(text)
        self.close()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append(tag)
        self.attributes |= dict(attrs)
        if tag not in self.VOID:
            self.open.append(tag)

    def handle_endtag(self, tag: str) -> None:
        assert self.open.pop() == tag

    def handle_data(self, data: str) -> None:
        self.text += f"{data} "


def page(*options: str) -> tuple[str, Page]:
    result = optout("scan", "x.optout", "in.csv", *options, "--report", "out.html")
    assert result.exit_code == 0, result.stderr
    text = Path("out.html").read_text(encoding="utf-8")
    return text, Page(text)


def test_the_summary_counts_what_was_found_and_missed() -> None:
    result = optout("scan", "x.optout", "in.csv", *MISSED)
    assert result.exit_code == 0
    title, *blocks = result.stdout.rstrip("\n").split("\n\n")
    assert title.startswith("3 of 4 opt-outs (75 %) were missed by the present system")
    assert [[line.split() for line in block.splitlines()] for block in blocks[:3]] == [
        [["asks", "for", "messages", "missed"], ["opt-out", "4", "3"]],
        [["language", "messages", "missed"], ["en", "4", "3"]],
        [["matched", "by", "messages", "missed"], ["phrase", "3", "3"], ["exact", "1", "0"]],
    ]
    assert blocks[3] == "1 × opt-out by the present system alone"
    assert blocks[4].splitlines() == [
        "most frequent of the missed",
        "       1  opt-out: PLEASE REMOVE ME # ☎ #",
        "       1  opt-out: please remove me, #-#-#",
        "       1  opt-out: <script>alert(#)</script> remove me\\u202e",
    ]


def test_the_page_is_whole_needs_nothing_else_and_runs_nothing() -> None:
    text, read = page(*MISSED)
    assert not read.open
    assert text.startswith("<!doctype html>\n<html ")
    assert {"script", "link", "img", "iframe"}.isdisjoint(read.tags)
    assert not re.search(r"https?:|url\(|@import|\bon\w+=", text)
    assert "default-src 'none'" in text
    assert "&lt;script&gt;alert(#)&lt;/script&gt; remove me\\u202e" in text


def test_the_page_can_be_read_by_everyone() -> None:
    text, read = page(*MISSED)
    assert read.attributes["lang"] == "en"
    assert read.tags.count("h1") == read.tags.count("main") == 1
    assert text.partition("<body>")[0].count("<title>") == 1
    assert read.tags.count("table") == read.tags.count("caption") > 4
    assert read.attributes["scope"] == "col"
    for rule in ("prefers-color-scheme: dark", "@media print", "color-scheme: light dark"):
        assert rule in text


def test_the_page_says_what_was_missed_week_by_week() -> None:
    _, read = page(*MISSED)
    words = " ".join(read.text.split())
    assert "What was missed in in.csv" in words
    assert "week of messages opt-out missed 2026-11-16 2 2 1 2026-11-23 3 2 2" in words
    assert "week of 2026-11-23: 2 missed" in words
    assert "2 in the highest week" in words
    assert "opt-out 4 3 75 %" in words
    assert "What the present system did, and the rules do not action messages opt-out 1" in words
    assert "different texts, sampled" not in words  # the list of the most frequent has all


def test_the_page_samples_examples_where_its_list_has_not_all(folder: Path) -> None:
    names = ["".join(chr(97 + each) for each in divmod(number, 26)) for number in range(120)]
    rows = "".join(f"remove me {name},,,\n" for name in names)
    (folder / "in.csv").write_text(HEADING + rows, encoding="utf-8")
    _, read = page(*MISSED)
    assert "phrase: 10 of 120 different texts, sampled" in " ".join(read.text.split())


def test_the_page_says_how_it_was_made(folder: Path) -> None:
    _, read = page(*MISSED)
    words = " ".join(read.text.split())
    digest = sha256((folder / "in.csv").read_bytes()).hexdigest()
    assert f"File in.csv, SHA-256 {digest}" in words
    assert re.search(r"Made 20\d\d-\d\d-\d\d, by optout \d", words)


def test_a_line_end_in_a_message_is_a_mark_on_the_page(folder: Path) -> None:
    (folder / "in.csv").write_text('text\n"please\nremove me"\n', encoding="utf-8")
    assert "please ⏎ remove me" in page()[1].text


def test_without_jinja_a_report_is_refused_before_anything_is_read(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr("optoutlang.interfaces.cli.commands.scan.find_spec", lambda _: None)
    result = optout("scan", "x.optout", "in.csv", "--report", "out.html")
    assert result.exit_code == 2
    assert "--report needs `jinja2` of the extra `scan`" in " ".join(result.stderr.split())


def test_no_digit_of_a_message_is_shown_unless_asked_for() -> None:
    hidden, _ = page(*MISSED)
    shown, _ = page(*MISSED, "--show-numbers")
    assert "415" not in hidden
    assert "☎ 12" not in hidden
    assert "415-555-0100" in shown
    assert "☎ 12" in shown


def test_without_the_present_system_the_page_shows_all_that_is_found() -> None:
    _, read = page()
    words = " ".join(read.text.split())
    assert "What was found in in.csv" in words
    assert "missed" not in words
    assert "By week" not in words


def test_the_page_says_by_how_much_a_count_may_be_too_high(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("optoutlang.analysis.corpus.scan.DIFFERENT_TEXTS", 2)
    _, read = page()
    words = " ".join(read.text.split())
    assert "More than 2 different texts were met" in words
    assert "2 (≤ 1 too high)" in words


def as_jsonl(folder: Path) -> Path:
    path = folder / "in.jsonl"
    rows = [{"text": "STOP"}, {"text": "hello", "more": [1]}]
    path.write_text("".join(f"{json.dumps(row)}\n" for row in rows), encoding="utf-8")
    return path


def as_parquet(folder: Path) -> Path:
    path = folder / "in.parquet"
    pq.write_table(pa.table({"text": ["STOP", "hello"]}), path)
    return path


def as_tsv(folder: Path) -> Path:
    path = folder / "in.TSV"
    path.write_bytes("n\ttext\r\n1\tSTOP\r\n2\thello\r\n".encode("utf-8-sig"))
    return path


@pytest.mark.parametrize("write", [as_jsonl, as_parquet, as_tsv])
def test_every_format_is_known_by_its_name(folder: Path, write: Callable[[Path], Path]) -> None:
    result = optout("scan", "x.optout", write(folder))
    assert result.exit_code == 0
    assert result.stdout.startswith("1 of 2 messages (50.0 %) ask to stop\n2 messages by x ")
    assert "opt-out                      1" in result.stdout


def test_standard_input_needs_a_format() -> None:
    given = HEADING + ROWS
    assert optout("scan", "x.optout", "-", given=given).exit_code == 2
    shown = optout("scan", "x.optout", "-", "--format", "csv", given=given).stdout
    assert shown.startswith("4 of 5 messages (80.0 %) ask to stop\n5 messages by x ")


def test_what_cannot_be_read_is_told_and_fails(folder: Path) -> None:
    bad = b"remove me,Narnia,23.11.2026,?\n\xff,US,,\nshort\n"
    (folder / "in.csv").write_bytes(HEADING.encode() + bad)
    result = optout("scan", "x.optout", "in.csv", *MISSED, "--report", "out.html")
    assert result.exit_code == 1
    skipped, *told = result.stdout.split("\n\n")[-1].splitlines()
    assert skipped.startswith("2 rows skipped, 1 cell of `country` taken for empty, 1 cell of")
    assert told == [
        "  row 1, column `country`: no ISO 3166-1 alpha-2 country code: `Narnia`",
        "  row 1, column `sent`: no ISO 8601 or RFC 5322 date: `#.#.#`",
        "  row 1, column `handled`: neither an action nor yes or no: `?`",
        "  row 2, column `text`: not UTF-8; its encoding may be another one: --encoding windows-1252",
        "  row 3: 1 cells below a heading of 4",
    ]
    assert "What could not be read" in Path("out.html").read_text(encoding="utf-8")


@pytest.mark.parametrize(
    ("arguments", "code", "said"),
    [
        (("in.csv", "--column", "Body"), 2, "no column is `Body`; `in.csv` has `text`, `country`"),
        (
            ("in.log",),
            2,
            "the format of `in.log` is not known by its name; give --input-format csv, jsonl, json, parquet, xlsx",
        ),
        (("-", "--format", "parquet"), 2, "parquet cannot be read from standard input"),
        (("nothing.csv",), 3, "cannot use `nothing.csv`: no such file or directory"),
        (("nothing.parquet",), 3, "cannot use `nothing.parquet`"),
        (("in.csv", "--format", "parquet"), 3, "cannot use `in.csv`: not Parquet"),
        (("in.csv", "--report", "no/out.html"), 3, "cannot use `no/out.html`"),
        (("in.csv", "--country", "UK"), 2, "did you mean `GB`?"),
    ],
)
def test_what_cannot_be_scanned(arguments: tuple[str, ...], code: int, said: str) -> None:
    result = optout("scan", "x.optout", *arguments)
    assert result.exit_code == code
    assert said in " ".join(result.stderr.split())


def test_without_pyarrow_parquet_says_what_to_install(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delitem(sys.modules, "optoutlang.analysis.corpus.parquet_table", raising=False)
    monkeypatch.setitem(sys.modules, "pyarrow", None)
    result = optout("scan", "x.optout", "in.parquet")
    assert result.exit_code == 2
    assert "of the extra `scan`: pip install " in " ".join(result.stderr.split())
    assert optout("scan", "x.optout", "in.csv").exit_code == 0


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (("in.csv", "--master", "local[2]"), "--master is for --engine spark"),
        (("in.csv", "--engine", "spark", "--format", "csv"), "--engine spark reads Parquet alone"),
    ],
)
def test_what_an_engine_does_not_take(arguments: tuple[str, ...], said: str) -> None:
    result = optout("scan", "x.optout", *arguments)
    assert result.exit_code == 2
    assert said in " ".join(result.stderr.split())


def test_without_spark_its_engine_says_what_to_install(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delitem(sys.modules, "optoutlang.analysis.corpus.spark_scan", raising=False)
    monkeypatch.setitem(sys.modules, "pyspark", None)
    result = optout("scan", "x.optout", "in.parquet", "--engine", "spark")
    assert result.exit_code == 2
    assert "of the extra `spark`: pip install" in " ".join(result.stderr.split())
