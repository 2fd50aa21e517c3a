"""DuckDB decides a column as the matcher does."""

from __future__ import annotations

from collections.abc import Iterator

import duckdb
import pytest

import optoutlang.duckdb
from optoutlang import Matcher
from optoutlang.runtime.batch.fields import NAMES
from tests.builders.rulesets import program


@pytest.fixture
def rules() -> Matcher:
    return Matcher(program("country MX { opt-out { keywords CANCELAR } }"))


@pytest.fixture
def connection(rules: Matcher) -> Iterator[duckdb.DuckDBPyConnection]:
    with duckdb.connect() as opened:
        optoutlang.duckdb.register(opened, rules)
        opened.execute(
            "CREATE TABLE inbound AS SELECT * FROM (VALUES"
            " ('STOP', 'US'), (NULL, 'MX'), ('CANCELAR', 'MX'), ('hello', 'MX'), ('CANCELAR', NULL)"
            ") AS rows(body, country)"
        )
        yield opened


def test_a_field_is_a_function(connection: duckdb.DuckDBPyConnection) -> None:
    found = connection.execute("SELECT optout_action(body, country) FROM inbound").fetchall()
    assert found == [("opt-out",), (None,), ("opt-out",), (None,), (None,)]
    certain = connection.execute("SELECT optout_certain('Stop.', NULL)").fetchall()
    assert certain == [(True,)]
    notes = connection.execute("SELECT optout_notes('STOP', 'Atlantis')").fetchall()
    assert notes == [(["unknown-country"],)]


def test_a_whole_decision_is_a_struct(
    connection: duckdb.DuckDBPyConnection, rules: Matcher
) -> None:
    found = connection.execute(
        "SELECT optout(body, country) FROM inbound WHERE optout(body, country) IS NOT NULL"
    ).fetchall()
    decision = rules.match("CANCELAR", country="MX")
    assert decision is not None
    assert [row["keyword"] for (row,) in found] == ["STOP", "CANCELAR"]
    assert tuple(found[1][0]) == NAMES
    assert found[1][0]["rule"] == decision.rule


def test_many_rows_are_counted_in_a_query(connection: duckdb.DuckDBPyConnection) -> None:
    query = (
        "SELECT count(*) FROM (SELECT unnest(range(100000)) % 100 AS n)"
        " WHERE optout_action(CASE WHEN n = 7 THEN 'stop' ELSE 'see you at ' || n END, NULL) = 'opt-out'"
    )
    assert connection.execute(query).fetchall() == [(1_000,)]


def test_functions_are_replaced_and_other_rules_have_another_prefix(
    connection: duckdb.DuckDBPyConnection,
) -> None:
    other = Matcher(program("opt-out { keywords BASTA }"))
    optoutlang.duckdb.register(connection, other, prefix="rules_b")
    both = "SELECT optout_action('BASTA', NULL), rules_b_action('BASTA', NULL)"
    assert connection.execute(both).fetchall() == [(None, "opt-out")]
    optoutlang.duckdb.register(connection, other)
    assert connection.execute(both).fetchall() == [("opt-out", "opt-out")]
