"""CSV, JSON Lines and Parquet as streams of the same rows, and what is wrong with a row."""

from __future__ import annotations

import csv
import io
import json
from datetime import UTC, datetime
from pathlib import Path

import pyarrow as pa
import pyarrow.parquet as pq
import pytest
from hypothesis import given
from hypothesis import strategies as st

from optoutlang.analysis.corpus.csv_table import CsvTable
from optoutlang.analysis.corpus.jsonl_table import JsonlTable
from optoutlang.analysis.corpus.parquet_table import BATCH, ParquetTable
from optoutlang.analysis.corpus.table import NoColumnError, Problem, Row, TableError

TEXTS = st.text(st.characters(exclude_categories=["Cs"], exclude_characters="\x00"), max_size=20)


def read_csv(data: bytes, *wanted: str) -> list[Row | Problem]:
    return list(CsvTable(io.BytesIO(data)).rows(wanted or ("text",)))


@given(
    st.lists(st.tuples(TEXTS, TEXTS)),
    st.sampled_from(",;\t|"),
    st.sampled_from(["utf-8", "utf-8-sig"]),
)
def test_csv_gives_back_what_was_written(
    rows: list[tuple[str, str]], separator: str, encoding: str
) -> None:
    file = io.StringIO(newline="")
    writer = csv.writer(file, delimiter=separator)
    writer.writerows([("number", "text"), *rows])
    data = file.getvalue().encode(encoding)
    found = read_csv(data, "text", "number")
    assert found == [
        Row(place, {"text": text, "number": number})
        for place, (number, text) in enumerate(rows, start=1)
    ]


def test_a_csv_row_that_cannot_be_read_is_a_problem_and_the_next_one_is_read() -> None:
    data = b'text,from\nstop,1\n\n\xff\xfe,2\nshort\na,b,c\n"a"b,3\nend,4\n'
    found = read_csv(data)
    assert found[:4] == [
        Row(1, {"text": "stop"}),
        Problem(2, "text", "not UTF-8; its encoding may be another one: --encoding windows-1252"),
        Problem(3, None, "1 cells below a heading of 2"),
        Problem(4, None, "3 cells below a heading of 2"),
    ]
    assert found[4:] == [
        Problem(5, None, "no CSV: ',' expected after '\"'"),
        Row(6, {"text": "end"}),
    ]


def test_bytes_that_are_no_text_matter_only_in_columns_that_are_read() -> None:
    assert read_csv(b"text,name\nstop,\xff\n") == [Row(1, {"text": "stop"})]


def test_an_open_quote_at_the_end_is_told() -> None:
    assert read_csv(b'text\nstop\n"open') == [
        Row(1, {"text": "stop"}),
        Problem(2, None, "no CSV: unexpected end of data"),
    ]


def test_a_cell_too_long_is_told_and_takes_no_more_memory_than_the_limit() -> None:
    first, *_ = read_csv(b"text\n" + b"x" * 200_000 + b"\nstop\n")
    assert first == Problem(1, None, "no CSV: field larger than field limit (131072)")


@pytest.mark.parametrize(
    ("data", "reason"),
    [
        (b"", "there is no heading"),
        (b"\n", "there is no heading"),
        ("text\nstop\n".encode("utf-16"), "this is UTF-16; give --encoding utf-16"),
        (b"text,text\n", "more than one column is `text`"),
        (b'"text\n', "the heading is no CSV: unexpected end of data"),
    ],
)
def test_a_file_that_is_no_table(data: bytes, reason: str) -> None:
    with pytest.raises(TableError) as raised:
        read_csv(data)
    assert str(raised.value) == reason


def test_a_column_that_is_not_there_names_those_that_are() -> None:
    with pytest.raises(NoColumnError) as raised:
        read_csv(b"Words,From\n")
    assert (raised.value.column, raised.value.columns) == ("text", ("Words", "From"))


def test_json_lines_are_rows_by_their_line() -> None:
    data = b'{"text": "stop", "x": 1}\n\nnope\n{"x": null}\r\n'
    assert list(JsonlTable(io.BytesIO(data)).rows(("text", "x"))) == [
        Row(1, {"text": "stop", "x": 1}),
        Problem(3, None, "not JSON: expecting value: line 1 column 1 (char 0)"),
        Row(4, {"x": None}),
    ]


NAMES = st.sampled_from(
    ["body", "from", "Número", "来自", "a b", "x-1", "😀", ""]
)  # no two are alike


@given(st.lists(st.dictionaries(NAMES, TEXTS, min_size=1)))
def test_json_lines_give_back_what_was_written(rows: list[dict[str, str]]) -> None:
    data = "".join(f"{json.dumps(row)}\n" for row in rows).encode()
    wanted = sorted({name for row in rows for name in row})
    found = JsonlTable(io.BytesIO(data)).rows(wanted)
    assert list(found) == [Row(number, row) for number, row in enumerate(rows, start=1)]


@pytest.mark.parametrize("table", [CsvTable, JsonlTable])
def test_a_table_says_how_much_of_it_is_read(table: type[CsvTable | JsonlTable]) -> None:
    data = b'{"text": "stop"}\n' * 5
    opened = table(io.BytesIO(data), total=len(data))
    assert (opened.done, opened.total) == (0, len(data))
    assert list(opened.rows(('{"text": "stop"}' if table is CsvTable else "text",)))
    assert opened.done == len(data)


def write(path: Path, **columns: pa.Array) -> ParquetTable:
    pq.write_table(pa.table(columns), path)
    return ParquetTable(path)


def test_parquet_gives_its_cells_as_python_has_them(tmp_path: Path) -> None:
    moment = datetime(2026, 11, 23, tzinfo=UTC)
    texts = pa.array(["stop", None, "stop"]).dictionary_encode()
    table = write(tmp_path / "x", text=texts, at=pa.array([moment, None, moment]))
    assert table.total == 3
    assert list(table.rows(("text", "at"))) == [
        Row(1, {"text": "stop", "at": moment}),
        Row(2, {"text": None, "at": None}),
        Row(3, {"text": "stop", "at": moment}),
    ]
    assert table.done == 3


def test_parquet_text_that_is_no_utf8_is_a_problem(tmp_path: Path) -> None:
    broken = pa.Array.from_buffers(pa.string(), 2, pa.array([b"a", b"\xff"], pa.binary()).buffers())
    found = list(write(tmp_path / "x", text=broken).rows(("text",)))
    assert found == [Row(1, {"text": "a"}), Problem(2, "text", "not readable as string")]


def test_parquet_batches_are_counted_through(tmp_path: Path) -> None:
    count = 2 * BATCH + 1
    table = write(tmp_path / "x", text=pa.array(["a"] * count))
    assert [each.number for each in table.rows(("text",))] == list(range(1, count + 1))


def test_parquet_lacks_a_column_or_is_none(tmp_path: Path) -> None:
    with pytest.raises(NoColumnError) as raised:
        list(write(tmp_path / "x", Words=pa.array(["a"])).rows(("text",)))
    assert raised.value.columns == ("Words",)
    (tmp_path / "y").write_bytes(b"text\nstop\n")
    with pytest.raises(TableError, match="not Parquet"):
        ParquetTable(tmp_path / "y")


def test_parquet_that_is_damaged_in_the_middle_says_where(tmp_path: Path) -> None:
    path = tmp_path / "x"
    write(path, text=pa.array([f"message {number}" for number in range(50_000)]))
    data = bytearray(path.read_bytes())
    data[len(data) // 2 : len(data) // 2 + 5_000] = b"\xff" * 5_000
    path.write_bytes(data)
    with pytest.raises(TableError, match="damaged after row"):
        list(ParquetTable(path).rows(("text",)))
