"""A scan that counts quiet rows together counts what it counts of the same rows one by one."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from datetime import date, datetime
from pathlib import Path

import pyarrow as pa
import pyarrow.parquet as pq
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from optoutlang.analysis.corpus import column_scan, parquet_table
from optoutlang.analysis.corpus.columns import Columns
from optoutlang.analysis.corpus.countries import nowhere
from optoutlang.analysis.corpus.parquet_table import ParquetTable
from optoutlang.analysis.corpus.parts import Part
from optoutlang.analysis.corpus.scan import Scan
from optoutlang.interfaces.reports.scan_page import Input, scan_page
from optoutlang.interfaces.reports.scan_summary import scan_summary
from optoutlang.runtime.matcher import Matcher
from tests.builders.rulesets import program

RULES = Matcher(
    program(
        'opt-out { keywords LAINNYA phrases "stop texting" } suggest phrases '
        "country MX { opt-out { keywords CANCELAR } } language es { opt-out { keywords ALTO } }"
    )
)
TEXTS = ["STOP", "stop texting", "cancelar", "alto", "hello", "see you at 8", "HELP", "", None]
CELLS: Mapping[str, tuple[pa.DataType, Sequence[object]]] = {
    "country": (pa.string(), ["US", "mx ", "UK", "Atlantis", "", None]),
    "language": (pa.string(), ["es", "es_MX", "klingon?", "", None]),
    "done": (pa.string(), ["STOP", "no", "none", "", "perhaps", None]),
    "sender": (pa.string(), ["+525512345678", "+12025550123", None]),
}
DAYS: Mapping[str, tuple[pa.DataType, Sequence[object]]] = {
    "time": (
        pa.timestamp("us"),
        [datetime(2026, 11, 16), datetime(2026, 11, 22, 23, 59), None],  # noqa: DTZ001 - no zone
    ),
    "day": (pa.date32(), [date(2026, 11, 15), date(1969, 12, 31), None]),
    "text": (pa.string(), ["2026-11-16T09:00:00Z", "never", None]),
    "zone": (pa.timestamp("us", tz="America/Mexico_City"), [datetime(2026, 11, 16, 3), None]),  # noqa: DTZ001
}


def mexican(number: str) -> str | None:
    return "MX" if number.startswith("+52") else None


@st.composite
def tables(draw: st.DrawFn) -> tuple[pa.Table, Columns]:
    """Return a table of a few rows, with some of the columns, and what they are called."""
    rows = draw(st.integers(0, 12))
    arrays = {"body": _column(draw, pa.string(), TEXTS, rows)}
    for name, (kind, cells) in CELLS.items():
        if draw(st.booleans()):
            arrays[name] = _column(draw, kind, cells, rows)
    if draw(st.booleans()):
        kind, days = DAYS[draw(st.sampled_from(sorted(DAYS)))]
        arrays["sent"] = _column(draw, kind, days, rows)
    columns = Columns(
        "body",
        country="country",
        date="sent" if "sent" in arrays else None,
        already="done" if "done" in arrays else None,
        sender="sender" if "sender" in arrays else None,
        language="language",
        guesses=("country", "language"),
    )
    return pa.table(arrays), columns


def _column(draw: st.DrawFn, kind: pa.DataType, cells: Sequence[object], rows: int) -> pa.Array:
    values = draw(st.lists(st.sampled_from(cells), min_size=rows, max_size=rows))
    array = pa.array(values, kind)
    is_dictionary = pa.types.is_string(kind) and draw(st.booleans())
    return array.dictionary_encode() if is_dictionary else array


def counted(scan: Scan) -> list[object]:
    part = Part.of(scan)
    counts = (part.asked, part.languages, part.steps, part.weekly)
    return [
        scan_summary(scan),
        scan_page(scan, inputs=(Input("a", None),), made=date(2026, 11, 28)),
        part.messages,
        dict(part.weeks),
        dict(part.surplus),
        dict(part.renamed),
        part.skipped,
        dict(part.ignored),
        part.problems,
        part.suggestions.most(),
        [(dict(each.hits), dict(each.missed)) for each in counts],
    ]


@pytest.fixture(scope="module")
def path(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("columns") / "messages.parquet"


def assert_same(path: Path, columns: Columns, new: Callable[[], Scan]) -> None:
    one_by_one, together = new(), new()
    for row in ParquetTable(path).rows(columns.wanted(), guesses=columns.guesses):
        one_by_one.take(row)
    table = ParquetTable(path)
    for row in table.rows_to_take(together):
        together.take(row)
    assert counted(together) == counted(one_by_one)
    assert table.done == table.total


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(tables(), st.sampled_from([None, "MX"]), st.sampled_from([nowhere, mexican]))
def test_columns_are_counted_as_rows_are(
    monkeypatch: pytest.MonkeyPatch,
    path: Path,
    made: tuple[pa.Table, Columns],
    country: str | None,
    number_country: Callable[[str], str | None],
) -> None:
    table, columns = made
    monkeypatch.setattr(parquet_table, "COLUMNS", 5)
    pq.write_table(table, path)
    assert_same(
        path,
        columns,
        lambda: Scan(RULES, columns, country=country, number_country=number_country),
    )


def test_only_rows_with_something_to_tell_are_taken(path: Path) -> None:
    texts = ["hello"] * 500 + ["STOP"] + ["see you"] * 499
    countries = ["US"] * 999 + ["UK"]
    pq.write_table(pa.table({"text": texts, "country": countries}), path)
    scan = Scan(RULES, Columns("text", country="country"))
    assert [row.number for row in ParquetTable(path).rows_to_take(scan)] == [501, 1_000]
    assert scan.messages == 998


def test_texts_that_are_no_utf8_are_taken_one_by_one(path: Path) -> None:
    texts = pa.array([b"\xff", b"hello"], pa.binary()).cast(pa.string(), safe=False)
    pq.write_table(pa.table({"text": texts}), path)
    assert_same(path, Columns("text"), lambda: Scan(RULES, Columns("text")))


def test_a_column_of_many_different_cells_is_read_one_by_one(
    monkeypatch: pytest.MonkeyPatch, path: Path
) -> None:
    monkeypatch.setattr(column_scan, "MOST_DIFFERENT", 1)
    pq.write_table(pa.table({"text": ["a", "b"], "country": ["US", "MX"]}), path)
    columns = Columns("text", country="country")
    assert_same(path, columns, lambda: Scan(RULES, columns))


def test_a_time_that_python_has_none_for_is_left_to_the_row(path: Path) -> None:
    far = pa.array([2**60], pa.int64()).cast(pa.timestamp("us"))
    pq.write_table(pa.table({"text": ["hello"], "sent": far}), path)
    columns = Columns("text", date="sent")
    assert_same(path, columns, lambda: Scan(RULES, columns))
