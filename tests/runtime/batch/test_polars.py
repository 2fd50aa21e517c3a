"""Polars decides a column as the matcher does, eagerly, lazily and in a stream."""

from __future__ import annotations

from pathlib import Path

import polars as pl
import pytest

import optoutlang.polars
from optoutlang import Matcher
from tests.builders.rulesets import program

TEXTS = ["STOP", None, "CANCELAR", "hello", "CANCELAR", ""]
WHERE = ["US", "MX", "MX", "MX", None, "MX"]
ACTIONS = ["opt-out", None, "opt-out", None, None, None]


@pytest.fixture
def rules() -> Matcher:
    return Matcher(
        program(
            'language es { opt-out { keywords BAJA reply "Listo." } }'
            " country MX { opt-out { keywords CANCELAR } }"
        )
    )


@pytest.fixture
def frame() -> pl.DataFrame:
    return pl.DataFrame({"body": TEXTS, "country": WHERE})


def actions(column: pl.Series) -> list[str | None]:
    return [None if each is None else each["action"] for each in column.to_list()]


def test_an_expression_decides_each_message_in_its_country(
    rules: Matcher, frame: pl.DataFrame
) -> None:
    said = pl.col("body").optout.match(rules, country=pl.col("country")).alias("said")  # type: ignore[attr-defined]
    found = frame.with_columns(said)
    assert actions(found["said"]) == ACTIONS
    assert found["said"].dtype == optoutlang.polars.decision_type()
    assert frame.lazy().with_columns(said).collect_schema()["said"] == found["said"].dtype
    decision = rules.match("CANCELAR", country="MX")
    assert decision is not None
    row = found["said"][2]
    assert (row["rule"], row["certain"], row["notes"]) == (decision.rule, True, [])


def test_a_query_may_stream_from_a_file(
    rules: Matcher, frame: pl.DataFrame, tmp_path: Path
) -> None:
    path = tmp_path / "inbound.parquet"
    pl.concat([frame] * 5_000).write_parquet(path, row_group_size=1_000)
    said = pl.col("body").optout.match(rules, country=pl.col("country"), fields=["action"])  # type: ignore[attr-defined]
    query = pl.scan_parquet(path).filter(said.is_not_null()).select(pl.len())
    assert query.collect(engine="streaming").item() == 2 * 5_000


@pytest.mark.parametrize(
    "kind", [pl.String, pl.Categorical, pl.Enum(["STOP", "CANCELAR", "hello", ""])]
)
def test_a_column_may_be_of_categories(
    rules: Matcher, frame: pl.DataFrame, kind: pl.DataType
) -> None:
    said = pl.col("body").cast(kind).optout.match(rules, country="MX")  # type: ignore[attr-defined]
    found = frame.select(said.alias("said"))["said"]
    assert actions(found) == ["opt-out", None, "opt-out", None, "opt-out", None]


def test_one_country_goes_for_all_rows_as_text_or_literal(
    rules: Matcher, frame: pl.DataFrame
) -> None:
    for country in ("MX", pl.lit("MX")):
        said = pl.col("body").optout.match(rules, country=country)  # type: ignore[attr-defined]
        assert frame.select(said)["body"].null_count() == 3
    said = pl.col("body").optout.match(rules, country=pl.lit(None), language="es")  # type: ignore[attr-defined]
    assert frame.select(said)["body"][0]["language"] == "es"


def test_a_group_is_decided_as_a_column_is(rules: Matcher, frame: pl.DataFrame) -> None:
    said = pl.col("body").optout.match(rules, country=pl.col("country"))  # type: ignore[attr-defined]
    found = frame.group_by("country").agg(said.is_not_null().sum().alias("hits")).sort("country")
    assert found.rows() == [(None, 0), ("MX", 1), ("US", 1)]


def test_a_series_is_decided_at_once(rules: Matcher, frame: pl.DataFrame) -> None:
    found = frame["body"].optout.match(rules, country=frame["country"], fields=["action"])  # type: ignore[attr-defined]
    assert actions(found) == ACTIONS
    assert found.name == "body"


def test_a_column_that_is_no_text_is_refused(rules: Matcher) -> None:
    said = pl.col("n").optout.match(rules)  # type: ignore[attr-defined]
    with pytest.raises((TypeError, pl.exceptions.ComputeError), match="column of int64"):
        pl.DataFrame({"n": [1]}).select(said)
    with pytest.raises(ValueError, match="no field `verdict`"):
        pl.col("n").optout.match(rules, fields=["verdict"])  # type: ignore[attr-defined]
